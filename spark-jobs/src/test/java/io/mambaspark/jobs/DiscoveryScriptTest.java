package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code conf/discover-gpus.sh} tells Spark. */
class DiscoveryScriptTest {
    @TempDir
    private Path folder;

    @Test
    void namesEachCardThatNvidiaSmiLists() throws Exception {
        assertThat(discovered("0\\n1\\n10\\n")).isEqualTo("{\"name\":\"gpu\",\"addresses\":[\"0\",\"1\",\"10\"]}\n");
    }

    @Test
    void namesNoneWhereThereIsNone() throws Exception {
        assertThat(discovered("")).isEqualTo("{\"name\":\"gpu\",\"addresses\":[]}\n");
        assertThat(discovered("No devices were found\\n")).isEqualTo("{\"name\":\"gpu\",\"addresses\":[]}\n");
    }

    private String discovered(String nvidiaSmi) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        FakeGpus.discovery(folder, nvidiaSmi).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return out;
    }
}
