package io.mambaspark.sql;

import io.mambaspark.reading.Query;
import java.util.List;

/** {@code mamba_embed_query(text)}: ARRAY of FLOAT. */
public record EmbedQueryFunction() implements QueryFunction {
    private static final FunctionDescription DESCRIPTION = new FunctionDescription(
            "mamba_embed_query",
            "Makes a vector of a query, to be compared with the vectors of passages: a query is read twice, so that it is"
                    + " read knowing how it ends.",
            List.of(Argument.text("text", "The query, at most 1,024 tokens.")),
            EmbedFunction.VECTOR,
            "The vector, of unit length, with as many numbers as that of mamba_embed. NULL for NULL and for a blank query.",
            List.of(new FunctionDescription.Example("SELECT size(mamba_embed_query('Who slept?'))", "384")),
            "0.1.0",
            List.of("MAMBA_QUERY_TOO_LONG"));

    @Override
    public FunctionDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Object value(Query query) {
        return query.vector();
    }
}
