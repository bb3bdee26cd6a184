package io.mambaspark.sql.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import org.apache.spark.rdd.InputFileBlockHolder;

/** Rows that leave show their file, and their source never notices that they were held. */
class RowFilesTest {
    @AfterProperty
    void reset() {
        InputFileBlockHolder.unset();
    }

    /** File 0 is none: rows that come from elsewhere, or the end of a source. */
    @Property(tries = 200)
    void aRowShowsItsFileHoweverManyAreHeld(
            @ForAll @Size(max = 20) List<@IntRange(max = 3) Integer> files,
            @ForAll @IntRange(min = 1, max = 6) int held) {
        InputFileBlockHolder.unset();
        Source source = new Source(files);
        RowFiles<Integer> rows = new RowFiles<>(source);
        Queue<Integer> waiting = new ArrayDeque<>();
        List<Integer> left = new ArrayList<>();
        while (rows.hasNext() || !waiting.isEmpty()) {
            if (rows.hasNext() && waiting.size() < held) {
                int before = shown();
                waiting.add(rows.next());
                assertThat(left.isEmpty() || shown() == before).isTrue();
            } else {
                rows.leave();
                left.add(shown());
                assertThat(shown()).isEqualTo(waiting.remove());
            }
        }
        rows.end();
        assertThat(left).isEqualTo(files);
        assertThat(shown()).isZero();
    }

    private static int shown() {
        String path = InputFileBlockHolder.getInputFilePath().toString();
        return path.isEmpty() ? 0 : Integer.parseInt(path);
    }

    private static void show(int file) {
        if (file == 0) {
            InputFileBlockHolder.unset();
        } else {
            InputFileBlockHolder.set(Integer.toString(file), 10L * file, 5);
        }
    }

    /** Shows files as Spark's scans do: only when the next one is opened, and none at the end. */
    private static final class Source implements Iterator<Integer> {
        private final Iterator<Integer> files;
        private int open;

        private Source(List<Integer> files) {
            this.files = files.iterator();
        }

        @Override
        public boolean hasNext() {
            assertThat(shown()).isEqualTo(open);
            if (!files.hasNext()) {
                open = 0;
                show(0);
            }
            return files.hasNext();
        }

        @Override
        public Integer next() {
            assertThat(shown()).isEqualTo(open);
            int file = files.next();
            if (file != open) {
                open = file;
                show(file);
            }
            return file;
        }
    }
}
