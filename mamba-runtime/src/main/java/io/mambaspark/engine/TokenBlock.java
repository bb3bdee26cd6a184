package io.mambaspark.engine;

import java.util.List;

/**
 * Tokens of one or several documents, packed one behind the other without padding.
 *
 * @param tokens   the token ids; those from {@link #length()} on are not read
 * @param segments the documents' shares, in the order of their tokens, without gaps
 */
public record TokenBlock(int[] tokens, List<Segment> segments) {
    /**
     * One document's share of a block.
     *
     * @param start  the first token's place in the block
     * @param length how many tokens; 0 is allowed when the only purpose is to close a piece
     * @param state  the state before the first token; the engine advances it past the last
     * @param cuts   rising token counts in [0, length]: a cut at c closes the piece that ends before the segment's
     *               token c; tokens behind the last cut stay in the state's open piece
     * @param last   true if the document ends here: the state is not read again, and an engine may leave it undefined
     */
    public record Segment(int start, int length, ReadingState state, int[] cuts, boolean last) {
        /** A share behind which the document may go on. */
        public Segment(int start, int length, ReadingState state, int[] cuts) {
            this(start, length, state, cuts, false);
        }

        /** Refuses cuts that do not rise or lie outside the segment. */
        public Segment {
            int before = 0;
            for (int cut : cuts) {
                if (cut < before || cut > length) {
                    throw new IllegalArgumentException(
                            "a cut at " + cut + " behind " + before + " in a segment of " + length + " tokens");
                }
                before = cut;
            }
        }

        /** True if the document begins and ends here: nothing is remembered for a later block. */
        public boolean whole() {
            return last && state.tokens() == 0;
        }

        /** The place behind the last token. */
        public int end() {
            return start + length;
        }
    }

    /** Refuses segments with gaps, overlaps, or more tokens than there are. */
    public TokenBlock {
        segments = List.copyOf(segments);
        int place = 0;
        for (Segment segment : segments) {
            if (segment.start() != place) {
                throw new IllegalArgumentException("a segment starts at " + segment.start() + " instead of " + place);
            }
            place = segment.end();
        }
        if (place > tokens.length) {
            throw new IllegalArgumentException("the segments have " + place + " tokens, the block " + tokens.length);
        }
    }

    /** The number of tokens of all segments. */
    public int length() {
        return segments.isEmpty() ? 0 : segments.get(segments.size() - 1).end();
    }

    /** The number of cuts of all segments. */
    public int cuts() {
        int sum = 0;
        for (Segment segment : segments) {
            sum += segment.cuts().length;
        }
        return sum;
    }

    /** One document alone, with one cut at its end. */
    public static TokenBlock of(int[] tokens, ReadingState state) {
        return new TokenBlock(tokens, List.of(new Segment(0, tokens.length, state, new int[] {tokens.length})));
    }
}
