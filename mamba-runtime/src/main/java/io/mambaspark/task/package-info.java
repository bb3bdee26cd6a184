/**
 * What a user thinks in: summarize, retrieve, embed, measure perplexity. Each task follows the formulas of the model's reader.json on the
 * vectors that {@code io.mambaspark.reading} gives it. No engine and no Spark here.
 */
package io.mambaspark.task;
