package io.mambaspark.gpu;

import io.mambaspark.gpu.Step.Convolve;
import io.mambaspark.gpu.Step.Scan;

/**
 * What runs along time: the causal convolution and the selective scan. The scan takes each segment in chunks: (1) each
 * chunk from a zero state, which gives its last state and the sum of its step sizes; (2) over the chunks of a segment,
 * the state that each starts from, since exp(ΣΔ·A) is the decay of a whole chunk; (3) each chunk again, from that state,
 * with its outputs. A segment of one chunk needs (3) only. A work item has one channel of a chunk with its
 * {@link #STATES} states in registers.
 */
abstract class ScanKernel extends MatrixKernel {
    /** States a channel; a model with fewer is padded with states that stay zero. */
    static final int STATES = 16;
    /** Rows of a chunk at most: B and C of so many fit a group's own memory. */
    static final int LONGEST_CHUNK = 128;
    /** Shorter chunks leave more to the carry between them than they gain. */
    static final int SHORTEST_CHUNK = 64;

    private static final int BC = 2 * STATES;

    final void convolve(int at) {
        int dInner = plan[at + Convolve.D_INNER];
        int numbers = plan[at + Convolve.ROWS] * dInner;
        for (int i = getGlobalId(0); i < numbers; i += getGlobalSize(0)) {
            int row = i / dInner;
            int channel = i % dInner;
            int taps = plan[at + Convolve.TAPS];
            int first = plan[plan[at + Convolve.ROW_TABLE] + 2 * row];
            int slot = plan[plan[at + Convolve.ROW_TABLE] + 2 * row + 1];
            int weight = plan[at + Convolve.WEIGHT] + channel;
            float sum = weights[plan[at + Convolve.BIAS] + channel];
            for (int k = 0; k < taps; k++) {
                sum = fma(weights[weight + k * dInner], input(at, row - taps + 1 + k, first, slot, channel), sum);
            }
            space[plan[at + Convolve.U] + i] = sum / (1f + exp(-sum));
        }
        keepInputs(at, dInner);
    }

    /** The convolution's input at a row, which may lie before the segment's first: there it comes from the state. */
    private float input(int at, int row, int first, int slot, int channel) {
        float x = 0f;
        if (row >= first) {
            x = space[plan[at + Convolve.XZ] + row * plan[at + Convolve.XZ_STRIDE] + channel];
        } else if (slot >= 0) {
            int back = row - first + plan[at + Convolve.TAPS] - 1;
            x = given[
                    plan[at + Convolve.GIVEN]
                            + slot * plan[at + Convolve.GIVEN_STRIDE]
                            + back * plan[at + Convolve.D_INNER]
                            + channel];
        }
        return x;
    }

    private void keepInputs(int at, int dInner) {
        int before = plan[at + Convolve.TAPS] - 1;
        int numbers = plan[at + Convolve.KEEPERS] * before * dInner;
        for (int i = getGlobalId(0); i < numbers; i += getGlobalSize(0)) {
            int channel = i % dInner;
            int back = i / dInner % before;
            int entry = plan[at + Convolve.KEEPER_TABLE] + i / dInner / before * Convolve.KEEPER_INTS;
            int first = plan[entry];
            int row = first + plan[entry + 1] - before + back;
            space[
                            plan[at + Convolve.KEPT]
                                    + plan[entry + 3] * plan[at + Convolve.KEPT_STRIDE]
                                    + back * dInner
                                    + channel] =
                    input(at, row, first, plan[entry + 2], channel);
        }
    }

    /** (1) The last state of each chunk of a longer segment, from a zero state; the sum of its step sizes. */
    final void scanChunks(int at) {
        int dInner = plan[at + Scan.D_INNER];
        int strips = (dInner + GROUP - 1) / GROUP;
        int items = plan[at + Scan.CHUNKS] * strips;
        for (int i = getGroupId(0); i < items; i += getNumGroups(0)) {
            int entry = plan[at + Scan.CHUNK_TABLE] + i / strips * Scan.CHUNK_INTS;
            int first = plan[entry];
            int end = plan[entry + 1];
            int channel = i % strips * GROUP + getLocalId(0);
            int carried = plan[entry + 4];
            if (carried >= 0) {
                loadInputs(at, first, end);
                if (channel < dInner) {
                    scanChunk(at, first, end, channel, carried);
                }
                localBarrier();
            }
        }
    }

    /** B and C of a chunk, row by row, into the group's own memory. */
    private void loadInputs(int at, int first, int end) {
        int numbers = (end - first) * BC;
        for (int i = getLocalId(0); i < numbers; i += GROUP) {
            tile[i] = space[plan[at + Scan.BC] + (first + i / BC) * plan[at + Scan.BC_STRIDE] + i % BC];
        }
        localBarrier();
    }

    private void scanChunk(int at, int first, int end, int channel, int carried) {
        int dInner = plan[at + Scan.D_INNER];
        int aAt = plan[at + Scan.A] + channel;
        int uAt = plan[at + Scan.U] + first * dInner + channel;
        int deltaAt = plan[at + Scan.DELTA] + first * dInner + channel;
        float a0 = weights[aAt];
        float a1 = weights[aAt + 1 * dInner];
        float a2 = weights[aAt + 2 * dInner];
        float a3 = weights[aAt + 3 * dInner];
        float a4 = weights[aAt + 4 * dInner];
        float a5 = weights[aAt + 5 * dInner];
        float a6 = weights[aAt + 6 * dInner];
        float a7 = weights[aAt + 7 * dInner];
        float a8 = weights[aAt + 8 * dInner];
        float a9 = weights[aAt + 9 * dInner];
        float a10 = weights[aAt + 10 * dInner];
        float a11 = weights[aAt + 11 * dInner];
        float a12 = weights[aAt + 12 * dInner];
        float a13 = weights[aAt + 13 * dInner];
        float a14 = weights[aAt + 14 * dInner];
        float a15 = weights[aAt + 15 * dInner];
        float h0 = 0f;
        float h1 = 0f;
        float h2 = 0f;
        float h3 = 0f;
        float h4 = 0f;
        float h5 = 0f;
        float h6 = 0f;
        float h7 = 0f;
        float h8 = 0f;
        float h9 = 0f;
        float h10 = 0f;
        float h11 = 0f;
        float h12 = 0f;
        float h13 = 0f;
        float h14 = 0f;
        float h15 = 0f;
        float steps = 0f;
        int b = 0;
        for (int row = first; row < end; row++) {
            float delta = space[deltaAt];
            float input = delta * space[uAt];
            steps += delta;
            h0 = fma(exp2(delta * a0), h0, input * tile[b]);
            h1 = fma(exp2(delta * a1), h1, input * tile[b + 1]);
            h2 = fma(exp2(delta * a2), h2, input * tile[b + 2]);
            h3 = fma(exp2(delta * a3), h3, input * tile[b + 3]);
            h4 = fma(exp2(delta * a4), h4, input * tile[b + 4]);
            h5 = fma(exp2(delta * a5), h5, input * tile[b + 5]);
            h6 = fma(exp2(delta * a6), h6, input * tile[b + 6]);
            h7 = fma(exp2(delta * a7), h7, input * tile[b + 7]);
            h8 = fma(exp2(delta * a8), h8, input * tile[b + 8]);
            h9 = fma(exp2(delta * a9), h9, input * tile[b + 9]);
            h10 = fma(exp2(delta * a10), h10, input * tile[b + 10]);
            h11 = fma(exp2(delta * a11), h11, input * tile[b + 11]);
            h12 = fma(exp2(delta * a12), h12, input * tile[b + 12]);
            h13 = fma(exp2(delta * a13), h13, input * tile[b + 13]);
            h14 = fma(exp2(delta * a14), h14, input * tile[b + 14]);
            h15 = fma(exp2(delta * a15), h15, input * tile[b + 15]);
            b += BC;
            deltaAt += dInner;
            uAt += dInner;
        }
        space[plan[at + Scan.STEP_SUMS] + carried * dInner + channel] = steps;
        int to = plan[at + Scan.CARRIED] + carried * (STATES * dInner) + channel;
        space[to] = h0;
        space[to + 1 * dInner] = h1;
        space[to + 2 * dInner] = h2;
        space[to + 3 * dInner] = h3;
        space[to + 4 * dInner] = h4;
        space[to + 5 * dInner] = h5;
        space[to + 6 * dInner] = h6;
        space[to + 7 * dInner] = h7;
        space[to + 8 * dInner] = h8;
        space[to + 9 * dInner] = h9;
        space[to + 10 * dInner] = h10;
        space[to + 11 * dInner] = h11;
        space[to + 12 * dInner] = h12;
        space[to + 13 * dInner] = h13;
        space[to + 14 * dInner] = h14;
        space[to + 15 * dInner] = h15;
    }

    /** (2) Replaces each chunk's last state by the state that it starts from. */
    final void scanCarry(int at) {
        int dInner = plan[at + Scan.D_INNER];
        int states = STATES * dInner;
        int items = plan[at + Scan.CHAINS] * states;
        for (int i = getGlobalId(0); i < items; i += getGlobalSize(0)) {
            int state = i % states;
            int entry = plan[at + Scan.CHAIN_TABLE] + i / states * Scan.CHAIN_INTS;
            int chunks = plan[entry + 1];
            float a = weights[plan[at + Scan.A] + state];
            int carried = plan[at + Scan.CARRIED] + plan[entry] * states + state;
            int sum = plan[at + Scan.STEP_SUMS] + plan[entry] * dInner + state % dInner;
            float h = firstState(at, plan[entry + 2], state);
            // The next chunk's numbers are on their way while this one's are used: each store might change them, as
            // far as the compiler knows.
            float last = space[carried];
            float steps = space[sum];
            for (int c = 1; c <= chunks; c++) {
                float nextLast = 0f;
                float nextSteps = 0f;
                if (c < chunks) {
                    nextLast = space[carried + states];
                    nextSteps = space[sum + dInner];
                }
                space[carried] = h;
                h = fma(exp2(a * steps), h, last);
                last = nextLast;
                steps = nextSteps;
                carried += states;
                sum += dInner;
            }
            if (plan[entry + 3] >= 0) {
                space[plan[at + Scan.KEPT] + plan[entry + 3] * plan[at + Scan.KEPT_STRIDE] + state] = h;
            }
        }
    }

    /** A number of the state that a segment starts from. */
    private float firstState(int at, int slot, int state) {
        float h = 0f;
        if (slot >= 0) {
            h = given[plan[at + Scan.GIVEN] + slot * plan[at + Scan.GIVEN_STRIDE] + state];
        }
        return h;
    }

    /** (3) y = C·h + D ⊙ u, times silu(z), in place of u. */
    final void scanOutput(int at) {
        int dInner = plan[at + Scan.D_INNER];
        int strips = (dInner + GROUP - 1) / GROUP;
        int items = plan[at + Scan.CHUNKS] * strips;
        for (int i = getGroupId(0); i < items; i += getNumGroups(0)) {
            int entry = plan[at + Scan.CHUNK_TABLE] + i / strips * Scan.CHUNK_INTS;
            int first = plan[entry];
            int end = plan[entry + 1];
            int channel = i % strips * GROUP + getLocalId(0);
            int carried = plan[entry + 4];
            loadInputs(at, first, end);
            if (channel < dInner) {
                scanChunkOutput(at, entry, channel);
            }
            localBarrier();
        }
    }

    private void scanChunkOutput(int at, int entry, int channel) {
        int dInner = plan[at + Scan.D_INNER];
        int first = plan[entry];
        int end = plan[entry + 1];
        int zStride = plan[at + Scan.Z_STRIDE];
        int aAt = plan[at + Scan.A] + channel;
        int zAt = plan[at + Scan.Z] + first * zStride + channel;
        int uAt = plan[at + Scan.U] + first * dInner + channel;
        int deltaAt = plan[at + Scan.DELTA] + first * dInner + channel;
        float skip = weights[plan[at + Scan.SKIP] + channel];
        float a0 = weights[aAt];
        float a1 = weights[aAt + 1 * dInner];
        float a2 = weights[aAt + 2 * dInner];
        float a3 = weights[aAt + 3 * dInner];
        float a4 = weights[aAt + 4 * dInner];
        float a5 = weights[aAt + 5 * dInner];
        float a6 = weights[aAt + 6 * dInner];
        float a7 = weights[aAt + 7 * dInner];
        float a8 = weights[aAt + 8 * dInner];
        float a9 = weights[aAt + 9 * dInner];
        float a10 = weights[aAt + 10 * dInner];
        float a11 = weights[aAt + 11 * dInner];
        float a12 = weights[aAt + 12 * dInner];
        float a13 = weights[aAt + 13 * dInner];
        float a14 = weights[aAt + 14 * dInner];
        float a15 = weights[aAt + 15 * dInner];
        float h0 = startState(at, entry, channel);
        float h1 = startState(at, entry, channel + 1 * dInner);
        float h2 = startState(at, entry, channel + 2 * dInner);
        float h3 = startState(at, entry, channel + 3 * dInner);
        float h4 = startState(at, entry, channel + 4 * dInner);
        float h5 = startState(at, entry, channel + 5 * dInner);
        float h6 = startState(at, entry, channel + 6 * dInner);
        float h7 = startState(at, entry, channel + 7 * dInner);
        float h8 = startState(at, entry, channel + 8 * dInner);
        float h9 = startState(at, entry, channel + 9 * dInner);
        float h10 = startState(at, entry, channel + 10 * dInner);
        float h11 = startState(at, entry, channel + 11 * dInner);
        float h12 = startState(at, entry, channel + 12 * dInner);
        float h13 = startState(at, entry, channel + 13 * dInner);
        float h14 = startState(at, entry, channel + 14 * dInner);
        float h15 = startState(at, entry, channel + 15 * dInner);
        // The next row's numbers are on their way while this one's are used: see scanCarry.
        float delta = space[deltaAt];
        float u = space[uAt];
        float z = space[zAt];
        int b = 0;
        for (int row = first + 1; row <= end; row++) {
            float nextDelta = 0f;
            float nextU = 0f;
            float nextZ = 0f;
            if (row < end) {
                nextDelta = space[deltaAt + dInner];
                nextU = space[uAt + dInner];
                nextZ = space[zAt + zStride];
            }
            float input = delta * u;
            float y = skip * u;
            h0 = fma(exp2(delta * a0), h0, input * tile[b]);
            y = fma(h0, tile[b + STATES], y);
            h1 = fma(exp2(delta * a1), h1, input * tile[b + 1]);
            y = fma(h1, tile[b + STATES + 1], y);
            h2 = fma(exp2(delta * a2), h2, input * tile[b + 2]);
            y = fma(h2, tile[b + STATES + 2], y);
            h3 = fma(exp2(delta * a3), h3, input * tile[b + 3]);
            y = fma(h3, tile[b + STATES + 3], y);
            h4 = fma(exp2(delta * a4), h4, input * tile[b + 4]);
            y = fma(h4, tile[b + STATES + 4], y);
            h5 = fma(exp2(delta * a5), h5, input * tile[b + 5]);
            y = fma(h5, tile[b + STATES + 5], y);
            h6 = fma(exp2(delta * a6), h6, input * tile[b + 6]);
            y = fma(h6, tile[b + STATES + 6], y);
            h7 = fma(exp2(delta * a7), h7, input * tile[b + 7]);
            y = fma(h7, tile[b + STATES + 7], y);
            h8 = fma(exp2(delta * a8), h8, input * tile[b + 8]);
            y = fma(h8, tile[b + STATES + 8], y);
            h9 = fma(exp2(delta * a9), h9, input * tile[b + 9]);
            y = fma(h9, tile[b + STATES + 9], y);
            h10 = fma(exp2(delta * a10), h10, input * tile[b + 10]);
            y = fma(h10, tile[b + STATES + 10], y);
            h11 = fma(exp2(delta * a11), h11, input * tile[b + 11]);
            y = fma(h11, tile[b + STATES + 11], y);
            h12 = fma(exp2(delta * a12), h12, input * tile[b + 12]);
            y = fma(h12, tile[b + STATES + 12], y);
            h13 = fma(exp2(delta * a13), h13, input * tile[b + 13]);
            y = fma(h13, tile[b + STATES + 13], y);
            h14 = fma(exp2(delta * a14), h14, input * tile[b + 14]);
            y = fma(h14, tile[b + STATES + 14], y);
            h15 = fma(exp2(delta * a15), h15, input * tile[b + 15]);
            y = fma(h15, tile[b + STATES + 15], y);
            space[uAt] = y * z / (1f + exp(-z));
            delta = nextDelta;
            u = nextU;
            z = nextZ;
            b += BC;
            deltaAt += dInner;
            uAt += dInner;
            zAt += zStride;
        }
        if (plan[entry + 4] < 0 && plan[entry + 3] >= 0) {
            int to = plan[at + Scan.KEPT] + plan[entry + 3] * plan[at + Scan.KEPT_STRIDE] + channel;
            space[to] = h0;
            space[to + 1 * dInner] = h1;
            space[to + 2 * dInner] = h2;
            space[to + 3 * dInner] = h3;
            space[to + 4 * dInner] = h4;
            space[to + 5 * dInner] = h5;
            space[to + 6 * dInner] = h6;
            space[to + 7 * dInner] = h7;
            space[to + 8 * dInner] = h8;
            space[to + 9 * dInner] = h9;
            space[to + 10 * dInner] = h10;
            space[to + 11 * dInner] = h11;
            space[to + 12 * dInner] = h12;
            space[to + 13 * dInner] = h13;
            space[to + 14 * dInner] = h14;
            space[to + 15 * dInner] = h15;
        }
    }

    /** A number of the state that a chunk starts from. */
    private float startState(int at, int entry, int state) {
        float h = 0f;
        int carried = plan[entry + 4];
        if (carried >= 0) {
            h = space[plan[at + Scan.CARRIED] + carried * (STATES * plan[at + Scan.D_INNER]) + state];
        } else {
            h = firstState(at, plan[entry + 2], state);
        }
        return h;
    }
}
