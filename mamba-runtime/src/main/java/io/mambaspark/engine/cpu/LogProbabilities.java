package io.mambaspark.engine.cpu;

import io.mambaspark.engine.Wanted;
import java.util.Arrays;

/**
 * log p(target) = logit(target) - ln Σ exp(logit) after some rows of a block. The rows stand on the packed side of the
 * product and the vocabulary on the other, which so needs no second copy and is read once for all of them; logits exist
 * for {@value #TOKENS_AT_ONCE} tokens of the vocabulary at a time.
 */
final class LogProbabilities {
    private static final int TOKENS_AT_ONCE = 72;

    private final Kernels kernels;
    private final CpuWeights weights;
    private final Activations x;
    private final Wanted wanted;
    private final float[] result;

    /** @param x the output of the final norm, row-major */
    LogProbabilities(Kernels kernels, CpuWeights weights, Activations x, Wanted wanted, float[] result) {
        this.kernels = kernels;
        this.weights = weights;
        this.x = x;
        this.wanted = wanted;
        this.result = result;
    }

    /** One thread's share of the rows. */
    void run(int thread, int threads) {
        int share = Activations.padded((result.length + threads - 1) / threads, kernels.panelWidth());
        int from = Math.min(result.length, thread * share);
        int to = Math.min(result.length, from + share);
        if (from < to) {
            score(from, to);
        }
    }

    private void score(int from, int to) {
        int count = to - from;
        PackedMatrix packed = packed(from, count);
        int atOnce = Activations.padded(TOKENS_AT_ONCE, kernels.tileRows());
        Activations logits = Activations.rowMajor(atOnce, count, kernels.panelWidth());
        float[] ofTarget = new float[count];
        float[] chunkMax = new float[Activations.padded(count, kernels.panelWidth())];
        float[] chunkSum = new float[chunkMax.length];
        double[] max = new double[count];
        double[] sum = new double[count];
        Arrays.fill(max, Double.NEGATIVE_INFINITY);
        for (int token = 0; token < weights.config.vocabSize(); token += atOnce) {
            int tokens = Math.min(atOnce, weights.config.vocabSize() - token);
            logits.zeroRows(0, atOnce);
            kernels.multiply(packed, weights.head, token, 0, logits, 0, tokens);
            kernels.sumOfExponentials(logits, tokens, chunkMax, chunkSum);
            for (int i = 0; i < count; i++) {
                double larger = Math.max(max[i], chunkMax[i]);
                sum[i] = sum[i] * Math.exp(max[i] - larger) + chunkSum[i] * Math.exp(chunkMax[i] - larger);
                max[i] = larger;
                int target = wanted.targets()[from + i] - token;
                if (target >= 0 && target < tokens) {
                    ofTarget[i] = logits.data[logits.index(target, i)];
                }
            }
        }
        for (int i = 0; i < count; i++) {
            result[from + i] = (float) (ofTarget[i] - max[i] - Math.log(sum[i]));
        }
    }

    private PackedMatrix packed(int from, int count) {
        PackedMatrix packed = new PackedMatrix(count, weights.config.dModel(), kernels.panelWidth());
        for (int i = 0; i < count; i++) {
            int row = x.index(wanted.scoredRows()[from + i], 0);
            for (int k = 0; k < packed.inputs; k++) {
                packed.data[packed.index(i, k)] = x.data[row + k];
            }
        }
        return packed;
    }
}
