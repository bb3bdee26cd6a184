package io.mambaspark.jobs;

import io.mambaspark.index.DocumentFailure;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** Text files as a table of id and text. */
final class TextTable {
    private static final StructType COLUMNS = StructType.fromDDL("id STRING, text STRING");

    private TextTable() {}

    /** Nothing is opened here, and each file anew whenever the table is gone through. */
    static DocumentTable of(List<FileSource> files, SparkSession spark, UnreadFiles unread) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Opening opening = new Opening(new SerializableConfiguration(context.hadoopConfiguration()), unread);
        JavaRDD<Row> rows = TextCorpus.of(files, 0, context).sources().flatMap(opening);
        return new DocumentTable(spark.createDataFrame(rows, COLUMNS), "id", "text");
    }

    /** Opens a file: a row, or none and a failure. */
    private record Opening(SerializableConfiguration hadoop, UnreadFiles unread)
            implements FlatMapFunction<DocumentSource, Row> {
        @Override
        public Iterator<Row> call(DocumentSource source) {
            try {
                SourceText text = source.open(hadoop.value(), DocumentSource.MAX_BYTES);
                if (text.replaced() > 0) {
                    unread.malformed().add(source.id());
                }
                return List.of(RowFactory.create(source.id(), text.text())).iterator();
            } catch (DocumentException e) {
                unread.failures().add(new DocumentFailure(source.id(), e.getMessage()));
                return Collections.emptyIterator();
            }
        }
    }
}
