package io.mambaspark.jobs;

import org.apache.spark.SparkException;

/** The one sentence of a failure that helps. */
final class Failures {
    private Failures() {}

    /** The message of what went wrong first, in a task or on the driver. */
    static String sentence(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        return root instanceof SparkException
                ? fromTask(message)
                : message.lines().findFirst().orElse("");
    }

    /** Spark quotes a lost task's stack trace in its message; our own error classes start with a bracket. */
    private static String fromTask(String message) {
        return message.lines()
                .filter(line -> line.contains("[MAMBA_"))
                .map(line -> line.substring(line.indexOf("[MAMBA_")))
                .findFirst()
                .orElse(message.lines().findFirst().orElse(""));
    }
}
