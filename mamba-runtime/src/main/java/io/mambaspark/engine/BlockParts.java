package io.mambaspark.engine;

import io.mambaspark.engine.TokenBlock.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A block that was made for another engine, read part by part where it is too long for this one. */
final class BlockParts {
    private final MambaEngine engine;
    private final TokenBlock block;
    private final Wanted wanted;
    private final BlockReading whole;
    private int pieces;

    private BlockParts(MambaEngine engine, TokenBlock block, Wanted wanted) {
        this.engine = engine;
        this.block = block;
        this.wanted = wanted;
        this.whole = new BlockReading(
                new float[block.cuts() * engine.config().dModel()],
                new float[block.cuts()],
                new float[wanted.hiddenRows().length * engine.config().dModel()],
                new float[wanted.logitRows().length * engine.config().vocabSize()],
                new float[wanted.scoredRows().length]);
    }

    static BlockReading read(MambaEngine engine, TokenBlock block, Wanted wanted) {
        int most = engine.blockTokens();
        if (block.length() <= most) {
            return engine.read(block, wanted);
        }
        BlockParts parts = new BlockParts(engine, block, wanted);
        for (int from = 0; from < block.length(); from += most) {
            parts.read(from, Math.min(from + most, block.length()));
        }
        return parts.whole;
    }

    private void read(int from, int to) {
        List<Segment> segments = new ArrayList<>();
        for (Segment segment : block.segments()) {
            int start = Math.max(from, segment.start());
            int end = Math.min(to, segment.end());
            // A segment without tokens belongs to the part that begins there; behind the last token, to the last part.
            boolean empty = segment.length() == 0 && start == end && (end < to || to == block.length());
            if (start < end || empty) {
                segments.add(share(segment, start, end, from));
            }
        }
        int[] hidden = within(wanted.hiddenRows(), from, to);
        int[] logits = within(wanted.logitRows(), from, to);
        int[] scored = within(wanted.scoredRows(), from, to);
        BlockReading part = engine.read(
                new TokenBlock(Arrays.copyOfRange(block.tokens(), from, to), segments),
                new Wanted(
                        rows(wanted.hiddenRows(), hidden, from),
                        rows(wanted.logitRows(), logits, from),
                        rows(wanted.scoredRows(), scored, from),
                        rows(wanted.targets(), scored, 0)));
        System.arraycopy(part.sums(), 0, whole.sums(), pieces * engine.config().dModel(), part.sums().length);
        System.arraycopy(part.weights(), 0, whole.weights(), pieces, part.weights().length);
        pieces += part.weights().length;
        place(part.hidden(), hidden, whole.hidden(), engine.config().dModel());
        place(part.logits(), logits, whole.logits(), engine.config().vocabSize());
        place(part.logProbabilities(), scored, whole.logProbabilities(), 1);
    }

    /** The tokens from {@code start} to {@code end}; a cut between two shares belongs to the first. */
    private static Segment share(Segment segment, int start, int end, int from) {
        int skipped = start - segment.start();
        int[] cuts = Arrays.stream(segment.cuts())
                .filter(cut -> (cut > skipped || skipped == 0) && cut <= end - segment.start())
                .map(cut -> cut - skipped)
                .toArray();
        boolean last = segment.last() && end == segment.end();
        return new Segment(start - from, end - start, segment.state(), cuts, last);
    }

    /** The places of {@code rows} that hold a row of the part. */
    private static int[] within(int[] rows, int from, int to) {
        return IntStream.range(0, rows.length)
                .filter(i -> from <= rows[i] && rows[i] < to)
                .toArray();
    }

    private static int[] rows(int[] all, int[] places, int from) {
        return Arrays.stream(places).map(i -> all[i] - from).toArray();
    }

    private static void place(float[] part, int[] places, float[] whole, int width) {
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(part, i * width, whole, places[i] * width, width);
        }
    }
}
