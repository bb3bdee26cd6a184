package io.mambaspark.index.build;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mambaspark.index.Passages;
import io.mambaspark.index.store.IndexModel;
import io.mambaspark.index.store.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What must be the same for one build to go on with what another one has read.
 *
 * @param format      of the rounds
 * @param model       that read
 * @param passages    what of a document became a passage
 * @param keptColumns as DDL; empty if there are none
 */
record RoundSettings(int format, IndexModel model, Passages passages, String keptColumns) {
    static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Those of the index that a build makes. */
    static RoundSettings of(Manifest manifest) {
        return new RoundSettings(FORMAT, manifest.model(), manifest.passages(), manifest.keptColumns());
    }

    void write(OutputStream out) throws IOException {
        out.write(JSON.writeValueAsBytes(this));
    }

    /** @throws IOException also for what was cut */
    static RoundSettings read(InputStream in) throws IOException {
        return JSON.readValue(in.readAllBytes(), RoundSettings.class);
    }
}
