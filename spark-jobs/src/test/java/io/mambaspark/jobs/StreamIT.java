package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import program.Summaries;

/** A stream of new files that crashes and starts again from its checkpoint, with one more file there. */
@Tag("thorough")
class StreamIT {
    private static final int DOCUMENTS = 6;

    @TempDir
    private Path folder;

    @Test
    void eachDocumentIsSummarizedOnce() throws IOException {
        for (int i = 0; i < DOCUMENTS - 1; i++) {
            write(i);
        }
        run(2).exitsWith(1);
        assertThat(folder.resolve("checkpoint/commits/1")).exists();
        write(DOCUMENTS - 1);
        run(0).exitsWith(0);

        List<Row> rows = LocalSpark.session()
                .read()
                .parquet(folder.resolve("summaries").toString())
                .orderBy("file")
                .collectAsList();
        assertThat(rows)
                .extracting(row -> row.getString(0))
                .containsExactly("0.txt", "1.txt", "2.txt", "3.txt", "4.txt", "5.txt");
        assertThat(rows)
                .allSatisfy(
                        row -> assertThat(row.getString(1).split("\\s+").length).isBetween(1, 20))
                .extracting(row -> row.getString(1))
                .doesNotHaveDuplicates();
    }

    /** Documents that differ, so that their summaries do. */
    private void write(int number) throws IOException {
        Path file = Files.createDirectories(folder.resolve("documents")).resolve(number + ".txt");
        String book = Shelf.excerpt("the-time-machine", 2_000 * (number + 1));
        Files.writeString(file, book.substring(2_000 * number));
    }

    private Programs.Result run(int crashAfter) throws IOException {
        return SparkSubmit.onMavenJars(folder)
                .master("local[2]")
                .withBundle()
                .run(
                        TestProgram.of(Summaries.class, folder),
                        folder.resolve("documents").toString(),
                        folder.resolve("summaries").toString(),
                        folder.resolve("checkpoint").toString(),
                        Integer.toString(crashAfter));
    }
}
