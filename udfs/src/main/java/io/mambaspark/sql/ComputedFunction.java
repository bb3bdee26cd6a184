package io.mambaspark.sql;

/** A function that needs no reading of a document. */
public non-sealed interface ComputedFunction extends MambaFunction {
    /**
     * The value of a row.
     *
     * @param arguments all of them; null for one that was left out and has no default
     * @return null for NULL
     * @throws MambaSqlException when there is no value
     */
    Object compute(TextReader reader, Object[] arguments);
}
