package io.mambaspark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.Books;
import io.mambaspark.engine.EngineOptions;
import io.mambaspark.error.MambaException;
import io.mambaspark.model.BrokenCheckpoints;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrieverTest {
    private static final EngineOptions ON_CPU = EngineOptions.defaults().withDevice("cpu");

    @TempDir
    private Path folder;

    @Test
    void hitsBelowTheLeastRelevanceAreLeftOut() {
        try (MambaModel model = MambaModel.load(Checkpoint.builtIn(), ON_CPU)) {
            List<Hit> all = hits(model, 0);
            float least = all.get(1).relevance();
            assertThat(hits(model, least)).isEqualTo(all.subList(0, 2));
            assertThat(hits(model, 1)).isEmpty();
            assertThatThrownBy(() -> hits(model, 1.1))
                    .isInstanceOf(MambaException.class)
                    .hasMessageStartingWith("[MAMBA_MIN_RELEVANCE_INVALID]");
        }
    }

    private static List<Hit> hits(MambaModel model, double minRelevance) {
        String chapter = Books.alice().substring(0, 12_000);
        return new Retriever(model, List.of(model.query("Who was Dinah?")), 5, minRelevance)
                .retrieve(List.of(Document.of("alice", chapter)).iterator())
                .next()
                .value()
                .hits()
                .get(0);
    }

    /** Lines of a song and of dialogues lack their end mark as headings do. */
    @Test
    void passagesOfAlicesTeaPartyAreInItsChapterAndTheOneBefore() {
        try (MambaModel model = MambaModel.load(Checkpoint.builtIn(), ON_CPU)) {
            String chapters = Books.alice().substring(58_000, 85_000);
            List<Hit> found = new Retriever(model, List.of(model.query("What happened at the tea party?")), 2)
                    .retrieve(List.of(Document.of("alice", chapters)).iterator())
                    .next()
                    .value()
                    .hits()
                    .get(0);
            assertThat(found)
                    .extracting(Hit::section)
                    .containsExactlyInAnyOrder("VI \u2013 Pig and Pepper", "VII \u2013 A Mad Tea-Party");
        }
    }

    @Test
    void aModelWithoutARuleForRelevanceRefusesALeastOne() throws IOException {
        BrokenCheckpoints.write("base", folder);
        try (MambaModel model = MambaModel.load(Checkpoint.open(folder), ON_CPU)) {
            assertThat(hits(model, 0)).extracting(Hit::relevance).containsOnlyNulls();
            assertThatThrownBy(() -> hits(model, 0.5))
                    .isInstanceOf(MambaException.class)
                    .hasMessageStartingWith("[MAMBA_RELEVANCE_NOT_IN_MODEL]");
        }
    }
}
