package io.mambaspark.reading;

import io.mambaspark.reading.TextPieces.Piece;
import io.mambaspark.text.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs sentences into passages, as reader.json recommends: whole sentences until {@value #TARGET_TOKENS} tokens, never
 * above {@value #MOST_TOKENS}; longer sentences are cut every {@value #TARGET_TOKENS} tokens; a last piece under
 * {@value #LEAST_TOKENS} tokens joins the one before. What lies between two sentences of a passage belongs to it.
 */
final class Passages {
    static final int TARGET_TOKENS = 128;
    static final int MOST_TOKENS = 192;
    static final int LEAST_TOKENS = 32;

    /** Takes the passages in order. */
    interface Taker {
        void passage(Span span, int tokens, PieceSum sum);
    }

    private final int dModel;
    private final Taker taker;
    /** The parts of the sentence at hand, as long as it may fit a passage. */
    private final List<Unit> held = new ArrayList<>();

    private boolean longSentence;
    private Unit gap;
    private Unit open;
    private Unit gapBeforeOpen;
    private Unit closed;

    /** A stretch of text with its sum. */
    private static final class Unit {
        private final int start;
        private int end;
        private int tokens;
        private final PieceSum sum;

        private Unit(int dModel, int start) {
            this.start = start;
            this.end = start;
            this.sum = new PieceSum(dModel);
        }

        private Unit add(Unit other) {
            end = other.end;
            tokens += other.tokens;
            sum.add(other.sum);
            return this;
        }
    }

    Passages(int dModel, Taker taker) {
        this.dModel = dModel;
        this.taker = taker;
    }

    private Unit unit(int start, int end, int tokens, PieceSum sum) {
        Unit unit = new Unit(dModel, start);
        unit.end = end;
        unit.tokens = tokens;
        unit.sum.add(sum);
        return unit;
    }

    /** The next part of a sentence, or of what lies between two. */
    void add(Piece piece, PieceSum sum) {
        if (piece.sentence() == null) {
            addGap(piece, sum);
        } else {
            addPart(piece, sum);
        }
    }

    private void addGap(Piece piece, PieceSum sum) {
        Unit next = unit(0, 0, piece.tokens(), sum);
        gap = gap == null ? next : gap.add(next);
    }

    private void addPart(Piece piece, PieceSum sum) {
        held.add(unit(piece.start(), piece.end(), piece.tokens(), sum));
        int tokens = held.stream().mapToInt(unit -> unit.tokens).sum();
        longSentence |= tokens > MOST_TOKENS;
        if (longSentence) {
            held.forEach(this::pack);
            held.clear();
        } else if (piece.last()) {
            Unit whole = unit(held.get(0).start, held.get(0).end, held.get(0).tokens, held.get(0).sum);
            held.stream().skip(1).forEach(whole::add);
            pack(whole);
            held.clear();
        }
        if (piece.last()) {
            longSentence = false;
        }
    }

    private void pack(Unit unit) {
        int between = gap == null ? 0 : gap.tokens;
        if (open != null && open.tokens + between + unit.tokens > MOST_TOKENS) {
            close();
        }
        if (open == null) {
            gapBeforeOpen = gap;
            open = new Unit(dModel, unit.start);
        } else {
            join(open, gap);
        }
        gap = null;
        open.add(unit);
        if (open.tokens >= TARGET_TOKENS) {
            close();
        }
    }

    private static void join(Unit target, Unit between) {
        if (between != null) {
            target.tokens += between.tokens;
            target.sum.add(between.sum);
        }
    }

    private void close() {
        hand();
        closed = open;
        open = null;
    }

    private void hand() {
        if (closed != null) {
            taker.passage(new Span(closed.start, closed.end), closed.tokens, closed.sum);
            closed = null;
        }
    }

    void end() {
        if (open != null && closed != null && open.tokens < LEAST_TOKENS) {
            join(closed, gapBeforeOpen);
            closed.add(open);
            open = null;
        }
        if (open != null) {
            close();
        }
        hand();
    }
}
