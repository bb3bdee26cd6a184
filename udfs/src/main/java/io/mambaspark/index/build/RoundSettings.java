package io.mambaspark.index.build;

import io.mambaspark.index.Passages;
import io.mambaspark.index.store.IndexModel;
import io.mambaspark.index.store.Manifest;

/**
 * What must be the same for one build to go on with what another one has read.
 *
 * @param format      of the rounds
 * @param model       that read
 * @param passages    what of a document became a passage
 * @param keptColumns as DDL; empty if there are none
 */
record RoundSettings(int format, IndexModel model, Passages passages, String keptColumns) {
    static final int FORMAT = 2;

    /** Those of the index that a build makes. */
    static RoundSettings of(Manifest manifest) {
        return new RoundSettings(FORMAT, manifest.model(), manifest.passages(), manifest.keptColumns());
    }
}
