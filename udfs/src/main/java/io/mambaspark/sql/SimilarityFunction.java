package io.mambaspark.sql;

import io.mambaspark.error.Finite;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;

/** {@code mamba_similarity(a, b)}: FLOAT. */
public record SimilarityFunction() implements ComputedFunction {
    private static final List<DataType> TYPES =
            List.of(DataTypes.StringType, DataTypes.createArrayType(DataTypes.FloatType, true));

    private static final FunctionDescription DESCRIPTION = new FunctionDescription(
            "mamba_similarity",
            "Says how alike two texts are, or two vectors of mamba_embed, mamba_embed_query or mamba_passages: the cosine of"
                    + " their angle.",
            List.of(
                    new Argument("a", TYPES, Argument.Need.REQUIRED, null, false, "A text or a vector."),
                    new Argument("b", TYPES, Argument.Need.REQUIRED, null, false, "The same as a.")),
            DataTypes.FloatType,
            "A number in [-1, 1]. With the built-in model texts have a floor far above 0: sentences that have nothing in common"
                    + " score about 0.45, pages about 0.7, and paraphrases 0.9 and more. Compare scores with each other rather"
                    + " than with a fixed limit. NULL for NULL, for a blank text, and for a vector that is empty, all zeros, or"
                    + " has a NULL.",
            List.of(
                    new FunctionDescription.Example(
                            "SELECT mamba_similarity(array(1.0F, 0.0F), array(0.6F, 0.8F))", "0.6"),
                    new FunctionDescription.Example(
                            "SELECT round(mamba_similarity('The fire of London burned for four days in 1666.', 'In 1666 London"
                                    + " was on fire for four days.'), 2)",
                            "0.98"),
                    new FunctionDescription.Example(
                            "SELECT round(mamba_similarity('The fire of London burned for four days in 1666.', 'The cat slept"
                                    + " on the sofa.'), 2)",
                            "0.45")),
            "0.1.0",
            List.of(
                    "MAMBA_ARGUMENT_MISMATCH",
                    "MAMBA_DIMENSION_MISMATCH",
                    "MAMBA_NOT_A_NUMBER",
                    "MAMBA_READING_FAILED"));

    @Override
    public FunctionDescription description() {
        return DESCRIPTION;
    }

    @Override
    public void checkTypes(List<DataType> types) {
        if (types.get(0) instanceof StringType != types.get(1) instanceof StringType) {
            throw MambaSqlException.of(
                    "MAMBA_ARGUMENT_MISMATCH",
                    Map.of(
                            "function",
                            DESCRIPTION.name(),
                            "left",
                            types.get(0).sql(),
                            "right",
                            types.get(1).sql()));
        }
    }

    @Override
    public Object compute(TextReader reader, Object[] arguments) {
        float[] a = vector(reader, arguments[0]);
        float[] b = vector(reader, arguments[1]);
        if (a == null || b == null) {
            return null;
        }
        if (a.length != b.length) {
            throw MambaSqlException.of(
                    "MAMBA_DIMENSION_MISMATCH",
                    Map.of(
                            "function",
                            DESCRIPTION.name(),
                            "left",
                            Integer.toString(a.length),
                            "right",
                            Integer.toString(b.length)));
        }
        return cosine(a, b);
    }

    private static float[] vector(TextReader reader, Object argument) {
        return argument instanceof String text ? reader.vector(text) : Vectors.of(argument);
    }

    private static Float cosine(float[] a, float[] b) {
        double dot = 0;
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            ofA += (double) a[i] * a[i];
            ofB += (double) b[i] * b[i];
        }
        double lengths = Math.sqrt(ofA) * Math.sqrt(ofB);
        if (lengths == 0) {
            return null;
        }
        float cosine = (float) Math.max(-1, Math.min(1, dot / lengths));
        if (Float.isNaN(cosine)) {
            throw MambaSqlException.of(Finite.notANumber("The similarity of these vectors"));
        }
        return cosine;
    }
}
