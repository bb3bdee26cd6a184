package io.mambaspark.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_json;

import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** How rows lie in files; the names are what {@code --output-format} takes. */
enum OutputFormat {
    parquet,
    json,
    csv;

    /** Writes all rows into a folder that does not exist. */
    void write(Dataset<Row> rows, String path) {
        Dataset<Row> written = this == csv ? flat(rows) : rows;
        DataFrameWriter<Row> writer = written.write().format(name());
        switch (this) {
            case csv -> writer.option("header", "true").option("escape", "\"");
            case json -> writer.option("ignoreNullFields", "false");
            case parquet -> {}
        }
        writer.save(path);
    }

    /** CSV has no arrays: they are written as JSON. */
    private static Dataset<Row> flat(Dataset<Row> rows) {
        Dataset<Row> flat = rows;
        for (StructField field : rows.schema().fields()) {
            if (isNested(field.dataType())) {
                flat = flat.withColumn(field.name(), to_json(col(field.name())));
            }
        }
        return flat;
    }

    private static boolean isNested(DataType type) {
        return type instanceof ArrayType || type instanceof StructType || type instanceof MapType;
    }
}
