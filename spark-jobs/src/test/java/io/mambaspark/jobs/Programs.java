package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs in processes of their own. */
final class Programs {
    private static final long TIMEOUT_SECONDS = 240;

    private Programs() {}

    /**
     * What a run left behind.
     *
     * @param exitCode of the process
     * @param out      standard output
     * @param err      standard error
     */
    record Result(int exitCode, String out, String err) {
        /** Fails with all that the run said unless it ended with {@code wanted}. */
        Result exitsWith(int wanted) {
            assertThat(exitCode).as("exit code of%n%s%n%s", out, err).isEqualTo(wanted);
            return this;
        }
    }

    /** Runs {@code command} in {@code folder} and waits for its end. */
    static Result run(List<String> command, Map<String, String> environment, Path folder) {
        try {
            Path out = Files.createTempFile(folder, "stdout", ".txt");
            Path err = Files.createTempFile(folder, "stderr", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            assertThat(ended).as("ended in time: %s", result).isTrue();
            return result;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(command + " did not run", e);
        }
    }
}
