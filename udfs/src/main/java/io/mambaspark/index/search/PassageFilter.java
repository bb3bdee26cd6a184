package io.mambaspark.index.search;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.mambaspark.index.store.Generation;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.index.store.ParquetFiles;
import io.mambaspark.passage.PassageField;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.batch.FilterCondition;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.roaringbitmap.RoaringBitmap;
import scala.Tuple2;

/** A condition on passages, in the language of filters, which Spark evaluates over the columns of the Parquet files. */
final class PassageFilter {
    private static final String GENERATION = "mamba_generation";
    private static final String SHARD = PassageField.SHARD.column();
    private static final String ORDINAL = PassageField.ORDINAL.column();
    private static final StructType OF_ALL =
            PassageField.nullableRows(PassageField.DOC_ID, PassageField.PASSAGE, PassageField.START, PassageField.END);

    private final SparkSession spark;
    private final IndexFolder folder;
    private final Manifest manifest;
    private final FilterCondition condition;

    /**
     * A filter.
     *
     * @throws io.mambaspark.sql.MambaSqlException MAMBA_FILTER_NOT_ALLOWED
     * @throws org.apache.spark.sql.AnalysisException if it is no condition on doc_id, passage, start, end and the kept columns
     */
    PassageFilter(SparkSession spark, IndexFolder folder, Manifest manifest, String condition) {
        this.spark = spark;
        this.folder = folder;
        this.manifest = manifest;
        this.condition = FilterCondition.of(spark, condition);
        this.condition.on(spark.createDataFrame(List.of(), columns()));
    }

    private StructType columns() {
        StructType columns = OF_ALL;
        for (var kept : manifest.keptSchema().fields()) {
            columns = columns.add(kept);
        }
        return columns;
    }

    /**
     * Bitmaps of passing ordinals by the number of the shard in the search, several a shard.
     *
     * @throws MambaSqlException MAMBA_INDEX_CORRUPT or MAMBA_INDEX_UNREADABLE
     */
    JavaPairRDD<Integer, byte[]> bits() {
        PassagePlaces places = PassagePlaces.of(folder, manifest);
        return passing().javaRDD().mapPartitionsToPair(rows -> bits(rows, places));
    }

    private Dataset<Row> passing() {
        Dataset<Row> all = null;
        for (int generation = 0; generation < manifest.generations().size(); generation++) {
            Dataset<Row> passages = condition
                    .on(passages(manifest.generations().get(generation)))
                    .select(lit(generation).as(GENERATION), col(SHARD), col(ORDINAL));
            all = all == null ? passages : all.union(passages);
        }
        return all;
    }

    private Dataset<Row> passages(Generation generation) {
        return ParquetFiles.verified(
                spark,
                folder,
                columns().add(SHARD, PassageField.SHARD.type()).add(ORDINAL, PassageField.ORDINAL.type()),
                generation.passages());
    }

    private static Iterator<Tuple2<Integer, byte[]>> bits(Iterator<Row> rows, PassagePlaces places) {
        Map<Integer, RoaringBitmap> bits = new HashMap<>();
        while (places.hasNext(rows)) {
            Row row = rows.next();
            int generation = row.getInt(0);
            int number = places.number(generation, row.get(1));
            bits.computeIfAbsent(number, shard -> new RoaringBitmap())
                    .add(places.ordinal(generation, number, row.get(2)));
        }
        List<Tuple2<Integer, byte[]>> bytes = new ArrayList<>();
        bits.forEach((number, ofShard) -> bytes.add(new Tuple2<>(number, bytes(ofShard))));
        return bytes.iterator();
    }

    private static byte[] bytes(RoaringBitmap bits) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            bits.runOptimize();
            bits.serialize(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** All bitmaps of a shard as one. */
    static RoaringBitmap together(Iterator<byte[]> parts) {
        RoaringBitmap all = new RoaringBitmap();
        parts.forEachRemaining(part -> {
            RoaringBitmap bits = new RoaringBitmap();
            try {
                bits.deserialize(ByteBuffer.wrap(part));
            } catch (IOException e) {
                throw new UncheckedIOException("reading from memory failed", e);
            }
            all.or(bits);
        });
        return all;
    }
}
