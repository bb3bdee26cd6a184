/**
 * The runtime of a Spark executor: which model a task asks for ({@link io.mambaspark.sql.ModelHandle}), the one copy of it
 * in this JVM ({@link io.mambaspark.sql.ExecutorModels}), and what travels between JVMs.
 *
 * <p>Not here: the command line ({@code io.mambaspark.jobs}) and everything that works without Spark (the runtime module).
 */
package io.mambaspark.sql;
