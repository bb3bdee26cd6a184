package io.mambaspark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Real books for tests: Standard Ebooks editions, CC0. */
public final class Books {
    private Books() {}

    /** Alice's Adventures in Wonderland, Lewis Carroll: 26,612 words. */
    public static String alice() {
        return read("alices-adventures-in-wonderland.txt.gz");
    }

    /** The Time Machine, H. G. Wells: 32,276 words. */
    public static String timeMachine() {
        return read("the-time-machine.txt.gz");
    }

    private static String read(String name) {
        try (InputStream resource = Objects.requireNonNull(Books.class.getResourceAsStream("books/" + name), name);
                InputStream text = new GZIPInputStream(resource)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
