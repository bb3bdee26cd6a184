package io.mambaspark.ml;

import io.mambaspark.sql.MambaConf;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.ModelChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Columns that are read out of a text column, in one reading of each text:
 * <pre>{@code
 * Dataset<Row> read = TextColumns.of("text")
 *         .with("summary", "mamba_summarize", 80)
 *         .with("hits", "mamba_retrieve", "the white rabbit", 3)
 *         .with("vector", "try_mamba_embed")
 *         .addTo(books);
 * }</pre>
 * They hold what the SQL functions of these names give. Immutable.
 */
public final class TextColumns {
    private final String text;
    private final List<TextColumn> columns;

    private TextColumns(String text, List<TextColumn> columns) {
        this.text = text;
        this.columns = List.copyOf(columns);
    }

    /** No columns yet, to be read out of the column {@code text}. */
    public static TextColumns of(String text) {
        return new TextColumns(text, List.of());
    }

    /**
     * One column more.
     *
     * @param name      of the column
     * @param function  of SQL, such as {@code mamba_summarize} or {@code try_mamba_summarize}
     * @param arguments of the function after the text; those that may be left out have their defaults
     * @throws MambaSqlException MAMBA_FUNCTION_UNKNOWN, MAMBA_CALL_INVALID, or what the function has against its arguments
     */
    public TextColumns with(String name, String function, Object... arguments) {
        List<TextColumn> more = new ArrayList<>(columns);
        more.add(TextColumn.of(name, function, Arrays.asList(arguments)));
        return new TextColumns(text, more);
    }

    /**
     * The schema of rows of {@code input} with these columns added, at the end.
     *
     * @throws MambaSqlException MAMBA_COLUMN_NOT_FOUND, MAMBA_COLUMN_NOT_TEXT, or MAMBA_COLUMN_EXISTS
     */
    public StructType schema(StructType input) {
        checkText(input);
        StructType schema = input;
        for (TextColumn column : columns) {
            if (Arrays.asList(schema.fieldNames()).contains(column.name())) {
                throw MambaSqlException.of("MAMBA_COLUMN_EXISTS", Map.of("column", column.name()));
            }
            schema = schema.add(column.name(), column.type(input.apply(text).dataType()));
        }
        return schema;
    }

    private void checkText(StructType input) {
        List<String> names = Arrays.asList(input.fieldNames());
        if (!names.contains(text)) {
            throw MambaSqlException.of(
                    "MAMBA_COLUMN_NOT_FOUND", Map.of("column", text, "columns", String.join(", ", names)));
        }
        StructField field = input.apply(text);
        if (!(field.dataType() instanceof StringType)) {
            throw MambaSqlException.of(
                    "MAMBA_COLUMN_NOT_TEXT",
                    Map.of("column", text, "type", field.dataType().sql()));
        }
    }

    /**
     * The rows with these columns added; the model is that of the session ({@code spark.mamba.model}).
     *
     * @throws MambaSqlException as {@link #schema}, or MAMBA_CONF_INVALID
     */
    public Dataset<Row> addTo(Dataset<?> rows) {
        StructType schema = schema(rows.schema());
        MambaConf conf = MambaConf.of(rows.sparkSession());
        ReadTexts reading =
                new ReadTexts(rows.schema().fieldIndex(text), columns, ModelChoice.of(conf), conf.batchMaxBytes());
        return rows.toDF().mapPartitions(reading, Encoders.row(schema));
    }
}
