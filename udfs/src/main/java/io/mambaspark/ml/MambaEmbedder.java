package io.mambaspark.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Adds a column with the vectors of a column of texts, as {@code mamba_embed} makes them; vectors of Spark ML, so that
 * other stages, such as a classifier, take them:
 * <pre>{@code
 * new MambaEmbedder().setInputCol("text").setOutputCol("features").transform(books)
 * }</pre>
 */
public final class MambaEmbedder extends TextTransformer<MambaEmbedder> {
    private static final long serialVersionUID = 1L;
    private static final DefaultParamsReadable<MambaEmbedder> SAVED = new DefaultParamsReadable<>() {};
    private static final String DOCUMENT = "document";
    private static final String QUERY = "query";

    private final Param<String> unit;

    /** A stage with a name of its own. */
    public MambaEmbedder() {
        this(Identifiable.randomUID("mambaEmbedder"));
    }

    /** A stage of this name. */
    public MambaEmbedder(String uid) {
        super(uid);
        unit = new Param<>(
                this,
                "unit",
                "what the texts are: " + DOCUMENT + ", or " + QUERY + ", which is read as a question about documents",
                ParamValidators.inArray(List.of(DOCUMENT, QUERY)));
        setDefault(unit, DOCUMENT);
    }

    /** The parameter of {@link #setUnit}. */
    public Param<String> unit() {
        return unit;
    }

    /** Says what the texts are: {@code document}, the default, or {@code query}, as {@code mamba_embed_query} reads it. */
    public MambaEmbedder setUnit(String what) {
        set(unit, what);
        return this;
    }

    @Override
    TextColumns column(TextColumns text) {
        return text.with(output(), called(getOrDefault(unit).equals(QUERY) ? "mamba_embed_query" : "mamba_embed"));
    }

    @Override
    MambaEmbedder self() {
        return this;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        Column numbers = col(output());
        // The conversion knows no NULL.
        Column vector = when(numbers.isNotNull(), functions.array_to_vector(numbers));
        return super.transform(dataset).withColumn(output(), vector);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        StructField[] fields = super.transformSchema(schema).fields();
        fields[fields.length - 1] =
                new StructField(output(), SQLDataTypes.VectorType(), true, fields[fields.length - 1].metadata());
        return new StructType(fields);
    }

    /** Reads a saved stage. */
    public static MLReader<MambaEmbedder> read() {
        return SAVED.read();
    }

    /** The stage that was saved there. */
    public static MambaEmbedder load(String path) {
        return SAVED.load(path);
    }
}
