package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file may have any name that its file system has. */
class InputNamesTest {
    private static final Configuration HADOOP = new Configuration();
    private static final String[] NAMES = {
        "12:00 notes.txt",
        "x:",
        "http:x.txt",
        "report[1].txt",
        "{a,b}.txt",
        "star*.txt",
        "why?.txt",
        "100%.txt",
        "50%25.txt",
        "a#b.txt",
        " lead and trail ",
        "back\\slash.txt",
        "line\nbreak.txt",
        "tab\t.txt",
        "émigré 兎🐇.txt",
        "~",
        "di:r [1]/in:side%20.txt"
    };

    @TempDir
    private Path folder;

    private Path filled() throws IOException {
        Path names = folder.resolve("names");
        for (String name : NAMES) {
            Path file = names.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "In " + name);
        }
        return names;
    }

    @Test
    void aFolderGivesEveryFileAndEachIsRead() throws Exception {
        Path names = filled();
        List<FileSource> files = list(names.toString());
        assertThat(files).extracting(FileSource::id).containsExactlyInAnyOrder(NAMES);
        for (FileSource file : files) {
            assertThat(read(file)).isEqualTo("In " + file.id());
        }
        assertThat(list(names + "/*")).hasSize(NAMES.length);
        assertThat(list(names + "/*.txt")).extracting(FileSource::id).contains("12:00 notes.txt", "star*.txt");
    }

    @Test
    void aFileIsFoundByItsName() throws Exception {
        Path names = filled();
        for (String name : NAMES) {
            for (String prefix : new String[] {"", "file:", "file://"}) {
                assertThat(list(prefix + names.resolve(name)))
                        .singleElement()
                        .satisfies(file -> assertThat(read(file)).isEqualTo("In " + name));
            }
        }
    }

    /** The file wins: a glob would find another. */
    @Test
    void aNameThatExistsIsNoGlob() throws Exception {
        Files.writeString(folder.resolve("report1.txt"), "matched");
        String bracket = folder.resolve("report[1].txt").toString();
        assertThat(list(bracket)).extracting(FileSource::id).containsExactly("report1.txt");
        Files.writeString(folder.resolve("report[1].txt"), "named");
        assertThat(list(bracket)).extracting(FileSource::id).containsExactly("report[1].txt");
    }

    @Test
    void aRelativeNameWithAColonIsNoScheme() throws Exception {
        Path names = filled();
        FileSystem local = FileSystem.get(HADOOP);
        org.apache.hadoop.fs.Path before = local.getWorkingDirectory();
        local.setWorkingDirectory(new org.apache.hadoop.fs.Path(names.toString()));
        try {
            assertThat(list("12:00 notes.txt"))
                    .singleElement()
                    .satisfies(file -> assertThat(read(file)).isEqualTo("In 12:00 notes.txt"));
            assertThat(list("1?:*.txt")).extracting(FileSource::id).containsExactly("12:00 notes.txt");
        } finally {
            local.setWorkingDirectory(before);
        }
    }

    /** A broken link, as a name that Java cannot decode, is listed by the system and cannot be opened. */
    @Test
    void whatCannotBeOpenedIsADocumentWithAnError() throws Exception {
        Files.writeString(folder.resolve("good.txt"), "good");
        Files.createSymbolicLink(folder.resolve("broken.txt"), Path.of("nowhere.txt"));
        assertThat(list(folder.toString())).extracting(FileSource::id).containsExactly("broken.txt", "good.txt");
        assertThatThrownBy(() -> read(list(folder.toString()).get(0)))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("[MAMBA_DOCUMENT_UNREADABLE]")
                .hasMessageContaining("broken.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no:such.txt", "/no/such[1].txt", "/no/such*"})
    void whatNamesNothingIsRefused(String input) {
        assertThatThrownBy(() -> list(input)).isInstanceOf(UsageException.class).hasMessageStartingWith("--input ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report[1.txt", "a{b"})
    void whatIsNeitherAFileNorAGlobIsRefused(String name) {
        assertThatThrownBy(() -> list(folder.resolve(name).toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is no glob");
    }

    @Provide
    Arbitrary<String> globs() {
        Arbitrary<String> parts =
                Arbitraries.of("a", "b", "1", "*", "?", "[ab]", "[^a]", "{a,b}", "{a/1,b}", "\\*", "/", ".txt");
        return parts.list().ofMinSize(1).ofMaxSize(6).map(list -> String.join("", list));
    }

    /** Hadoop's own glob is the reference where names do not end it. */
    @Property(tries = 300)
    void matchesWhatHadoopMatches(@ForAll("globs") String glob) throws IOException {
        Path tree = Trees.tree();
        org.apache.hadoop.fs.Path pattern = new org.apache.hadoop.fs.Path(tree + "/" + glob);
        FileSystem local = FileSystem.get(HADOOP);
        FileStatus[] expected = local.globStatus(pattern);
        assertThat(InputGlob.matches(local, pattern))
                .extracting(FileStatus::getPath)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(expected == null ? new FileStatus[0] : expected)
                        .map(FileStatus::getPath)
                        .toList());
    }

    /** A tree of plain names, for all tries. */
    private static final class Trees {
        private static Path tree;

        static synchronized Path tree() throws IOException {
            if (tree == null) {
                tree = Files.createTempDirectory("globs");
                for (String name : List.of("a/a", "a/b.txt", "a/1", "b/a/1", "b/ab", "ab", "1", "b.txt", "a1/*/b")) {
                    Path file = tree.resolve(name);
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, name);
                    file.toFile().deleteOnExit();
                }
            }
            return tree;
        }
    }

    private static List<FileSource> list(String input) {
        return InputFiles.of(List.of(input), FileSource.UTF_8, HADOOP).list();
    }

    private static String read(FileSource file) throws DocumentException {
        return file.open(HADOOP, DocumentSource.MAX_BYTES).text();
    }
}
