package io.mambaspark.index.build;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;

import io.mambaspark.index.store.KeptColumns;
import io.mambaspark.index.store.KeptJson;
import io.mambaspark.sql.MambaSqlException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The documents of a build under names of our own: doc_id, text, content_hash (NULL if the text is), bytes, and kept, a struct, if
 * there are columns to keep.
 *
 * @param rows one each
 * @param kept the kept columns
 */
record Documents(Dataset<Row> rows, StructType kept) {
    private static final int HASH_BITS = 256;

    /** @throws MambaSqlException MAMBA_COLUMN_NOT_FOUND, MAMBA_COLUMN_NOT_TEXT or MAMBA_INDEX_COLUMN_RESERVED */
    static Documents of(BuildRequest request) {
        StructType schema = request.documents().schema();
        field(schema, request.idColumn());
        StructField text = field(schema, request.textColumn());
        if (!(text.dataType() instanceof StringType)) {
            throw MambaSqlException.of(
                    "MAMBA_COLUMN_NOT_TEXT",
                    Map.of("column", text.name(), "type", text.dataType().sql()));
        }
        StructType kept = kept(schema, request.keptColumns());
        List<Column> columns = new ArrayList<>(List.of(
                column(request.idColumn()).cast(DataTypes.StringType).as(Columns.DOC_ID),
                column(request.textColumn()).as(Columns.TEXT),
                contentHash(column(request.textColumn()), kept).as(Columns.CONTENT_HASH),
                coalesce(octet_length(column(request.textColumn())), lit(0))
                        .cast(DataTypes.LongType)
                        .as(Columns.BYTES)));
        if (!kept.isEmpty()) {
            columns.add(keptStruct(kept).as(Columns.KEPT));
        }
        return new Documents(request.documents().select(columns.toArray(new Column[0])), kept);
    }

    /**
     * The same for an index that is there: kept columns in its order, if they have the same names.
     *
     * @param ofIndex its kept columns
     */
    static Documents of(BuildRequest request, StructType ofIndex) {
        List<String> inOrder = List.of(ofIndex.fieldNames());
        boolean sameNames = new HashSet<>(inOrder).equals(new HashSet<>(request.keptColumns()));
        return of(sameNames ? request.keeping(inOrder) : request);
    }

    /** The kept columns as a manifest has them. */
    String keptDdl() {
        return kept.toDDL();
    }

    /** The columns as one struct, from a table that has them by their names. */
    static Column keptStruct(StructType kept) {
        return struct(Arrays.stream(kept.fieldNames()).map(Documents::column).toArray(Column[]::new));
    }

    private static Column column(String name) {
        return col(Columns.quoted(name));
    }

    /** NULL if the text is: such a row is like no other. */
    private static Column contentHash(Column text, StructType kept) {
        Column ofText = sha2(text.cast(DataTypes.BinaryType), HASH_BITS);
        return kept.isEmpty() ? ofText : sha2(concat(ofText, KeptJson.write(keptStruct(kept))), HASH_BITS);
    }

    private static StructType kept(StructType schema, List<String> names) {
        StructType kept = new StructType();
        Set<String> taken = new HashSet<>();
        for (String name : names) {
            StructField field = field(schema, name);
            if (!KeptColumns.mayBegin(field.name(), taken)) {
                throw MambaSqlException.of("MAMBA_INDEX_COLUMN_RESERVED", Map.of("column", field.name()));
            }
            kept = kept.add(field.name(), field.dataType(), true);
        }
        return kept;
    }

    private static StructField field(StructType schema, String name) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> MambaSqlException.of(
                        "MAMBA_COLUMN_NOT_FOUND",
                        Map.of("column", name, "columns", String.join(", ", schema.fieldNames()))));
    }
}
