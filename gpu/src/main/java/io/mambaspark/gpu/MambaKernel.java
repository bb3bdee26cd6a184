package io.mambaspark.gpu;

import io.mambaspark.gpu.Step.Confirm;
import io.mambaspark.gpu.Step.Deliver;
import io.mambaspark.gpu.Step.Embed;
import io.mambaspark.gpu.Step.Finish;
import io.mambaspark.gpu.Step.Gather;
import io.mambaspark.gpu.Step.Pool;
import io.mambaspark.gpu.Step.Scale;
import io.mambaspark.gpu.Step.Score;

/** All steps of a forward pass: a run makes one of them a pass, and the passes of a run follow each other on the device. */
final class MambaKernel extends ScanKernel {
    /** Work items that share a row in {@link #meanScale}. */
    private static final int LANES = 32;

    private static final int ROWS_AT_ONCE = GROUP / LANES;

    @Override
    public void run() {
        stayOnTheDevice();
        int at = firstStep + getPassId() * Step.INTS;
        int step = plan[at];
        if (step == Step.WIDE_PRODUCT) {
            wideProduct(at);
        } else if (step == Step.NARROW_PRODUCT) {
            narrowProduct(at);
        } else if (step == Step.SCAN_OUTPUT) {
            scanOutput(at);
        } else if (step == Step.SCAN_CHUNKS) {
            scanChunks(at);
        } else if (step == Step.SCAN_CARRY) {
            scanCarry(at);
        } else if (step == Step.CONVOLVE) {
            convolve(at);
        } else if (step == Step.SCALE) {
            scale(at);
        } else if (step == Step.EMBED) {
            embed(at);
        } else if (step == Step.FINISH) {
            finish(at);
        } else if (step == Step.POOL) {
            pool(at);
        } else if (step == Step.GATHER) {
            gather(at);
        } else if (step == Step.SCORE) {
            score(at);
        } else if (step == Step.DELIVER) {
            deliver(at);
        } else if (step == Step.CONFIRM) {
            confirm(at);
        }
    }

    /** Aparapi goes on in Java when a device fails: hours instead of milliseconds, so this ends it. Empty on the device. */
    @NoCL
    private void stayOnTheDevice() {
        throw new IllegalStateException("the kernel was about to run in Java");
    }

    private void embed(int at) {
        int dModel = plan[at + Embed.D_MODEL];
        int numbers = plan[at + Embed.ROWS] * dModel;
        for (int i = getGlobalId(0); i < numbers; i += getGlobalSize(0)) {
            int token = plan[plan[at + Embed.TOKENS] + i / dModel];
            space[plan[at + Embed.X] + i] = weights[
                    plan[at + Embed.WEIGHT]
                            + token * plan[at + Embed.TOKEN_STRIDE]
                            + i % dModel * plan[at + Embed.CHANNEL_STRIDE]];
        }
        if (getGlobalId(0) == 0) {
            space[plan[at + Embed.EPOCH_PLACE]] = plan[at + Embed.EPOCH];
        }
    }

    private void scale(int at) {
        int rows = plan[at + Scale.ROWS];
        for (int first = getGroupId(0) * ROWS_AT_ONCE; first < rows; first += getNumGroups(0) * ROWS_AT_ONCE) {
            float scale =
                    meanScale(first, rows, plan[at + Scale.X], plan[at + Scale.D_MODEL], plan[at + Scale.EPSILON]);
            int row = first + getLocalId(0) / LANES;
            if (getLocalId(0) % LANES == 0 && row < rows) {
                space[plan[at + Scale.SCALE] + row] = scale;
            }
        }
    }

    /** 1 / √(mean(x²) + ε) of a work item's row; all items of a group must come here. */
    private float meanScale(int first, int rows, int x, int dModel, int epsilon) {
        int item = getLocalId(0);
        int row = first + item / LANES;
        float squares = 0f;
        if (row < rows) {
            for (int c = item % LANES; c < dModel; c += LANES) {
                float value = space[x + row * dModel + c];
                squares = fma(value, value, squares);
            }
        }
        float sum = rowSum(squares);
        return 1f / sqrt(sum / dModel + weights[epsilon]);
    }

    /** The sum of a value over the work items of a row. */
    private float rowSum(float value) {
        int item = getLocalId(0);
        int lanes = item / LANES * LANES;
        localBarrier();
        tile[item] = value;
        localBarrier();
        float sum = 0f;
        for (int i = 0; i < LANES; i++) {
            sum += tile[lanes + i];
        }
        return sum;
    }

    private void finish(int at) {
        int rows = plan[at + Finish.ROWS];
        int dModel = plan[at + Finish.D_MODEL];
        int gate = plan[at + Finish.GATE];
        for (int first = getGroupId(0) * ROWS_AT_ONCE; first < rows; first += getNumGroups(0) * ROWS_AT_ONCE) {
            int lane = getLocalId(0) % LANES;
            int row = first + getLocalId(0) / LANES;
            float scale = meanScale(first, rows, plan[at + Finish.X], dModel, plan[at + Finish.EPSILON]);
            float dot = 0f;
            if (row < rows) {
                for (int c = lane; c < dModel; c += LANES) {
                    int place = plan[at + Finish.X] + row * dModel + c;
                    float value = space[place] * scale * weights[plan[at + Finish.NORM] + c];
                    space[place] = value;
                    if (gate >= 0) {
                        dot = fma(weights[gate + c], value, dot);
                    }
                }
            }
            float g = 1f;
            if (gate >= 0) {
                g = 1f / (1f + exp(-(rowSum(dot) + weights[gate + dModel])));
            }
            if (lane == 0 && row < rows) {
                space[plan[at + Finish.G] + row] = g;
            }
        }
    }

    private void pool(int at) {
        int dModel = plan[at + Pool.D_MODEL];
        int numbers = dModel + 1;
        int items = plan[at + Pool.PIECES] * numbers;
        for (int i = getGlobalId(0); i < items; i += getGlobalSize(0)) {
            int channel = i % numbers;
            int entry = plan[at + Pool.PIECE_TABLE] + i / numbers * Pool.PIECE_INTS;
            int first = plan[entry];
            int end = plan[entry + 1];
            float sum = 0f;
            if (plan[entry + 2] >= 0) {
                sum = given[plan[at + Pool.GIVEN] + plan[entry + 2] * plan[at + Pool.GIVEN_STRIDE] + channel];
            }
            int g = plan[at + Pool.G];
            if (channel == dModel) {
                for (int row = first; row < end; row++) {
                    sum += space[g + row];
                }
            } else {
                int x = plan[at + Pool.X] + channel;
                for (int row = first; row < end; row++) {
                    sum = fma(space[g + row], space[x + row * dModel], sum);
                }
            }
            results[plan[at + Pool.RESULT] + i] = sum;
        }
    }

    private void gather(int at) {
        int dModel = plan[at + Gather.D_MODEL];
        int numbers = plan[at + Gather.ROWS] * dModel;
        for (int i = getGlobalId(0); i < numbers; i += getGlobalSize(0)) {
            int row = plan[plan[at + Gather.ROW_TABLE] + i / dModel];
            space[plan[at + Gather.TARGET] + i] = space[plan[at + Gather.X] + row * dModel + i % dModel];
        }
    }

    private void score(int at) {
        int dModel = plan[at + Score.D_MODEL];
        int tiles = plan[at + Score.TILES];
        int rows = plan[at + Score.ROWS];
        for (int row = getGlobalId(0); row < rows; row += getGlobalSize(0)) {
            int sums = plan[at + Score.SUMS] + row * tiles * 2;
            float largest = space[sums];
            for (int i = 1; i < tiles; i++) {
                largest = max(largest, space[sums + 2 * i]);
            }
            float sum = 0f;
            for (int i = 0; i < tiles; i++) {
                sum = fma(space[sums + 2 * i + 1], exp(space[sums + 2 * i] - largest), sum);
            }
            int target = plan[at + Score.WEIGHT] + plan[plan[at + Score.TARGET_TABLE] + row];
            int hidden = plan[at + Score.HIDDEN] + row * dModel;
            float logit = 0f;
            for (int c = 0; c < dModel; c++) {
                logit = fma(space[hidden + c], weights[target + c * plan[at + Score.WEIGHT_STRIDE]], logit);
            }
            results[plan[at + Score.RESULT] + row] = logit - largest - log(sum);
        }
    }

    private void deliver(int at) {
        int count = plan[at + Deliver.COUNT];
        for (int i = getGlobalId(0); i < count; i += getGlobalSize(0)) {
            results[plan[at + Deliver.RESULT] + i] = space[plan[at + Deliver.FROM] + i];
        }
    }

    private void confirm(int at) {
        if (getGlobalId(0) == 0) {
            results[plan[at + Confirm.RESULT]] = space[plan[at + Confirm.EPOCH_PLACE]];
        }
    }
}
