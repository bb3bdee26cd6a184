/**
 * DataFrames read by Spark's public interfaces alone: {@link io.mambaspark.ml.TextColumns} adds what the functions give to
 * the rows of any DataFrame, and the transformers of Spark ML are made of it. Short rows are read together in blocks, as
 * the batched SQL functions do, also where Catalyst's internals may not be touched.
 *
 * <p>Not here: the functions themselves and their SQL ({@code io.mambaspark.sql}).
 */
package io.mambaspark.ml;
