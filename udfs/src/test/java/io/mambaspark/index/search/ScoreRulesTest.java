package io.mambaspark.index.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mambaspark.index.Mode;
import io.mambaspark.index.SearchOptions;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.ReaderProfile;
import org.junit.jupiter.api.Test;

/** What a score is made of, by the version of the reader. */
class ScoreRulesTest {
    private static final ReaderProfile BUILT_IN = Checkpoint.builtIn().profile();
    private static final SearchOptions HYBRID = SearchOptions.defaults();

    @Test
    void aReaderOfVersionTwoDividesByTheSumOfIdf() {
        ScoreRules rules = ScoreRules.of(HYBRID, BUILT_IN);
        assertThat(rules.score(6, 0.5f, 12, 8)).isCloseTo(0.5f + 1.6f * 0.5f, within(1e-6f));
        assertThat(rules.score(0, 0.5f, 0, 0)).as("a query of stop words").isCloseTo(0.8f, within(1e-6f));
    }

    /** Measured: 1 / (1 + exp(-(24.29 s - 0.5 ln N - 26.28))). */
    @Test
    void relevanceRisesWithTheScoreAndFallsWithTheNumberOfPassages() {
        float score = 1.25f;
        float ofSmall = ScoreRules.of(HYBRID, BUILT_IN).relevance(score, 100);
        assertThat(ofSmall)
                .isCloseTo((float) (1 / (1 + Math.exp(-(24.29 * 1.25 - 0.5 * Math.log(100) - 26.28)))), within(1e-5f));
        assertThat(ScoreRules.of(HYBRID, BUILT_IN).relevance(score, 100_000)).isLessThan(ofSmall);
        assertThat(ScoreRules.of(HYBRID, BUILT_IN).relevance(1.5f, 100)).isGreaterThan(ofSmall);
    }

    @Test
    void otherReadersKeepTheirRuleAndKnowNoRelevance() {
        ScoreRules rules = ScoreRules.of(HYBRID, ReaderProfile.plain());
        assertThat(rules.score(6, 0.5f, 12, 8)).isEqualTo(6 / 8f + 0.5f);
        assertThat(rules.relevance(1, 1000)).isNull();
        assertThatThrownBy(() -> ScoreRules.of(HYBRID.withMinRelevance(0.5), ReaderProfile.plain()))
                .hasMessageStartingWith("[MAMBA_RELEVANCE_UNKNOWN] min_relevance is 0.5");
    }

    @Test
    void oneHalfAloneKnowsNoRelevance() {
        for (Mode mode : new Mode[] {Mode.LEXICAL, Mode.DENSE}) {
            assertThat(ScoreRules.of(HYBRID.withMode(mode), BUILT_IN).relevance(1, 1000))
                    .isNull();
            assertThatThrownBy(() -> ScoreRules.of(HYBRID.withMode(mode).withMinRelevance(0.5), BUILT_IN))
                    .hasMessageStartingWith("[MAMBA_RELEVANCE_UNKNOWN]")
                    .hasMessageContaining(mode + " mode");
        }
    }
}
