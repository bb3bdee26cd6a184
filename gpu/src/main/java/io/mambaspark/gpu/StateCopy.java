package io.mambaspark.gpu;

import io.mambaspark.engine.ReadingState;
import io.mambaspark.model.ModelConfig;

/** Moves reading states between the host's layout and the device's, which pads states but not channels. */
final class StateCopy {
    private StateCopy() {}

    /** The state and its open piece, as the device takes them. */
    static void toDevice(DeviceShape shape, ReadingState state, float[] target, int at) {
        forEachRow(shape, state, (host, hostAt, device) -> {
            System.arraycopy(host, hostAt, target, at + device, shape.dInner());
        });
        System.arraycopy(state.pieceSum(), 0, target, at + shape.state(), shape.dModel());
        target[at + shape.state() + shape.dModel()] = state.pieceWeight();
    }

    /** The state without its open piece. */
    static void fromDevice(DeviceShape shape, float[] source, int at, ReadingState state) {
        forEachRow(shape, state, (host, hostAt, device) -> {
            System.arraycopy(source, at + device, host, hostAt, shape.dInner());
        });
    }

    private interface RowCopy {
        void copy(float[] host, int hostAt, int device);
    }

    private static void forEachRow(DeviceShape shape, ReadingState state, RowCopy rows) {
        ModelConfig config = shape.config();
        int tail = config.dConv() - 1;
        for (int layer = 0; layer < shape.layers(); layer++) {
            int device = layer * shape.layerState();
            for (int n = 0; n < config.dState(); n++) {
                rows.copy(state.ssm(), (layer * config.dState() + n) * state.stride(), device + n * shape.dInner());
            }
            for (int k = 0; k < tail; k++) {
                rows.copy(
                        state.conv(),
                        (layer * tail + k) * state.stride(),
                        device + shape.scanState() + k * shape.dInner());
            }
        }
    }
}
