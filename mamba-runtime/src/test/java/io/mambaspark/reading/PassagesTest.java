package io.mambaspark.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.reading.TextPieces.Piece;
import io.mambaspark.text.Sentence;
import io.mambaspark.text.Span;
import io.mambaspark.text.TextForm;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The rule {@code recommended_passage}; a token is one character here, and the sum of a piece counts its tokens. */
class PassagesTest {
    private static final int PART = 128;

    /** What came out. */
    private record Passage(Span span, int tokens, float weight) {}

    /** Sentences of these many tokens, {@code gap} tokens between two. */
    private static List<Passage> pack(int gap, int... sentences) {
        List<Passage> found = new ArrayList<>();
        Passages passages = new Passages(1, (span, tokens, sum) -> found.add(new Passage(span, tokens, sum.weight)));
        int at = 0;
        for (int tokens : sentences) {
            Sentence sentence = new Sentence(new Span(at, at + tokens), 3, true, TextForm.PROSE);
            for (int done = 0; done < tokens; done += PART) {
                int part = Math.min(PART, tokens - done);
                boolean last = done + part == tokens;
                passages.add(new Piece(sentence, at + done, at + done + part, part, last, false), sum(part));
            }
            at += tokens;
            if (gap > 0) {
                passages.add(new Piece(null, 0, 0, gap, false, false), sum(gap));
                at += gap;
            }
        }
        passages.end();
        return found;
    }

    private static PieceSum sum(int tokens) {
        return new PieceSum(new float[] {tokens}, 0, 1, tokens);
    }

    private static Passage passage(int start, int end) {
        return new Passage(new Span(start, end), end - start, end - start);
    }

    @Test
    void wholeSentencesUntilTheTarget() {
        assertThat(pack(0, 50, 50, 50, 40)).containsExactly(passage(0, 150), passage(150, 190));
    }

    @Test
    void neverAboveTheMost() {
        assertThat(pack(0, 100, 93, 60)).containsExactly(passage(0, 100), passage(100, 253));
        assertThat(pack(0, 100, 92, 60)).containsExactly(passage(0, 192), passage(192, 252));
    }

    @Test
    void aSentenceAboveTheMostIsCut() {
        assertThat(pack(0, 192, 60)).containsExactly(passage(0, 192), passage(192, 252));
        assertThat(pack(0, 193, 60)).containsExactly(passage(0, 128), passage(128, 253));
        assertThat(pack(0, 40, 400, 60))
                .containsExactly(passage(0, 168), passage(168, 296), passage(296, 424), passage(424, 500));
    }

    @Test
    void aShortLastPieceJoinsTheOneBefore() {
        assertThat(pack(0, 130, 31)).containsExactly(passage(0, 161));
        assertThat(pack(0, 130, 32)).containsExactly(passage(0, 130), passage(130, 162));
        assertThat(pack(0, 31)).containsExactly(passage(0, 31));
    }

    @Test
    void whatLiesBetweenTwoSentencesOfAPassageBelongsToIt() {
        assertThat(pack(2, 60, 60, 60, 60)).containsExactly(passage(0, 184), passage(186, 246));
        // A gap before a joined last piece too.
        assertThat(pack(2, 130, 31)).containsExactly(passage(0, 163));
    }

    @Property
    void passagesAreInOrderWithinLimitsAndLoseNoSentence(
            @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 600) Integer> sentences) {
        int[] tokens = sentences.stream().mapToInt(i -> i).toArray();
        List<Passage> passages = pack(0, tokens);
        int end = 0;
        for (int i = 0; i < passages.size(); i++) {
            Passage passage = passages.get(i);
            assertThat(passage.span().start()).isEqualTo(end);
            end = passage.span().end();
            assertThat(passage.tokens()).isEqualTo(passage.span().length());
            assertThat(passage.weight()).isEqualTo(passage.tokens());
            boolean last = i == passages.size() - 1;
            assertThat(passage.tokens())
                    .isLessThanOrEqualTo(Passages.MOST_TOKENS + (last ? Passages.LEAST_TOKENS - 1 : 0));
        }
        assertThat(end).isEqualTo(sentences.stream().mapToInt(i -> i).sum());
    }
}
