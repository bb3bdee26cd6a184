package io.mambaspark.sql.batch;

/** Scala knows no checked exceptions: Catalyst's methods throw AnalysisException without declaring it. */
final class Unchecked {
    private Unchecked() {}

    /** Throws {@code exception}; declared to return it, so that callers can write {@code throw Unchecked.of(…)}. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <E extends Exception> RuntimeException of(Exception exception) throws E {
        throw (E) exception;
    }
}
