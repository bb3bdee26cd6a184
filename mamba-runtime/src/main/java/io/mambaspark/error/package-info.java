/**
 * Errors as values: one table of conditions, and the exceptions that carry them. Every message of this project that opens
 * with {@code [MAMBA_…]} is made here, and nothing reads a condition back from a message.
 */
package io.mambaspark.error;
