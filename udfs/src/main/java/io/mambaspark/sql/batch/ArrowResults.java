package io.mambaspark.sql.batch;

import io.mambaspark.sql.MambaConf;
import io.mambaspark.sql.MambaSqlException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** The results of a batch of rows, a vector for each call, in memory outside the heap that has a limit. */
final class ArrowResults implements AutoCloseable {
    /** Of all tasks of this JVM; each has a child of it with a limit. */
    static final BufferAllocator ROOT = new RootAllocator();

    /** A vector doubles as it grows, and for a moment both copies are there. */
    private static final int SHARE_OF_BATCH = 8;

    private static final int MOST_ROWS = 4096;

    private final BufferAllocator allocator;
    private final List<ArrowColumn> columns;

    private ArrowResults(BufferAllocator allocator, List<ArrowColumn> columns) {
        this.allocator = allocator;
        this.columns = columns;
    }

    /** Vectors for results of these types. */
    static ArrowResults of(List<DataType> types, long maxBytes) {
        BufferAllocator allocator = ROOT.newChildAllocator("mamba", 0, maxBytes);
        return new ArrowResults(
                allocator,
                IntStream.range(0, types.size())
                        .mapToObj(i -> ArrowColumn.of("result" + i, types.get(i), allocator))
                        .toList());
    }

    /**
     * Writes the results of row {@code row}; rows come in order.
     *
     * @throws MambaSqlException MAMBA_RESULT_TOO_LARGE
     */
    void write(int row, Object[] values) {
        try {
            for (int i = 0; i < values.length; i++) {
                columns.get(i).write(row, values[i]);
            }
        } catch (OutOfMemoryException e) {
            throw MambaSqlException.of(
                    "MAMBA_RESULT_TOO_LARGE",
                    Map.of("key", MambaConf.ARROW_MAX_BYTES.name(), "limit", Long.toString(allocator.getLimit())));
        }
    }

    /** Whether {@code rows} rows are enough for a batch. */
    boolean full(int rows) {
        return rows == MOST_ROWS || allocator.getAllocatedMemory() > allocator.getLimit() / SHARE_OF_BATCH;
    }

    /** The rows that were written. */
    ColumnarBatch batch(int rows) {
        ColumnVector[] vectors = columns.stream()
                .map(column -> new ArrowColumnVector(column.vector(rows)))
                .toArray(ColumnVector[]::new);
        return new ColumnarBatch(vectors, rows);
    }

    /** Forgets all rows. Vectors keep their memory for the next batch, unless they hold much. */
    void clear() {
        boolean much = full(0);
        columns.forEach(column -> column.clear(much));
    }

    @Override
    public void close() {
        columns.forEach(ArrowColumn::close);
        allocator.close();
    }
}
