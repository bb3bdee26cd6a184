package io.mambaspark.sql.rows;

import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Reading;
import java.util.List;

/** What is read for rows, begun when there is room in a block. */
interface RowReading {
    Reading<List<Outcome<?>>> begin(MambaModel model, String id);

    /** Takes what came of it; the rows that waited for it wait no longer. */
    void end(Outcome<List<Outcome<?>>> outcome);

    /** Whether it is a query, whose tokens count apart. */
    boolean ofQuery();
}
