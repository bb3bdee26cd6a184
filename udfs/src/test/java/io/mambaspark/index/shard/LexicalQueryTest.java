package io.mambaspark.index.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.index.store.IndexTerms;
import io.mambaspark.lexical.QueryTerms;
import io.mambaspark.lexical.SentenceBm25;
import io.mambaspark.model.Checkpoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spellings that look alike have the same terms in an index, and the same as inside a document. */
class LexicalQueryTest {
    private static final IndexTerms TERMS = IndexTerms.of(Checkpoint.builtIn().profile());

    @ParameterizedTest
    @CsvSource({
        "Natásha, Natasha",
        "Nata\u0301sha, Natasha",
        "naïve café, naive cafe",
        "infor\u00ADmation, information",
        "infor\u200Bmation, information",
        "\uFEFFinformation, information",
        "e\uFB03cient, efficient",
        "\uFF2C\uFF4F\uFF4E\uFF44\uFF4F\uFF4E, London",
        "Ångström, angstrom",
        "Æsop, aesop",
    })
    void lookAlikesAndAccentsMakeNoDifference(String spelled, String plain) {
        LexicalQuery query = LexicalQuery.of(spelled, TERMS);
        assertThat(query.terms())
                .isEqualTo(LexicalQuery.of(plain, TERMS).terms())
                .isNotEmpty();
        SentenceBm25 bm25 = new SentenceBm25(QueryTerms.of(List.of(spelled), TERMS.rules()));
        bm25.count(plain);
        bm25.count("nothing");
        float[] score = new float[1];
        bm25.score(plain, score);
        assertThat(score[0]).isPositive();
    }

    @Test
    void aHyphenatedWordHasBothForms() {
        assertThat(LexicalQuery.of("the foot-\nmen came", TERMS).terms())
                .containsExactlyInAnyOrder("foot", "men", "footmen", "came");
        assertThat(LexicalQuery.of("the foot-\nmen came", IndexTerms.PLAIN).terms())
                .containsExactlyInAnyOrder("foot", "men", "came");
    }

    @Test
    void indexesOfBeforeKeepTheirTerms() {
        assertThat(LexicalQuery.of("Natásha", IndexTerms.PLAIN).terms()).containsExactly("natásha");
    }
}
