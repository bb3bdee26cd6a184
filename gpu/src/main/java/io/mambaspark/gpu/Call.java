package io.mambaspark.gpu;

import io.mambaspark.engine.BlockReading;
import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.TokenBlock.Segment;
import io.mambaspark.engine.Wanted;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What one thread asked for, on its way through as many blocks of the device as it takes. Only the engine's thread moves
 * it forward; the caller waits for {@link #answer}.
 */
final class Call {
    /** The caller's tokens, copied: it may give up and use its array for something else. */
    final int[] tokens;

    final List<Segment> segments;
    final Wanted wanted;
    final CompletableFuture<BlockReading> answer = new CompletableFuture<>();
    private final BlockReading said;
    private final int dModel;
    private final int[] firstPiece;

    /** The segment and the row in it that are read next. */
    int segment;

    int offset;
    private int unread;

    Call(TokenBlock block, Wanted wanted, DeviceShape shape) {
        this.tokens = Arrays.copyOf(block.tokens(), block.length());
        this.segments = block.segments();
        this.wanted = wanted;
        this.dModel = shape.dModel();
        this.firstPiece = firstPieces(segments);
        this.unread = segments.size();
        int vocabulary = shape.config().vocabSize();
        this.said = new BlockReading(
                new float[block.cuts() * dModel],
                new float[block.cuts()],
                new float[wanted.hiddenRows().length * dModel],
                new float[Math.multiplyExact(wanted.logitRows().length, vocabulary)],
                new float[wanted.scoredRows().length]);
        if (unread == 0) {
            answer.complete(said);
        }
    }

    private static int[] firstPieces(List<Segment> segments) {
        int[] first = new int[segments.size()];
        for (int i = 1; i < first.length; i++) {
            first[i] = first[i - 1] + segments.get(i - 1).cuts().length;
        }
        return first;
    }

    /** True when all of it has been handed to the device. */
    boolean exhausted() {
        return segment == segments.size();
    }

    /** The row of the block that is read next. */
    int row() {
        return exhausted() ? tokens.length : segments.get(segment).start() + offset;
    }

    /** Takes the sum of a piece that a cut closed. */
    void piece(int ofSegment, int cut, float[] from, int at) {
        int piece = firstPiece[ofSegment] + cut;
        System.arraycopy(from, at, said.sums(), piece * dModel, dModel);
        said.weights()[piece] = from[at + dModel];
    }

    /** Takes a wanted hidden state. */
    void hidden(int index, float[] from, int at) {
        System.arraycopy(from, at, said.hidden(), index * dModel, dModel);
    }

    /** Takes the logits of a wanted row. */
    void logits(int index, float[] from, int at, int vocabulary) {
        System.arraycopy(from, at, said.logits(), index * vocabulary, vocabulary);
    }

    /** Takes a wanted log-probability. */
    void logProbability(int index, float value) {
        said.logProbabilities()[index] = value;
    }

    /** Counts a segment that has been read to its end, and answers behind the last. */
    void segmentRead() {
        unread--;
        if (unread == 0) {
            answer.complete(said);
        }
    }

    void fail(RuntimeException reason) {
        answer.completeExceptionally(reason);
    }
}
