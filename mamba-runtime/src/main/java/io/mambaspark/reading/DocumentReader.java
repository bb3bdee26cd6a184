package io.mambaspark.reading;

import io.mambaspark.engine.BlockReading;
import io.mambaspark.engine.ReadingState;
import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.Wanted;
import io.mambaspark.error.Finite;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Takes readings through the engine, in order: short ones share a block, a long one fills many in turn. Lazy: it reads
 * when an outcome is asked for, and holds the states of one block's readings. A reading that fails gives an error and
 * leaves the others alone.
 */
final class DocumentReader<R> implements Outcomes<R> {
    private final MambaModel model;
    private final Iterator<? extends Reading<R>> source;
    private final int[] tokens;
    private final Queue<Outcome<R>> ready = new ArrayDeque<>();
    private final Set<Open<R>> open = new LinkedHashSet<>();
    private Open<R> unfinished;
    private ReadingListener listener = (id, read) -> {};
    private boolean closed;

    /** A reading with its state. */
    private record Open<R>(Reading<R> reading, ReadingState state) {}

    /**
     * What a reading gave to the block at hand.
     *
     * @param failure null unless it failed to give; the share is then void
     */
    private record Given<R>(Open<R> open, Share share, int textTokens, boolean last, RuntimeException failure) {}

    DocumentReader(MambaModel model, Iterator<? extends Reading<R>> source) {
        this.model = model;
        this.source = source;
        this.tokens = new int[model.blockTokens()];
    }

    @Override
    public Outcomes<R> tell(ReadingListener newListener) {
        listener = newListener;
        return this;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && hasMoreToRead()) {
            readBlock();
        }
        return !ready.isEmpty();
    }

    private boolean hasMoreToRead() {
        return !closed && (unfinished != null || source.hasNext());
    }

    @Override
    public Outcome<R> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    private void readBlock() {
        if (Thread.currentThread().isInterrupted()) {
            close();
            throw new ReadingInterruptedException();
        }
        long start = System.nanoTime();
        List<Given<R>> all = fill();
        long filled = System.nanoTime();
        Optional<BlockReading> result = read(all);
        long read = System.nanoTime();
        int length = all.stream().mapToInt(given -> given.share().length()).sum();
        listener.block(length, filled - start, read - filled);
        result.ifPresent(found -> deliver(all, found));
        all.forEach(given -> tell(given, result.isPresent()));
    }

    /** What the engine makes of the block; empty if it failed, and all readings of the block with it. */
    private Optional<BlockReading> read(List<Given<R>> all) {
        try {
            return Optional.of(model.read(block(all), wanted(all)));
        } catch (RuntimeException e) {
            all.forEach(given -> fail(given.open(), given.failure() == null ? e : given.failure()));
            return Optional.empty();
        }
    }

    private void tell(Given<R> given, boolean read) {
        String id = given.open().reading().id();
        if (read) {
            listener.read(id, given.textTokens());
        }
        if (!open.contains(given.open())) {
            listener.ended(id);
        }
    }

    private List<Given<R>> fill() {
        List<Given<R>> all = new ArrayList<>();
        int used = 0;
        // Readings without a token take no room: their number has a limit of its own.
        while (used < tokens.length && all.size() < tokens.length && hasMoreToRead()) {
            Open<R> next = unfinished == null ? begin(source.next()) : unfinished;
            Given<R> given = give(next, used);
            all.add(given);
            used += given.share().length();
            unfinished = given.last() ? null : next;
        }
        return all;
    }

    private Open<R> begin(Reading<R> reading) {
        Open<R> begun = new Open<>(reading, new ReadingState(model.config()));
        open.add(begun);
        return begun;
    }

    private Given<R> give(Open<R> open, int from) {
        Reading<R> reading = open.reading();
        long before = reading.textTokens();
        Share share = new Share(tokens, from);
        try {
            model.requireSound();
            reading.fill(share);
            return new Given<>(open, share, (int) (reading.textTokens() - before), reading.exhausted(), null);
        } catch (RuntimeException e) {
            return new Given<>(open, new Share(tokens, from), 0, true, e);
        }
    }

    private TokenBlock block(List<Given<R>> all) {
        return new TokenBlock(
                tokens,
                all.stream()
                        .map(given -> given.share().segment(given.open().state(), given.last()))
                        .toList());
    }

    private Wanted wanted(List<Given<R>> all) {
        IntList rows = new IntList();
        IntList targets = new IntList();
        all.forEach(given -> given.share().addPredictions(rows, targets));
        return rows.size() == 0 ? Wanted.PIECES : Wanted.logProbabilities(rows.toArray(), targets.toArray());
    }

    private void deliver(List<Given<R>> all, BlockReading result) {
        int piece = 0;
        int prediction = 0;
        for (Given<R> given : all) {
            try {
                deliver(given, result, piece, prediction);
            } catch (RuntimeException e) {
                fail(given.open(), e);
            }
            piece += given.share().cuts();
            prediction += given.share().predictions();
        }
    }

    private void deliver(Given<R> given, BlockReading result, int piece, int prediction) {
        if (given.failure() != null) {
            throw given.failure();
        }
        Reading<R> reading = given.open().reading();
        int dModel = model.config().dModel();
        for (int i = piece; i < piece + given.share().cuts(); i++) {
            if (!Finite.all(result.sums(), i * dModel, dModel) || !Float.isFinite(result.weights()[i])) {
                throw Finite.notANumber("A hidden state of the text");
            }
            reading.piece(new PieceSum(result.sums(), i * dModel, dModel, result.weights()[i]));
        }
        for (int i = prediction; i < prediction + given.share().predictions(); i++) {
            reading.logProbability(Finite.require(result.logProbabilities()[i], "The log-probability of a token"));
        }
        reading.blockTaken();
        if (given.last()) {
            reading.end();
            reading.close();
            open.remove(given.open());
            if (reading instanceof DocumentReading) {
                model.listener().documentRead();
            }
        }
        for (R found = reading.poll(); found != null; found = reading.poll()) {
            ready.add(new Outcome<>(reading.id(), found, null));
        }
    }

    private void fail(Open<R> failed, RuntimeException e) {
        if (unfinished == failed) {
            unfinished = null;
        }
        open.remove(failed);
        try {
            failed.reading().close();
        } catch (RuntimeException onClose) {
            e.addSuppressed(onClose);
        }
        model.listener().readingFailed();
        ready.add(Outcome.failed(failed.reading().id(), e));
    }

    @Override
    public void close() {
        closed = true;
        unfinished = null;
        ready.clear();
        List<Open<R>> dropped = List.copyOf(open);
        open.clear();
        Closing.all(dropped, each -> each.reading().close());
    }
}
