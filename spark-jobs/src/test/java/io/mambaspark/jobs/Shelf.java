package io.mambaspark.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Small documents of every kind that a folder may hold, cut out of real books. */
final class Shelf {
    private static final Path BOOKS = Path.of("../examples/books");

    private Shelf() {}

    /** The first {@code characters} of a book's text. */
    static String excerpt(String book, int characters) throws IOException {
        return Files.readString(BOOKS.resolve(book + ".txt")).substring(0, characters);
    }

    static String alice() throws IOException {
        return excerpt("alices-adventures-in-wonderland", 6_000);
    }

    static String machine() throws IOException {
        return excerpt("the-time-machine", 4_000);
    }

    /**
     * Fills {@code folder} with eight documents: {@code alice.txt}; the same as {@code nested/alice.txt.gz} and, with a
     * byte order mark, as {@code bom.txt}; {@code broken.txt.gz}, a cut archive; {@code emoji.txt}, with characters beyond
     * 16 bits; {@code empty.txt}; {@code latin1.txt}, which is not UTF-8; {@code machine.txt}.
     */
    static Path fill(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("nested"));
        byte[] alice = alice().getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("alice.txt"), alice);
        gzip(folder.resolve("nested/alice.txt.gz"), alice);
        try (OutputStream out = Files.newOutputStream(folder.resolve("bom.txt"))) {
            out.write(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
            out.write(alice);
        }
        gzip(folder.resolve("broken.txt.gz"), alice);
        byte[] whole = Files.readAllBytes(folder.resolve("broken.txt.gz"));
        Files.write(folder.resolve("broken.txt.gz"), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(folder.resolve("emoji.txt"), "🐇🕳️ " + machine().replace("Time", "⏳ Time"));
        Files.writeString(folder.resolve("empty.txt"), "");
        Files.write(
                folder.resolve("latin1.txt"), ("A café was there. " + machine()).getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(folder.resolve("machine.txt"), machine());
        Files.writeString(folder.resolve("_hidden.txt"), "not a document");
        return folder;
    }

    private static void gzip(Path file, byte[] content) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content);
        }
    }
}
