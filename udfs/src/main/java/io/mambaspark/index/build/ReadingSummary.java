package io.mambaspark.index.build;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.mambaspark.error.MambaError;
import io.mambaspark.index.BuildReport;
import io.mambaspark.index.DocumentFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a build has read, counted from what it put down: a task that was tried twice counts once.
 *
 * @param documents that were read
 * @param tokens    of theirs
 * @param passages  of theirs
 * @param failed    documents that could not be read
 * @param failures  the first of these by their ids
 */
record ReadingSummary(long documents, long tokens, long passages, long failed, List<DocumentFailure> failures) {
    private static final DocumentFailure WITHOUT_ID = new DocumentFailure(
            null, MambaError.of("MAMBA_DOCUMENT_ID_NULL", Map.of()).message());

    /**
     * Sums up.
     *
     * @param rows      of rounds
     * @param withoutId rows of the table whose id is NULL
     */
    static ReadingSummary of(Dataset<Row> rows, long withoutId) {
        Row totals = rows.agg(
                        count(lit(1)),
                        count(col(Columns.PASSAGE)),
                        count(col(Columns.ERROR)),
                        coalesce(sum(Columns.TOKENS), lit(0L)))
                .first();
        long passages = totals.getLong(1);
        long failed = totals.getLong(2);
        long documents = totals.getLong(0) - passages - failed;
        List<DocumentFailure> failures =
                new ArrayList<>(Collections.nCopies((int) Math.min(withoutId, BuildReport.MOST_FAILURES), WITHOUT_ID));
        if (failed > 0) {
            failures.addAll(failures(rows, BuildReport.MOST_FAILURES - failures.size()));
        }
        return new ReadingSummary(documents, totals.getLong(3), passages, failed + withoutId, failures);
    }

    private static List<DocumentFailure> failures(Dataset<Row> rows, int most) {
        return rows
                .filter(col(Columns.ERROR).isNotNull())
                .orderBy(Columns.DOC_ID)
                .limit(most)
                .select(Columns.DOC_ID, Columns.ERROR)
                .collectAsList()
                .stream()
                .map(row -> new DocumentFailure(row.getString(0), row.getString(1)))
                .toList();
    }
}
