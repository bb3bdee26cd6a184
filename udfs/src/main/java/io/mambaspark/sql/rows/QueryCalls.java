package io.mambaspark.sql.rows;

import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Query;
import io.mambaspark.reading.Reading;
import java.util.ArrayList;
import java.util.List;

/** A query, asked by any number of calls of rows. */
final class QueryCalls<T> implements RowReading {
    private final RowCalls<T> of;
    private final String query;
    private final List<Asking<T>> asking = new ArrayList<>();

    /** A call of a row. */
    private record Asking<T>(int call, HeldRow<T> row) {}

    QueryCalls(RowCalls<T> of, String query) {
        this.of = of;
        this.query = query;
    }

    void add(int call, HeldRow<T> row) {
        asking.add(new Asking<>(call, row));
        row.await();
    }

    @Override
    public Reading<List<Outcome<?>>> begin(MambaModel model, String id) {
        return model.queryReading(id, query);
    }

    @Override
    public void end(Outcome<List<Outcome<?>>> outcome) {
        Query read = outcome.error() == null ? (Query) outcome.value().get(0).value() : null;
        of.answered(query, read);
        for (Asking<T> each : asking) {
            of.asked(each.call(), each.row(), read, outcome.error());
            each.row().read();
        }
    }

    @Override
    public boolean ofQuery() {
        return true;
    }
}
