package io.mambaspark.reading;

import io.mambaspark.engine.BlockReading;
import io.mambaspark.engine.ReadingState;
import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.TokenBlock.Segment;
import io.mambaspark.engine.Wanted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;

/**
 * Takes readings through the engine, in order: short ones share a block, a long one fills many in turn. Lazy: it reads
 * when an outcome is asked for, and holds the states of one block's readings. A reading that fails gives an error and
 * leaves the others alone.
 */
final class DocumentReader<R> implements Iterator<Outcome<R>> {
    private final MambaModel model;
    private final Iterator<? extends Reading<R>> source;
    private final int[] tokens;
    private final Queue<Outcome<R>> ready = new ArrayDeque<>();
    private Open<R> unfinished;

    /** A reading with its state. */
    private record Open<R>(Reading<R> reading, ReadingState state) {}

    /** A reading's share of the block at hand. */
    private record Share<R>(Open<R> open, Segment segment, boolean last) {}

    DocumentReader(MambaModel model, Iterator<? extends Reading<R>> source) {
        this.model = model;
        this.source = source;
        this.tokens = new int[model.blockTokens()];
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && (unfinished != null || source.hasNext())) {
            readBlock();
        }
        return !ready.isEmpty();
    }

    @Override
    public Outcome<R> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    private void readBlock() {
        List<Share<R>> shares = fill();
        if (shares.isEmpty()) {
            return;
        }
        TokenBlock block =
                new TokenBlock(tokens, shares.stream().map(Share::segment).toList());
        BlockReading result;
        try {
            result = model.read(block, Wanted.PIECES);
        } catch (RuntimeException e) {
            unfinished = null;
            shares.forEach(share -> fail(share.open().reading(), e));
            return;
        }
        deliver(shares, result);
    }

    private List<Share<R>> fill() {
        List<Share<R>> shares = new ArrayList<>();
        int used = 0;
        while (used < tokens.length && (unfinished != null || source.hasNext())) {
            if (unfinished == null) {
                unfinished = new Open<>(source.next(), new ReadingState(model.config()));
            }
            Open<R> open = unfinished;
            Cuts cuts = new Cuts();
            try {
                int count = open.reading().fill(tokens, used, tokens.length - used, cuts);
                boolean last = open.reading().exhausted();
                shares.add(new Share<>(open, new Segment(used, count, open.state(), cuts.toArray(), last), last));
                used += count;
                if (last) {
                    unfinished = null;
                }
            } catch (RuntimeException e) {
                unfinished = null;
                fail(open.reading(), e);
            }
        }
        return shares;
    }

    private void deliver(List<Share<R>> shares, BlockReading result) {
        int dModel = model.config().dModel();
        int piece = 0;
        for (Share<R> share : shares) {
            Reading<R> reading = share.open().reading();
            int end = piece + share.segment().cuts().length;
            try {
                for (int i = piece; i < end; i++) {
                    reading.piece(new PieceSum(result.sums(), i * dModel, dModel, result.weights()[i]));
                }
                if (share.last()) {
                    reading.end();
                }
                for (R found = reading.poll(); found != null; found = reading.poll()) {
                    ready.add(new Outcome<>(reading.id(), found, null));
                }
            } catch (RuntimeException e) {
                if (unfinished != null && unfinished.reading() == reading) {
                    unfinished = null;
                }
                fail(reading, e);
            }
            piece = end;
        }
    }

    private void fail(Reading<R> reading, RuntimeException e) {
        ready.add(Outcome.failed(reading.id(), e));
    }
}
