package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import program.Queries;

/** An index through the jar that ships, where Lucene has other package names and finds its codecs by them. */
@Tag("thorough")
class IndexIT {
    private static final String QUERY = "What did the Rabbit take out of its pocket?";
    private static final String SEARCH =
            "SELECT rank, score, doc_id, passage, text, lexical_rank, dense_rank FROM mamba_search(index => 'library',"
                    + " query => '" + QUERY + "') ORDER BY rank";

    private static final String MANY =
            "SELECT rank, query_id, doc_id, passage FROM mamba_search(index => 'library', queries =>"
                    + " TABLE(SELECT id, concat('the time machine ', id) AS text FROM range(40)), num_results => 3)"
                    + " ORDER BY query_id, rank";

    @TempDir
    private static Path folder;

    private static TestProgram program;
    private static Programs.Result built;

    @BeforeAll
    static void build() throws IOException {
        program = TestProgram.of(Queries.class, folder);
        Shelf.fill(folder.resolve("documents"));
        built = SparkSubmit.onMavenJars(folder)
                .master("local[2]")
                .run("index", "--input", "documents", "--index", "library", "--shards", "2")
                .exitsWith(0);
    }

    @Test
    void readsTextFilesAndTellsTheBadOnes() {
        assertThat(built.err())
                .contains("7 documents to read")
                .contains("Round 1 of 1 is read and put down.")
                .contains("passages go into 2 shards.")
                .doesNotContain("\tat ");
        assertThat(built.out())
                .contains("1 failed")
                .contains("broken.txt.gz: [MAMBA_DOCUMENT_UNREADABLE]")
                .contains("1 file was not valid in its encoding", "latin1.txt");
    }

    @Test
    void listsAnswersForPeople() {
        Programs.Result run = SparkSubmit.onMavenJars(folder)
                .master("local[2]")
                .run("search", "--index", "library", "--query", QUERY, "--num-results", "2", "--group-by-document")
                .exitsWith(0);
        assertThat(run.out()).startsWith(QUERY).contains("  1. ", "  2. ", "**");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(run.err()).doesNotContain("\tat ");
    }

    /** A notebook's session has started long before the jar comes; its two executors get it with the tasks. */
    @Test
    void givesTheSameOnExecutorsInASessionThatRegisters() {
        List<String> local = rows(
                SparkSubmit.onMavenJars(folder).master("local[2]").withBundle().run(program, SEARCH, MANY));
        assertThat(local).hasSizeGreaterThan(100).anyMatch(row -> row.contains("alice"));
        Programs.Result late = SparkSubmit.onMavenJars(folder)
                .master("local-cluster[2,1,1024]")
                .conf("spark.executor.memory", "1g")
                .run(program, "late=" + System.getProperty("mamba.bundle"), SEARCH, MANY);
        assertThat(rows(late)).isEqualTo(local);
        assertThat(late.out()).contains("mamba_search");
    }

    private static List<String> rows(Programs.Result run) {
        Stream<String> lines = run.exitsWith(0).out().lines();
        return lines.filter(line -> line.startsWith("{\"rank\"")).toList();
    }
}
