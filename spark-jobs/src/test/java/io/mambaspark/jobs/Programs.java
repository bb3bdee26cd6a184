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
    private static final long TIMEOUT_SECONDS = Long.getLong("test.program.seconds", 240);

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

    /**
     * A program that runs.
     *
     * @param process of it
     * @param out     where its standard output goes
     * @param err     where its standard error goes
     */
    record Running(Process process, Path out, Path err) {
        /** Waits for its end. */
        Result await() {
            try {
                boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                if (!ended) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    kill();
                }
                Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
                assertThat(ended).as("ended in time: %s", result).isTrue();
                return result;
            } catch (IOException | InterruptedException e) {
                throw new AssertionError("did not run", e);
            }
        }

        /** Returns when it has said {@code words} on standard error; fails if it ends without. */
        void awaitErr(String words) throws IOException, InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
            while (!Files.readString(err).contains(words)) {
                assertThat(process.isAlive() && System.nanoTime() < deadline)
                        .as("says '%s': %s", words, Files.readString(err))
                        .isTrue();
                Thread.sleep(50);
            }
        }

        /** Ends it as {@code kill -9} does. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        /** Holds it where it is, until {@link #goOn}. */
        void hold() throws IOException, InterruptedException {
            signal("-STOP");
        }

        void goOn() throws IOException, InterruptedException {
            signal("-CONT");
        }

        private void signal(String signal) throws IOException, InterruptedException {
            Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
            assertThat(kill.waitFor()).isZero();
        }
    }

    /** Runs {@code command} in {@code folder} and waits for its end. */
    static Result run(List<String> command, Map<String, String> environment, Path folder) {
        return start(command, environment, folder).await();
    }

    /** Starts {@code command} in {@code folder}. */
    static Running start(List<String> command, Map<String, String> environment, Path folder) {
        try {
            Path out = Files.createTempFile(folder, "stdout", ".txt");
            Path err = Files.createTempFile(folder, "stderr", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new AssertionError(command + " did not run", e);
        }
    }
}
