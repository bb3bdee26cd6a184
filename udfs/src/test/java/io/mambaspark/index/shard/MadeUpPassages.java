package io.mambaspark.index.shard;

import io.mambaspark.index.store.IndexTerms;
import io.mambaspark.reading.Vectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Passages of words that are as unevenly common as those of a language, with vectors in clusters. */
public final class MadeUpPassages {
    /** Above the 128 numbers that the vector kernels take at once, with a rest for the scalar loop. */
    public static final int DIMENSION = 160;

    /** The order of an index: doc ids are ASCII here, so that Java's order is that of code points. */
    public static final Comparator<ShardPassage> ORDER =
            Comparator.comparing(ShardPassage::docId).thenComparingInt(ShardPassage::passage);

    private static final String[] SYLLABLES = "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu".split(" ");
    private static final int CLUSTERS = 40;

    private final Random random;
    private final float[][] centres = new float[CLUSTERS][];

    public MadeUpPassages(long seed) {
        random = new Random(seed);
        for (int i = 0; i < CLUSTERS; i++) {
            centres[i] = vector(new float[DIMENSION], 1);
        }
    }

    /** Passages of so many documents of 1 to {@code most} passages, in the order of an index. */
    public List<ShardPassage> documents(int documents, int most) {
        List<ShardPassage> passages = new ArrayList<>();
        for (int document = 0; document < documents; document++) {
            int count = 1 + random.nextInt(most);
            for (int passage = 0; passage < count; passage++) {
                passages.add(passage(String.format(Locale.ROOT, "doc-%05d", document), passage));
            }
        }
        return passages;
    }

    public ShardPassage passage(String docId, int passage) {
        int words = random.nextInt(40);
        return new ShardPassage(
                docId,
                passage,
                passage * 100,
                passage * 100 + 90,
                words(words),
                near(random.nextInt(CLUSTERS)),
                "{\"year\":" + (1900 + random.nextInt(100)) + "}");
    }

    /** A question, some of whose words come twice and some of which no passage has. */
    public String query() {
        String words = words(1 + random.nextInt(6));
        return words + " the " + words.split(" ")[0] + " zzyzx";
    }

    /** A vector near one of the clusters. */
    public float[] near(int cluster) {
        return vector(centres[cluster].clone(), 0.35f);
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            // Squared, so that low numbers, which are few syllables, are common.
            double uniform = random.nextDouble();
            int word = (int) (uniform * uniform * uniform * 4000);
            do {
                text.append(SYLLABLES[word % SYLLABLES.length]);
                word /= SYLLABLES.length;
            } while (word > 0);
            text.append(i % 9 == 8 ? ". " : " ");
        }
        return text.toString();
    }

    private float[] vector(float[] from, float noise) {
        for (int i = 0; i < from.length; i++) {
            from[i] += noise * (float) random.nextGaussian() / (float) Math.sqrt(from.length);
        }
        Vectors.normalise(from);
        return from;
    }

    /** Writes a shard and opens it. */
    public static Shard shard(Path folder, List<ShardPassage> passages) {
        write(folder, passages);
        return Shard.open(folder);
    }

    /** Writes a shard. */
    public static void write(Path folder, List<ShardPassage> passages) {
        try (ShardWriter writer = new ShardWriter(folder, DIMENSION, IndexTerms.PLAIN)) {
            passages.forEach(writer::add);
            writer.finish();
        }
    }
}
