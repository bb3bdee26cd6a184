/**
 * Reading documents: packing them into blocks, following sentences and passages as the tokens go by, and turning the
 * engine's piece sums into vectors. What is done with the vectors lives in {@code io.mambaspark.task}; how blocks are
 * computed in {@code io.mambaspark.engine}.
 */
package io.mambaspark.reading;
