package io.mambaspark.reading;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.ChangedWeights;
import io.mambaspark.model.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The tiny reference checkpoint of Hugging Face with a tokenizer of bytes: byte b is token b, and has the embedding of token
 * b modulo 96 of the reference, so that every text can be read and {@link #text} says any tokens.
 */
public final class TinyReader {
    /** Where the checkpoint and what Hugging Face makes of it lie on the class path. */
    public static final String RESOURCES = "/io/mambaspark/reference/mamba1-tiny/";

    private static final int VOCABULARY = 96;
    private static final int BYTES = 256;

    private TinyReader() {}

    /** Writes the checkpoint into {@code folder} and loads it on the CPU. */
    public static MambaModel load(Path folder, OptionalInt docMarker, int blockTokens) throws IOException {
        write(folder, docMarker);
        return MambaModel.load(
                Checkpoint.open(folder),
                EngineOptions.defaults().withDevice("cpu").withBlockTokens(blockTokens),
                folder);
    }

    /** Writes the checkpoint into {@code folder}. */
    public static void write(Path folder, OptionalInt docMarker) throws IOException {
        Files.deleteIfExists(folder.resolve("tokenizer.json")); // of more tokens than the reference has
        for (String file : new String[] {"config.json", "model.safetensors"}) {
            try (InputStream in = Objects.requireNonNull(TinyReader.class.getResourceAsStream(RESOURCES + file))) {
                Files.write(folder.resolve(file), in.readAllBytes());
            }
        }
        ChangedWeights.in(
                folder, (name, values) -> name.equals("backbone.embeddings.weight") ? ofBytes(values) : values);
        Path config = folder.resolve("config.json");
        Files.writeString(
                config, Files.readString(config).replace("\"vocab_size\": " + VOCABULARY, "\"vocab_size\": " + BYTES));
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
        String marker = docMarker.isPresent() ? "\"doc\": " + docMarker.getAsInt() : "";
        Files.writeString(folder.resolve("reader.json"), "{\"markers\": {" + marker + "}}");
    }

    private static float[] ofBytes(float[] embeddings) {
        int dModel = embeddings.length / VOCABULARY;
        float[] ofBytes = new float[BYTES * dModel];
        for (int i = 0; i < ofBytes.length; i++) {
            ofBytes[i] = embeddings[i % embeddings.length];
        }
        return ofBytes;
    }

    private static String tokenizer() {
        String vocabulary = IntStream.range(0, BYTES)
                .mapToObj(b -> "\"\\u%04x\": %d".formatted((int) character(b), b))
                .collect(Collectors.joining(", "));
        return """
                {"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false},
                 "model": {"type": "BPE", "vocab": {%s}, "merges": []}}
                """.formatted(vocabulary);
    }

    /** GPT-2's printable character for a byte. */
    private static char character(int value) {
        int unprintable = 0;
        for (int b = 0; b <= value; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            if (b == value && printable) {
                return (char) b;
            }
            unprintable += printable ? 0 : 1;
        }
        return (char) (0xFF + unprintable);
    }

    /** The text of these tokens. */
    public static String text(int... tokens) {
        StringBuilder text = new StringBuilder();
        for (int token : tokens) {
            text.append((char) (token < ' ' ? token + VOCABULARY : token));
        }
        return text.toString();
    }
}
