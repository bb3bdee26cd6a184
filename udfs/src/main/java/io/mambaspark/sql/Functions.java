package io.mambaspark.sql;

import java.util.List;

/** All SQL functions, in the order of the documentation. */
public final class Functions {
    /** Without their {@code try_} forms. */
    public static final List<MambaFunction> ALL =
            List.of(new SummarizeFunction(), new RetrieveFunction(), new TokenCountFunction());

    private Functions() {}
}
