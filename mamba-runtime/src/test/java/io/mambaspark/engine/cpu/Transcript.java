package io.mambaspark.engine.cpu;

import io.mambaspark.engine.BlockReading;
import io.mambaspark.engine.MambaEngine;
import io.mambaspark.engine.ReadingState;
import io.mambaspark.engine.TokenBlock;
import io.mambaspark.engine.TokenBlock.Segment;
import io.mambaspark.engine.Wanted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One document on its way through an engine, and everything that the engine said about it so far. */
public final class Transcript {
    private final int[] ids;
    private final int pieceTokens;
    private final int dModel;
    private final int pieces;
    private boolean ends;
    private int position;
    private int closed;

    public final ReadingState state;
    /** {@code [tokens, d_model]}. */
    public final float[] hidden;
    /** Of each token, after itself: what matters is only that it is always the same number. */
    public final float[] logProbabilities;
    /** {@code [pieces, d_model]}. */
    public final float[] sums;
    /** {@code [pieces]}. */
    public final float[] weights;

    /** A document of these tokens, with a cut behind every {@code pieceTokens} of them. */
    public Transcript(MambaEngine engine, int[] ids, int pieceTokens) {
        this.ids = ids;
        this.pieceTokens = pieceTokens;
        this.dModel = engine.config().dModel();
        this.pieces = ids.length / pieceTokens;
        this.state = new ReadingState(engine.config());
        this.hidden = new float[ids.length * dModel];
        this.logProbabilities = new float[ids.length];
        this.sums = new float[pieces * dModel];
        this.weights = new float[pieces];
    }

    /** Tells the engine where the document ends; its state is not to be looked at then. */
    Transcript ending() {
        ends = true;
        return this;
    }

    boolean ends() {
        return ends;
    }

    public int remaining() {
        return ids.length - position;
    }

    /** Reads all of it alone, in blocks of that many tokens. */
    public Transcript read(MambaEngine engine, int blockTokens) {
        while (remaining() > 0) {
            readPacked(engine, List.of(this), List.of(Math.min(remaining(), blockTokens)));
        }
        return this;
    }

    /** Reads the next {@code counts[i]} tokens of the i-th document, all in one block. */
    public static void readPacked(MambaEngine engine, List<Transcript> documents, List<Integer> counts) {
        int length = counts.stream().mapToInt(Integer::intValue).sum();
        int[] tokens = new int[length];
        List<Segment> segments = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < documents.size(); i++) {
            Transcript document = documents.get(i);
            System.arraycopy(document.ids, document.position, tokens, start, counts.get(i));
            segments.add(document.next(start, counts.get(i)));
            start += counts.get(i);
        }
        int[] rows = IntStream.range(0, length).toArray();
        Wanted all = new Wanted(rows, new int[0], rows, tokens);
        BlockReading said = engine.read(new TokenBlock(tokens, segments), all);
        int piece = 0;
        for (int i = 0; i < documents.size(); i++) {
            documents.get(i).take(said, segments.get(i), piece);
            piece += segments.get(i).cuts().length;
        }
    }

    private Segment next(int start, int count) {
        return new Segment(start, count, state, cuts(count), ends && count == remaining());
    }

    private int[] cuts(int count) {
        return IntStream.rangeClosed(1, count)
                .filter(c -> (position + c) % pieceTokens == 0)
                .toArray();
    }

    private void take(BlockReading said, Segment segment, int piece) {
        int cuts = segment.cuts().length;
        System.arraycopy(said.hidden(), segment.start() * dModel, hidden, position * dModel, segment.length() * dModel);
        System.arraycopy(said.logProbabilities(), segment.start(), logProbabilities, position, segment.length());
        System.arraycopy(said.sums(), piece * dModel, sums, closed * dModel, cuts * dModel);
        System.arraycopy(said.weights(), piece, weights, closed, cuts);
        position += segment.length();
        closed += cuts;
    }

    /** The rows of {@link #hidden} for these tokens. */
    public float[] hidden(int... tokens) {
        float[] rows = new float[tokens.length * dModel];
        for (int i = 0; i < tokens.length; i++) {
            System.arraycopy(hidden, tokens[i] * dModel, rows, i * dModel, dModel);
        }
        return rows;
    }

    /** The first gates, where every token is a piece. */
    public float[] gates(int from, int to) {
        return Arrays.copyOfRange(weights, from, to);
    }
}
