package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees at the terminal, through the jar that ships. */
class CommandLineIT {
    @TempDir
    private Path folder;

    @Test
    void listsPassagesForPeople() throws IOException {
        Path book = folder.resolve("my book.txt");
        Files.writeString(book, Shelf.alice());
        Programs.Result run = SparkSubmit.onMavenJars(folder)
                .master("local[2]")
                .run(
                        "retrieve",
                        "--input",
                        book.toString(),
                        "--query",
                        "What did the Rabbit take out of its pocket?",
                        "--query",
                        "Alice fell down a well",
                        "--top-k",
                        "2")
                .exitsWith(0);
        assertThat(run.out())
                .startsWith("What did the Rabbit take out of its pocket?")
                .containsSubsequence(
                        "  1. my book.txt [", "  2. my book.txt [", "Alice fell down a well", "  1. my book.txt [");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(run.err()).contains("Read 1 document,");
    }

    @Tag("thorough")
    @Test
    void answersAWrongOptionWithOneSentence() {
        Programs.Result run = SparkSubmit.onMavenJars(folder)
                .master("local[1]")
                .run("summarize", "--input", folder.resolve("nothing-here").toString())
                .exitsWith(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("names no file or folder.").doesNotContain("\tat ", "Exception");
    }
}
