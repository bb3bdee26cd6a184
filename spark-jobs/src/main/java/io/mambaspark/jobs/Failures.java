package io.mambaspark.jobs;

import io.mambaspark.error.MambaError;

/** The one sentence of a failure that helps, to be printed. */
final class Failures {
    private Failures() {}

    /** Our own error wherever it is in the chain of causes; otherwise the first line of what went wrong first. */
    static String sentence(Throwable failure) {
        Throwable root = failure;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof MambaError.Carrier carrier) {
                return Printable.text(carrier.error().message());
            }
            root = each;
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        return Printable.text(message.lines().findFirst().orElse(""));
    }
}
