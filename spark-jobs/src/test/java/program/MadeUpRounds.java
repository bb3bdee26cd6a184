package program;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sha2;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mambaspark.index.Passages;
import io.mambaspark.index.store.IndexModel;
import io.mambaspark.index.store.SealedJson;
import io.mambaspark.index.store.StoredFile;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Vectors;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Documents of ten passages, and what a build that died would have left of reading them: so the next build indexes them without a
 * model. A passage is five sentences, drawn at random. Its vector is of unit length, at a cosine of about 0.7 to one of the
 * centres, drawn at random.
 *
 * @param sentences what passages are made of
 * @param centres   vectors of unit length
 */
record MadeUpRounds(String[] sentences, float[][] centres) implements Serializable {
    static final int PASSAGES = 10;

    private static final int SENTENCES = 5;
    private static final StructType ROUND =
            StructType.fromDDL("doc_id STRING, content_hash STRING, passage INT, start INT,"
                    + " end INT, text STRING, vector ARRAY<FLOAT>, tokens BIGINT, error STRING");

    /** Writes the documents, id and text, to {@code documents}, and what was read of them into the index. */
    void write(SparkSession spark, MambaModel model, Path index, Path documents, int count) throws IOException {
        Dataset<Row> rows = spark.createDataFrame(passages(spark, count), ROUND);
        Path round = index.resolve("rounds/made-up/round-0");
        rows.filter("passage IS NULL")
                .select(col("doc_id").as("id"), col("text"))
                .write()
                .parquet(documents.toString());
        rows.withColumn("content_hash", sha2(col("content_hash").cast("BINARY"), 256))
                .selectExpr(
                        "doc_id",
                        "content_hash",
                        "passage",
                        "start",
                        "end",
                        "IF(passage IS NULL, NULL, text) AS text",
                        "vector",
                        "tokens",
                        "error")
                .write()
                .parquet(round.toString());
        Map<String, Object> settings = Map.of(
                "format",
                2,
                "model",
                new IndexModel(model.name(), model.fingerprint(), model.dimension()),
                "passages",
                Passages.RULE,
                "keptColumns",
                "");
        byte[] record = new ObjectMapper().writeValueAsBytes(Map.of("settings", settings, "files", files(round)));
        Files.write(round.resolveSibling("round-0.json"), new SealedJson("round").seal(record));
    }

    private static List<StoredFile> files(Path round) throws IOException {
        List<StoredFile> files = new ArrayList<>();
        try (DirectoryStream<Path> parquet = Files.newDirectoryStream(round, "*.parquet")) {
            for (Path file : parquet) {
                try (InputStream in = Files.newInputStream(file)) {
                    files.add(StoredFile.read(file.getFileName().toString(), in));
                }
            }
        }
        return files;
    }

    /** The rows of a round, with the whole text where its hash belongs, and in the document's own row too. */
    private JavaRDD<Row> passages(SparkSession spark, int count) {
        return spark.range(0, count).javaRDD().flatMap(this::document);
    }

    private Iterator<Row> document(long number) {
        Random random = new Random(number);
        String id = String.format("made-up-%08d", number);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < PASSAGES; i++) {
            texts.add(text(random));
        }
        String whole = String.join("\n", texts);
        List<Row> rows = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < PASSAGES; i++) {
            String text = texts.get(i);
            int end = start + text.codePointCount(0, text.length());
            rows.add(RowFactory.create(id, whole, i, start, end, text, vector(random), null, null));
            start = end + 1;
        }
        rows.add(RowFactory.create(id, whole, null, null, null, whole, null, 0L, null));
        return rows.iterator();
    }

    private String text(Random random) {
        List<String> drawn = new ArrayList<>();
        for (int i = 0; i < SENTENCES; i++) {
            drawn.add(sentences[random.nextInt(sentences.length)]);
        }
        return String.join(" ", drawn);
    }

    private float[] vector(Random random) {
        float[] vector = centres[random.nextInt(centres.length)].clone();
        double noise = 1 / Math.sqrt(vector.length);
        for (int i = 0; i < vector.length; i++) {
            vector[i] += (float) (noise * random.nextGaussian());
        }
        Vectors.normalise(vector);
        return vector;
    }
}
