package io.mambaspark.engine;

/**
 * What the engine returns for a block.
 *
 * @param sums    Σ g_t h_t of each piece that a cut closed, segment by segment, {@code [cuts, d_model]}
 * @param weights Σ g_t of the same pieces, {@code [cuts]}; g is 1 where the model has no gate
 * @param hidden  the wanted hidden states, {@code [hiddenRows, d_model]}
 * @param logits  the wanted logits, {@code [logitRows, vocab]}
 * @param logProbabilities of the wanted targets, natural logarithms, {@code [scoredRows]}
 */
public record BlockReading(float[] sums, float[] weights, float[] hidden, float[] logits, float[] logProbabilities) {}
