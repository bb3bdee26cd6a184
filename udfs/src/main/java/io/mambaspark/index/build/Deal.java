package io.mambaspark.index.build;

import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Sends the n-th row to partition n modulo their number; each partition is in the order of the places. */
final class Deal extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int partitions;

    private Deal(int partitions) {
        this.partitions = partitions;
    }

    /** @param documents with the column place, from 0 */
    static JavaRDD<IndexDocument> of(Dataset<Row> documents, int partitions) {
        return documents
                .toJavaRDD()
                .mapToPair(row -> new Tuple2<>(row.<Long>getAs(Columns.PLACE), document(row)))
                .repartitionAndSortWithinPartitions(new Deal(partitions))
                .values();
    }

    private static IndexDocument document(Row row) {
        boolean keeps = row.schema().getFieldIndex(Columns.KEPT).isDefined();
        return new IndexDocument(
                row.getAs(Columns.DOC_ID),
                row.getAs(Columns.CONTENT_HASH),
                row.<Long>getAs(Columns.BYTES),
                row.getAs(Columns.TEXT),
                keeps ? row.getAs(Columns.KEPT) : null);
    }

    @Override
    public int numPartitions() {
        return partitions;
    }

    @Override
    public int getPartition(Object place) {
        return (int) ((Long) place % partitions);
    }
}
