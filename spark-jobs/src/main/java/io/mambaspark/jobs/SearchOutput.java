package io.mambaspark.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import io.mambaspark.passage.PassageField;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Option;

/** The options that say where the rows of a search go, and how. */
final class SearchOutput extends OutputFolder {
    /** What {@code --output-format} takes. */
    enum Format {
        parquet,
        json,
        csv,
        trec
    }

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            defaultValue = "parquet",
            description = "How to write --output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); trec is a run"
                    + " for trec_eval, a line for each document.")
    private Format format;

    /** Whether rows must be documents. */
    boolean ofDocuments() {
        return isGiven() && format == Format.trec;
    }

    /** Writes rows, which are in order, into a folder that does not exist. */
    void write(Dataset<Row> rows, String path) {
        if (format == Format.trec) {
            rows.select(trecLine()).write().text(path);
        } else {
            OutputFormat.valueOf(format.name()).write(rows, path);
        }
    }

    private static Column trecLine() {
        return concat_ws(
                " ",
                word(PassageField.QUERY_ID.column()),
                lit("Q0"),
                word(PassageField.DOC_ID.column()),
                col(PassageField.RANK.column()),
                col(PassageField.SCORE.column()),
                lit("mamba-spark"));
    }

    /** Blanks part the fields of a line, so that none may be in one. */
    private static Column word(String name) {
        Column value = col(name);
        return when(
                        value.rlike("\\s"),
                        raise_error(concat_ws(
                                "", lit("The " + name + " '"), value, lit("' has a blank, which trec cannot hold."))))
                .otherwise(value);
    }
}
