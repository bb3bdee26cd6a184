package io.mambaspark.sql;

import io.mambaspark.reading.MambaModel;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@code mamba_info()}: STRUCT.
 *
 * @param evaluation how the functions of this session are evaluated
 */
public record InfoFunction(Evaluation evaluation) implements ComputedFunction {
    private static final StructType INFO = new StructType()
            .add("version", DataTypes.StringType, false)
            .add("model", DataTypes.StringType, false)
            .add("fingerprint", DataTypes.StringType, false)
            .add("device", DataTypes.StringType, false)
            .add("kernels", DataTypes.StringType, false)
            .add("batched", DataTypes.BooleanType, false)
            .add("reason", DataTypes.StringType, false)
            .add("kernels_reason", DataTypes.StringType, false);

    private static final FunctionDescription DESCRIPTION = new FunctionDescription(
            "mamba_info",
            "Says what reads, and how.",
            List.of(),
            INFO,
            "The version of this library; the name of the model and the SHA-256 of its content; the device and the kernels"
                    + " that run it where this row was computed; whether rows are read in batches in this session, and why; why"
                    + " these kernels run.",
            List.of(new FunctionDescription.Example("SELECT mamba_info().model", "built-in")),
            "0.1.0",
            List.of());

    @Override
    public FunctionDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Object compute(TextReader reader, Object[] arguments) {
        MambaModel model = reader.model();
        return RowFactory.create(
                Objects.requireNonNullElse(
                        InfoFunction.class.getPackage().getImplementationVersion(), "not from a jar"),
                model.name(),
                model.fingerprint(),
                model.engine().device(),
                model.engine().kernels(),
                evaluation.batched(),
                evaluation.reason(),
                model.engine().reason());
    }
}
