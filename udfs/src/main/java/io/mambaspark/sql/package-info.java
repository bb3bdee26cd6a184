/**
 * SQL functions and the runtime of a Spark executor: what each function is ({@link io.mambaspark.sql.MambaFunction}, one
 * class a function), the doors by which a session gets them ({@link io.mambaspark.sql.MambaFunctions}, {@link
 * io.mambaspark.sql.MambaSessionExtensions}, {@link io.mambaspark.sql.MambaCatalog}), which model a task asks for ({@link
 * io.mambaspark.sql.ModelHandle}) and the one copy of it in this JVM ({@link io.mambaspark.sql.ExecutorModels}).
 *
 * <p>Not here: Catalyst's internals ({@code io.mambaspark.sql.batch}), the command line ({@code io.mambaspark.jobs}) and
 * everything that works without Spark (the runtime module).
 */
package io.mambaspark.sql;
