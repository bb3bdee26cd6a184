package io.mambaspark.jobs;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** The rows of a table as documents, one each. */
final class TableCorpus {
    private TableCorpus() {}

    /**
     * Deals the rows out like cards, from the longest text to the shortest.
     *
     * @param table with the columns that {@link TableColumns} chose
     */
    static Corpus of(Dataset<Row> table, int askedPartitions) {
        Column size = coalesce(length(col(TableColumns.TEXT)), lit(0));
        Row totals = table.agg(count(lit(1)), coalesce(sum(size), lit(0L))).first();
        long documents = totals.getLong(0);
        int cores = table.sparkSession().sparkContext().defaultParallelism();
        int partitions = Corpus.partitions(askedPartitions, documents, cores);
        JavaRDD<DocumentSource> sources = table.orderBy(size.desc(), col(TableColumns.ID))
                .toJavaRDD()
                .map(TableCorpus::source)
                .zipWithIndex()
                .mapToPair(Tuple2::swap)
                .repartitionAndSortWithinPartitions(new Dealer(partitions))
                .values();
        return new Corpus(sources, documents, totals.getLong(1));
    }

    private static DocumentSource source(Row row) {
        return new RowSource(row.getString(0), row.getString(1), row.length() > 2 ? bounds(row) : null);
    }

    /** Start, end, start, end …; null without sentences, and -1 for a bound that is NULL. */
    private static int[] bounds(Row row) {
        if (row.isNullAt(2)) {
            return null;
        }
        List<Row> sentences = row.getList(2);
        int[] bounds = new int[2 * sentences.size()];
        int i = 0;
        for (Row sentence : sentences) {
            bounds[i++] = bound(sentence, 0);
            bounds[i++] = bound(sentence, 1);
        }
        return bounds;
    }

    private static int bound(Row sentence, int field) {
        return sentence == null || sentence.isNullAt(field) ? -1 : sentence.getInt(field);
    }

    /** Sends the n-th row to partition n modulo their number. */
    private static final class Dealer extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int partitions;

        Dealer(int partitions) {
            this.partitions = partitions;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object index) {
            return (int) ((Long) index % partitions);
        }
    }
}
