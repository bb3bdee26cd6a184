package io.mambaspark.engine.cpu;

import io.mambaspark.engine.ReadingState;
import io.mambaspark.model.ModelConfig;
import java.util.Arrays;

/**
 * What the layers remember of a document: in its {@link ReadingState}, or, of one that begins and ends within a block, in
 * a place that all layers and documents use in turn. A thousand short rows need no thousand states, of a megabyte each.
 *
 * @param conv      the last d_conv - 1 inputs of a layer's convolution, oldest first, {@code [d_conv - 1, stride]}
 * @param convApart from one layer's to the next one's; 0 if they use the same
 * @param ssm       the state h of a layer's scan, {@code [d_state, stride]}
 * @param ssmApart  from one layer's to the next one's; 0 if they use the same
 */
record LayerStates(float[] conv, int convApart, float[] ssm, int ssmApart, int stride) {
    /** Of a document that goes on behind the block, or came from before it. */
    static LayerStates lasting(ReadingState state, ModelConfig config) {
        int stride = state.stride();
        return new LayerStates(
                state.conv(), (config.dConv() - 1) * stride, state.ssm(), config.dState() * stride, stride);
    }

    /** Of documents that are in the block whole, one after the other. */
    static LayerStates passing(ModelConfig config) {
        int stride = new ReadingState(config).stride();
        return new LayerStates(
                new float[(config.dConv() - 1) * stride], 0, new float[config.dState() * stride], 0, stride);
    }

    boolean lasts() {
        return ssmApart > 0;
    }

    int convAt(int layer) {
        return layer * convApart;
    }

    int ssmAt(int layer) {
        return layer * ssmApart;
    }

    /** Makes h zero for some channels: before a document that is in the block whole. */
    void clear(int channel, int count) {
        for (int at = channel; at < ssm.length; at += stride) {
            Arrays.fill(ssm, at, at + count, 0f);
        }
    }

    long bytes() {
        return (long) (conv.length + ssm.length) * Float.BYTES;
    }
}
