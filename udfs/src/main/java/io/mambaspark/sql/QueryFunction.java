package io.mambaspark.sql;

import io.mambaspark.reading.Query;

/** A function of its only argument, read as a query; the queries of many rows may be read together. */
public interface QueryFunction extends ComputedFunction {
    /** The value that a query gives. */
    Object value(Query query);

    /** {@inheritDoc} NULL for a blank query. */
    @Override
    default Object compute(TextReader reader, Object[] arguments) {
        String query = (String) arguments[0];
        return query.isBlank() ? null : value(reader.query(description().name(), query));
    }
}
