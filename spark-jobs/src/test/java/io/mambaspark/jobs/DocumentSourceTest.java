package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentSourceTest {
    private static final String TEXT = "Déjà vu — 兎. ".repeat(20);
    private static final int BYTES = TEXT.getBytes(StandardCharsets.UTF_8).length;

    @TempDir
    private Path folder;

    @Test
    void opensWhatHasAsManyBytesAsAllowedAndRefusesWhatHasMore() throws Exception {
        Configuration hadoop = new Configuration(false);
        for (DocumentSource source : sources().toList()) {
            assertThat(source.open(hadoop, BYTES).text()).isEqualTo(TEXT);
            assertThatThrownBy(() -> source.open(hadoop, BYTES - 1))
                    .isInstanceOf(DocumentException.class)
                    .hasMessageStartingWith("[MAMBA_DOCUMENT_TOO_LARGE]")
                    .hasMessageContaining(Integer.toString(BYTES - 1));
        }
    }

    private Stream<DocumentSource> sources() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.txt"), TEXT);
        Path zipped = folder.resolve("zipped.txt.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(TEXT.getBytes(StandardCharsets.UTF_8));
        }
        return Stream.of(
                new RowSource("row", TEXT, null),
                new FileSource("plain.txt", plain.toUri().toString(), Files.size(plain), FileSource.UTF_8),
                new FileSource("zipped.txt.gz", zipped.toUri().toString(), Files.size(zipped), FileSource.UTF_8));
    }
}
