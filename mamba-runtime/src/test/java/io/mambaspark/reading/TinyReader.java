package io.mambaspark.reading;

import io.mambaspark.engine.EngineOptions;
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
 * The tiny reference checkpoint of Hugging Face with a tokenizer of bytes: byte b is token b modulo 96, so that every
 * text can be read and {@link #text} says any tokens.
 */
public final class TinyReader {
    /** Where the checkpoint and what Hugging Face makes of it lie on the class path. */
    public static final String RESOURCES = "/io/mambaspark/reference/mamba1-tiny/";

    private static final int VOCABULARY = 96;

    private TinyReader() {}

    /** Writes the checkpoint into {@code folder} and loads it on the CPU. */
    public static MambaModel load(Path folder, OptionalInt docMarker, int blockTokens) throws IOException {
        for (String file : new String[] {"config.json", "model.safetensors"}) {
            try (InputStream in = Objects.requireNonNull(TinyReader.class.getResourceAsStream(RESOURCES + file))) {
                Files.write(folder.resolve(file), in.readAllBytes());
            }
        }
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
        String marker = docMarker.isPresent() ? "\"doc\": " + docMarker.getAsInt() : "";
        Files.writeString(folder.resolve("reader.json"), "{\"markers\": {" + marker + "}}");
        return MambaModel.load(
                Checkpoint.open(folder),
                EngineOptions.defaults().withDevice("cpu").withBlockTokens(blockTokens),
                folder);
    }

    private static String tokenizer() {
        String vocabulary = IntStream.range(0, 256)
                .mapToObj(b -> "\"\\u%04x\": %d".formatted((int) character(b), b % VOCABULARY))
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
