package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ListingTest {
    @Test
    void groupsAndWraps() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Listing listing = new Listing(new PrintStream(bytes, true, StandardCharsets.UTF_8), 40);
        listing.heading("alice.txt", "Who stole the tarts?");
        listing.paragraph("The Queen of Hearts, she made some\ntarts,   all on a summer day.");
        listing.heading("alice.txt", "Who stole the tarts?");
        listing.paragraph("The Knave.");
        listing.heading("alice.txt", "Who fell?");
        listing.paragraph("Alice.");
        listing.heading("empty.txt", "3 tokens");
        listing.paragraph("");
        listing.end();
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines().toList())
                .containsExactly(
                        "alice.txt",
                        "  Who stole the tarts?",
                        "  The Queen of Hearts, she made some",
                        "  tarts, all on a summer day.",
                        "  The Knave.",
                        "",
                        "  Who fell?",
                        "  Alice.",
                        "",
                        "empty.txt",
                        "  3 tokens",
                        "  ");
    }

    @Test
    void noDocumentWritesToTheTerminalButItsText() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Listing listing = new Listing(new PrintStream(bytes, true, StandardCharsets.UTF_8), 80);
        listing.heading("a.txt\nb.txt" + "x".repeat(300), "\u001B[31mfailed");
        listing.paragraph("One\u0007 two\u001B]0;title\u0007\nthree \u202Eruof");
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines().toList())
                .containsExactly(
                        "a.txt\\nb.txt" + "x".repeat(187) + "…",
                        "  \\u001B[31mfailed",
                        "  One\\u0007 two\\u001B]0;title\\u0007 three \\u202Eruof");
    }
}
