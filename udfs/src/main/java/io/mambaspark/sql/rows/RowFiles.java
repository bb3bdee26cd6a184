package io.mambaspark.sql.rows;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/**
 * Rows that are taken from their source ahead of those that leave, each with the file that it was read from.
 *
 * <p>Spark shows one file per thread, and {@code input_file_name()} returns it, at any place in a plan; Delta's UPDATE finds
 * the files to rewrite by it. So the file of a row is shown when the row leaves, and the source sees its own file again when
 * it runs. Not thread-safe.
 *
 * @param <T> a row
 */
public final class RowFiles<T> implements Iterator<T> {
    private final Iterator<T> source;
    /** The files of the rows that were taken and have not left, in order. */
    private final Queue<FileBlock> taken = new ArrayDeque<>();

    private FileBlock ofSource = FileBlock.shown();
    /** Null until a row leaves. */
    private FileBlock ofLeaving;

    private boolean ended;

    /** Takes no row yet. */
    public RowFiles(Iterator<T> source) {
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        if (!ended) {
            beforeSource();
            ended = !source.hasNext();
            afterSource();
        }
        return !ended;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        beforeSource();
        T row = source.next();
        afterSource();
        taken.add(ofSource);
        return row;
    }

    private void beforeSource() {
        ofSource.show();
    }

    private void afterSource() {
        if (!ofSource.isShown()) {
            ofSource = FileBlock.shown();
        }
        if (ofLeaving != null) {
            ofLeaving.show();
        }
    }

    /** The first row in order that has not left leaves now. */
    public void leave() {
        ofLeaving = taken.remove();
        ofLeaving.show();
    }

    /** No row leaves any more: what the source shows is shown, as if its rows had not been held. */
    public void end() {
        ofLeaving = null;
        ofSource.show();
    }
}
