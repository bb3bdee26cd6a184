package io.mambaspark.jobs;

/** The user asked for something that cannot be: told in one sentence, without a stack trace, with exit code 2. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
