package io.mambaspark.ml;

import io.mambaspark.sql.Call;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A stage that adds a column read out of a column of texts.
 *
 * @param <T> the stage itself
 */
abstract class TextTransformer<T extends TextTransformer<T>> extends Transformer implements DefaultParamsWritable {
    private static final String ERROR = "error";
    private static final String KEEP = "keep";

    private final String uid;
    private final Param<String> inputCol;
    private final Param<String> outputCol;
    private final Param<String> handleInvalid;

    TextTransformer(String uid) {
        this.uid = uid; // first: a parameter asks for it
        this.inputCol = new Param<>(this, "inputCol", "the column of texts");
        this.outputCol = new Param<>(this, "outputCol", "the column that is added");
        this.handleInvalid = new Param<>(
                this,
                "handleInvalid",
                "what a text that cannot be read does: " + ERROR + " ends the job, " + KEEP + " gives NULL",
                ParamValidators.inArray(List.of(ERROR, KEEP)));
        setDefault(outputCol, uid + "__output");
        setDefault(handleInvalid, ERROR);
    }

    /** The call whose values are added. */
    abstract TextColumns column(TextColumns text);

    abstract T self();

    @Override
    public String uid() {
        return uid;
    }

    /** The parameter of {@link #setInputCol}. */
    public Param<String> inputCol() {
        return inputCol;
    }

    /** The parameter of {@link #setOutputCol}. */
    public Param<String> outputCol() {
        return outputCol;
    }

    /** The parameter of {@link #setHandleInvalid}. */
    public Param<String> handleInvalid() {
        return handleInvalid;
    }

    /** Names the column of texts; there is no default. */
    public T setInputCol(String column) {
        set(inputCol, column);
        return self();
    }

    /** Names the column that is added; the default is made of the stage's own name. */
    public T setOutputCol(String column) {
        set(outputCol, column);
        return self();
    }

    /** Says what a text that cannot be read does: {@code error}, the default, ends the job; {@code keep} gives NULL. */
    public T setHandleInvalid(String what) {
        set(handleInvalid, what);
        return self();
    }

    String output() {
        return getOrDefault(outputCol);
    }

    /** The name by which a function is called. */
    String called(String function) {
        return getOrDefault(handleInvalid).equals(KEEP) ? Call.TRY + function : function;
    }

    private TextColumns columns() {
        return column(TextColumns.of(getOrDefault(inputCol)));
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        return columns().addTo(dataset);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return columns().schema(schema);
    }

    @Override
    public T copy(ParamMap extra) {
        return defaultCopy(extra);
    }
}
