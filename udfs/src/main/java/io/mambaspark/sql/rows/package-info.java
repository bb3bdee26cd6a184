/**
 * The rows of a partition, read together: short texts and queries of many rows fill blocks, and rows leave in order. The same
 * for Catalyst's rows ({@code io.mambaspark.sql.batch}) and those of the public interface ({@code io.mambaspark.ml}): neither is
 * named here.
 */
package io.mambaspark.sql.rows;
