/**
 * What a passage is in Spark: {@link io.mambaspark.passage.PassageField} names its fields and their types, once for functions, index,
 * searches and jobs.
 *
 * <p>Not here: how passages are cut, read, stored or ranked.
 */
package io.mambaspark.passage;
