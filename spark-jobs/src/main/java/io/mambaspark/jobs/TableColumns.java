package io.mambaspark.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import io.mambaspark.passage.PassageField;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Which columns of a table are the documents.
 *
 * @param id        the column of their ids, of any atomic type
 * @param text      the column of their texts
 * @param sentences the column of the caller's own sentences
 */
record TableColumns(String id, String text, Optional<String> sentences) {
    /** What the chosen columns are called after {@link #of}. */
    static final String ID = "id";

    static final String TEXT = "text";
    private static final String SENTENCES = "sentences";
    private static final DataType SPANS =
            DataTypes.createArrayType(PassageField.nullableRows(PassageField.START, PassageField.END));

    /**
     * The id as a string, the text and, if asked for, the sentences of {@code table}.
     *
     * @throws UsageException when a column is missing or of another type
     */
    Dataset<Row> of(Dataset<Row> table) {
        in(table);
        Column idColumn = column(id).cast("string").as(ID);
        Column textColumn = column(text).as(TEXT);
        if (sentences.isEmpty()) {
            return table.select(idColumn, textColumn);
        }
        String name = sentences.get();
        require(
                areSpans(type(table, name, "--sentences-column")),
                name,
                "--sentences-column",
                SPANS.simpleString(),
                table);
        return table.select(idColumn, textColumn, spans(name).as(SENTENCES));
    }

    /**
     * The table as it is.
     *
     * @throws UsageException when the column of the ids or of the texts is missing or of another type
     */
    DocumentTable in(Dataset<Row> table) {
        require(type(table, id, "--id-column") instanceof AtomicType, id, "--id-column", "numbers or strings", table);
        require(type(table, text, "--text-column") instanceof StringType, text, "--text-column", "strings", table);
        return new DocumentTable(table, id, text);
    }

    /** Only start and end, in this order, whatever else the structs hold. */
    private static Column spans(String name) {
        return org.apache
                .spark
                .sql
                .functions
                .transform(
                        column(name),
                        span -> struct(
                                span.getField(PassageField.START.column()), span.getField(PassageField.END.column())))
                .cast(SPANS);
    }

    private static DataType type(Dataset<Row> table, String name, String option) {
        String[] names = table.columns();
        if (!Arrays.asList(names).contains(name)) {
            throw new UsageException("There is no column \"" + name + "\"; the columns are " + String.join(", ", names)
                    + ": choose one with " + option + ".");
        }
        return table.schema().apply(name).dataType();
    }

    private static void require(boolean holds, String name, String option, String wanted, Dataset<Row> table) {
        if (!holds) {
            throw new UsageException("The column \"" + name + "\" of " + option + " must hold " + wanted + ", not "
                    + table.schema().apply(name).dataType().simpleString() + ".");
        }
    }

    private static boolean areSpans(DataType type) {
        return type instanceof ArrayType array
                && array.elementType() instanceof StructType struct
                && Arrays.asList(struct.fieldNames())
                        .containsAll(List.of(PassageField.START.column(), PassageField.END.column()));
    }

    /** A column by its name as it stands, dots and all. */
    private static Column column(String name) {
        return col("`" + name.replace("`", "``") + "`");
    }
}
