package io.mambaspark.model;

/**
 * The sizes of a Mamba model. Every size is at least 1, and every weight matrix fits a Java array.
 *
 * @param modelType         the architecture, as Hugging Face names it: {@code mamba}
 * @param vocabSize         rows of the embedding; token ids lie below it
 * @param dModel            width of the residual stream, d (Hugging Face: hidden_size)
 * @param layers            number of Mamba blocks (num_hidden_layers)
 * @param dState            states a channel, N (state_size)
 * @param dConv             width of the causal convolution in tokens, K (conv_kernel)
 * @param dInner            channels inside a block, D (intermediate_size)
 * @param dtRank            rank of the projection that makes the step sizes Δ (time_step_rank)
 * @param normEpsilon       what the RMS norms add to the mean square
 * @param tieWordEmbeddings whether the output projection is the embedding
 * @param bias              whether in_proj and out_proj have a bias
 * @param convBias          whether the convolution has a bias
 */
public record ModelConfig(
        String modelType,
        int vocabSize,
        int dModel,
        int layers,
        int dState,
        int dConv,
        int dInner,
        int dtRank,
        float normEpsilon,
        boolean tieWordEmbeddings,
        boolean bias,
        boolean convBias) {
    /** The longest array that every JVM can make. */
    private static final long MAX_ARRAY = Integer.MAX_VALUE - 8;

    private static final int WIDEST_VECTOR = 16;
    private static final int STATE_HEADER = 1024;

    /**
     * Refuses sizes that no model can have.
     *
     * @throws IllegalArgumentException naming the size and its value
     */
    public ModelConfig {
        positive("vocab_size", vocabSize);
        positive("hidden_size", dModel);
        positive("num_hidden_layers", layers);
        positive("state_size", dState);
        positive("conv_kernel", dConv);
        positive("intermediate_size", dInner);
        positive("time_step_rank", dtRank);
        if (!(normEpsilon >= 0) || Float.isInfinite(normEpsilon)) {
            throw new IllegalArgumentException("layer_norm_epsilon must be a number of at least 0, not " + normEpsilon);
        }
        fitsArray("vocab_size x hidden_size", vocabSize, dModel);
        fitsArray("2 x intermediate_size x hidden_size", 2L * dInner, dModel);
        fitsArray("(time_step_rank + 2 x state_size) x intermediate_size", dtRank + 2L * dState, dInner);
        fitsArray("conv_kernel x intermediate_size", dConv, dInner);
        stateFitsArray(layers * (dConv - 1L + dState), (dInner + WIDEST_VECTOR) * (long) Float.BYTES, dModel);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
    }

    /** What a document keeps is one array of bytes when it is stored: rows of d_inner numbers, padded, and d_model more. */
    private static void stateFitsArray(long rows, long bytesOfARow, long dModel) {
        if (rows > (MAX_ARRAY - STATE_HEADER - dModel * Float.BYTES) / bytesOfARow) {
            throw new IllegalArgumentException("num_hidden_layers x (conv_kernel - 1 + state_size) = " + rows
                    + " rows of " + bytesOfARow + " bytes make a reading state above " + MAX_ARRAY + " bytes");
        }
    }

    private static void fitsArray(String product, long a, long b) {
        if (Math.multiplyHigh(a, b) != 0 || a * b < 0 || a * b > MAX_ARRAY) {
            throw new IllegalArgumentException(
                    product + " = " + a + " x " + b + " is above " + MAX_ARRAY + ", the most values of one matrix");
        }
    }
}
