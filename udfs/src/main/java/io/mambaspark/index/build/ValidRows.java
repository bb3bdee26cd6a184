package io.mambaspark.index.build;

import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;

/**
 * Tells the passages among rows of {@link Columns#ofShardInput}, which are in the order of document and passage, so that a document's
 * own row, if there is one, is in front of its passages: those of a document that failed are void.
 */
final class ValidRows {
    private String failed;

    private ValidRows() {}

    /** The valid passages among {@code rows}, as they are asked for; ends with the task if that is killed. */
    static Stream<Row> of(Iterator<Row> rows) {
        ValidRows valid = new ValidRows();
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false)
                .filter(valid::isValid);
    }

    private boolean isValid(Row row) {
        Interruption.check();
        String id = row.getAs(Columns.DOC_ID);
        if (row.getAs(Columns.PASSAGE) != null) {
            return !id.equals(failed);
        }
        if (row.getAs(Columns.ERROR) != null) {
            failed = id;
        }
        return false;
    }
}
