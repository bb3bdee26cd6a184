/**
 * Evaluation in batches inside Catalyst: the expression of a call, the rule that lifts calls out of a plan, the plan node
 * that reads the texts of many rows in blocks, and their results in Arrow vectors. All that depends on Spark's internals
 * lives here and nowhere else, {@link io.mambaspark.sql.batch.TableLocations} of the jobs and {@link
 * io.mambaspark.sql.batch.FilterCondition} of searches too; where they differ, nothing else here is used.
 *
 * <p>Not here: what the functions are and what they give ({@code io.mambaspark.sql}).
 */
package io.mambaspark.sql.batch;
