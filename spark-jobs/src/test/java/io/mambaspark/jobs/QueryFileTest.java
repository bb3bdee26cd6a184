package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryFileTest {
    @TempDir
    private Path folder;

    @Test
    void takesJsonLines() throws IOException {
        assertThat(read("""
                {"id": "a", "text": "Who stole the tarts?"}

                {"text": "What is \\"time\\"?\\t🐇", "id": 7, "more": [1]}
                """))
                .containsExactly(
                        new SearchQuery("a", "Who stole the tarts?"), new SearchQuery("7", "What is \"time\"?\t🐇"));
    }

    @Test
    void takesTabsWithAndWithoutAHeader() throws IOException {
        List<SearchQuery> expected =
                List.of(new SearchQuery("1", "Who \"stole\" the tarts?"), new SearchQuery("2", "a\tb"));
        assertThat(read("1\tWho \"stole\" the tarts?\n2\ta\tb")).isEqualTo(expected);
        assertThat(read("id\ttext\n1\tWho \"stole\" the tarts?\r\n2\ta\tb\n")).isEqualTo(expected);
    }

    @Test
    void honoursAByteOrderMark() throws IOException {
        assertThat(read("\uFEFFid\ttext\n1\tWho?\n")).containsExactly(new SearchQuery("1", "Who?"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            one line without a tab           | Line 2 of --queries {} is neither JSON nor an id, a tab and a text.
            {"id": 1}                        | Line 2 of --queries {} has no id or no text.
            {"id": null, "text": "a"}        | Line 2 of --queries {} has no id or no text.
            {"id": 1, "text": 5}             | Line 2 of --queries {} has no id or no text.
            {"id": 1, "text": "  "}          | Line 2 of --queries {} asks nothing.
            {"id": 1, "text                  | Line 2 of --queries {} is not JSON.
            {"id": "0", "text": "again"}     | Line 2 of --queries {} has the id 0 of a line before.
            """)
    void tellsTheLineThatIsWrong(String line, String sentence) {
        assertThatThrownBy(() -> read("0\tfirst\n" + line + "\n"))
                .isInstanceOf(UsageException.class)
                .hasMessage(sentence.replace("{}", folder.resolve("queries").toString()));
    }

    @Test
    void tellsAFileThatIsNotThereOrEmpty() {
        assertThatThrownBy(() -> QueryFile.read(folder.resolve("none").toString(), new Configuration()))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith("names no file.");
        assertThatThrownBy(() -> read("\n\n")).hasMessageEndingWith("holds no queries.");
    }

    private List<SearchQuery> read(String text) throws IOException {
        Path file = folder.resolve("queries");
        Files.writeString(file, text);
        return QueryFile.read(file.toString(), new Configuration());
    }
}
