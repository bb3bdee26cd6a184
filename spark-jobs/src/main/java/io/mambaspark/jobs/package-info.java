/**
 * The command line that {@code spark-submit} runs: which documents, which task, where the rows go.
 *
 * <p>The way of a job: {@code InputOptions} finds documents and spreads them ({@code Corpus}), {@code ReadPartition} reads
 * them on the executors, {@code Results} keeps, orders and writes the rows, {@code Progress} tells how far it is.
 * Before that {@code Place} refuses to write over what is read; {@code JobOutput} replaces an old output by a new one.
 *
 * <p>Not here: the model of an executor and SQL functions ({@code io.mambaspark.sql}), and anything that works without
 * Spark (the runtime module).
 */
package io.mambaspark.jobs;
