package io.mambaspark.engine.cpu;

/**
 * The primitives of the forward pass, in the symbols of Gu &amp; Dao 2023 (§3.2, Algorithm 2). Each works on rows
 * {@code [from, to)}; what runs along time works on one panel of channels too. No result depends on where a range
 * starts or ends: each number is made by the same operations in the same order. Implementations have no state.
 */
interface Kernels {
    /**
     * A matrix product takes inputs in rounds of this many: the weights of one panel for them stay in the first-level
     * cache. A multiple of every panel width.
     */
    int INPUTS_AT_ONCE = 192;

    /** d_state must be a multiple of this. */
    int STATES_AT_ONCE = 2;

    /** For operators, such as {@code vector-512}. */
    String name();

    /** The channels of a panel, the unit of {@link Activations} and {@link PackedMatrix}. */
    int panelWidth();

    /** A matrix product computes whole tiles of this many rows: both sides need room for them. */
    int tileRows();

    /**
     * c += a Wᵀ; each sum goes on from what c holds and runs over the inputs in their order.
     *
     * @param a      left side; its rows from {@code aRow}, its channels from {@code aChannel}, of which those of one round
     *               are adjacent in a row
     * @param c      result; its rows from {@code cRow}
     * @param rows   how many; rounded up to whole tiles, the surplus rows of {@code c} are added to as well
     */
    void multiply(PackedMatrix w, Activations a, int aRow, int aChannel, Activations c, int cRow, int rows);

    /** out[i] = x[row] / √(mean(x[row]²) + ε) ⊙ weight for row = from + i; both row-major. */
    void rmsNorm(Activations x, float[] weight, float epsilon, int from, int to, Activations out, int outFrom);

    /**
     * The causal convolution of one segment and its activation, for one panel:
     * u[t] = silu(bias + Σ_k weight[k] ⊙ x[t - K + 1 + k]); inputs before the segment come from its state.
     *
     * @param x     the panel alone
     * @param tail  the K-1 inputs before {@code start}, oldest first, {@code [K-1, stride]} from {@code tailAt}
     * @param start the segment's first row
     * @param end   the row behind its last
     * @param u     all panels
     */
    void convolve(
            Convolution weights,
            int panel,
            Activations x,
            float[] tail,
            int tailAt,
            int stride,
            int start,
            int end,
            Activations u);

    /**
     * Δ = softplus(Δ + bias), Δu = Δ ⊙ u, y = D ⊙ u, for one panel.
     *
     * @param row the first of the {@code count} rows of {@code u} that the strip stands for
     */
    void stepSizes(Scan weights, int panel, Activations u, int row, int count, Strip strip);

    /**
     * h[t] = exp(Δ[t]·A) ⊙ h[t-1] + Δu[t]·B[t],  y[t] += C[t]·h[t], for one panel and rows [from, to) of its strip.
     *
     * @param bc row-major, from row {@code bcRow}: channels [0, N) are B, [N, 2N) are C
     * @param h  the state, {@code [N, stride]} from {@code hAt}; advanced
     */
    void selectiveScan(
            Scan weights,
            int panel,
            Strip strip,
            int from,
            int to,
            Activations bc,
            int bcRow,
            float[] h,
            int hAt,
            int stride);

    /** out[row + i] = y[i] ⊙ silu(z[i]) for the first {@code count} rows of one panel's strip. */
    void gate(int panel, Strip strip, int count, Activations out, int row);

    /** g[row] = sigmoid(weight · x[row] + bias), the share of a token in its piece's sum; x row-major. */
    void poolingWeights(Activations x, float[] weight, float bias, int from, int to, float[] g);

    /**
     * For each column of {@code logits}, which is row-major: max = its largest number in rows [0, rows), sum = Σ exp(x - max).
     */
    void sumOfExponentials(Activations logits, int rows, float[] max, float[] sum);

    /** a · b, exactly; both of one length. */
    int dot(byte[] a, byte[] b);

    /**
     * The causal convolution's weights.
     *
     * @param taps   {@code [K, channels]}, the oldest input first
     * @param bias   {@code [channels]}
     * @param stride channels, padded
     * @param size   K
     */
    record Convolution(float[] taps, float[] bias, int stride, int size) {}

    /**
     * The scan's own weights, channels padded to {@code stride}.
     *
     * @param a         A · log2 e, {@code [N, stride]}: all negative, so that exp(Δ·A) = 2^(Δ·a)
     * @param d         D, {@code [stride]}
     * @param deltaBias {@code [stride]}
     * @param dState    N
     */
    record Scan(float[] a, float[] d, float[] deltaBias, int stride, int dState) {}
}
