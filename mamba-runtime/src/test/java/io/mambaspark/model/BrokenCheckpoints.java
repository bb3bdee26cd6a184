package io.mambaspark.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Small checkpoints that strangers sent, each with one fault. */
public final class BrokenCheckpoints {
    private static final String CASES = "/io/mambaspark/cases/";
    private static final String[] FILES = {
        "config.json", "model.safetensors", "heads.safetensors", "reader.json", "tokenizer.json"
    };

    private BrokenCheckpoints() {}

    /** Writes the checkpoint {@code name} into {@code folder}: what it does not have itself is as in {@code base}. */
    public static Path write(String name, Path folder) throws IOException {
        for (String file : FILES) {
            InputStream own = BrokenCheckpoints.class.getResourceAsStream(CASES + name + "/" + file);
            InputStream content =
                    own != null ? own : BrokenCheckpoints.class.getResourceAsStream(CASES + "base/" + file);
            try (InputStream in = Objects.requireNonNull(content, file)) {
                Files.write(folder.resolve(file), in.readAllBytes());
            }
        }
        return folder;
    }
}
