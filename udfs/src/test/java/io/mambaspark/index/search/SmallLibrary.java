package io.mambaspark.index.search;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.index.shard.MadeUpPassages;
import io.mambaspark.index.shard.ShardPassage;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Vectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Passages whose vectors lie around those that the built-in model makes of some queries.
 *
 * @param passages in the order of an index
 * @param vectors  of the queries
 */
record SmallLibrary(List<ShardPassage> passages, Map<String, float[]> vectors) {
    /** Has 250 passages, most of them near the first query. */
    static final String LONG_DOCUMENT = "everything";
    /** Documents of one and the same passage. */
    static final int COPIES = 12;

    List<String> queries() {
        return List.copyOf(vectors.keySet());
    }

    static SmallLibrary make(int documents) {
        MadeUpPassages made = new MadeUpPassages(documents);
        Map<String, float[]> vectors = new LinkedHashMap<>();
        try (MambaModel model =
                MambaModel.load(Checkpoint.builtIn(), EngineOptions.defaults().withDevice("cpu"))) {
            for (int i = 0; i < 5; i++) {
                String query = made.query();
                vectors.put(query, model.queryVector(query));
            }
        }
        List<float[]> centres = List.copyOf(vectors.values());
        Random random = new Random(documents);
        List<ShardPassage> passages = new ArrayList<>();
        ShardPassage copied = made.passage("", 0);
        String ofSecondQuery = List.copyOf(vectors.keySet()).get(1);
        float[] itsVector = near(centres.get(1), 2, random);
        for (int i = 0; i < COPIES / 2; i++) {
            for (int passage = 0; passage < 2; passage++) {
                passages.add(new ShardPassage(
                        "copy-" + i, passage, 0, 9, ofSecondQuery + copied.text(), itsVector, copied.kept()));
            }
        }
        for (ShardPassage passage : made.documents(documents, 5)) {
            passages.add(with(passage, passage.text(), near(centres.get(random.nextInt(5)), 3, random)));
        }
        String firstQuery = List.copyOf(vectors.keySet()).get(0);
        for (int i = 0; i < 250; i++) {
            ShardPassage passage = made.passage(LONG_DOCUMENT, i);
            String text = i % 5 == 0 ? firstQuery + passage.text() : passage.text();
            passages.add(with(passage, text, near(centres.get(0), 1, random)));
        }
        return new SmallLibrary(List.copyOf(passages), vectors);
    }

    private static ShardPassage with(ShardPassage passage, String text, float[] vector) {
        return new ShardPassage(
                passage.docId(), passage.passage(), passage.start(), passage.end(), text, vector, passage.kept());
    }

    private static float[] near(float[] centre, float noise, Random random) {
        float[] vector = centre.clone();
        for (int i = 0; i < vector.length; i++) {
            vector[i] += noise * (float) random.nextGaussian() / (float) Math.sqrt(vector.length);
        }
        Vectors.normalise(vector);
        return vector;
    }
}
