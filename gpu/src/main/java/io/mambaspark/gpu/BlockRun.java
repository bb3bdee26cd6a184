package io.mambaspark.gpu;

import io.mambaspark.engine.ReadingState;
import io.mambaspark.gpu.DeviceBlock.Portion;
import io.mambaspark.gpu.DeviceBlock.Share;
import java.util.Arrays;

/** Takes one block to the device and what it says back to the calls that are in it. */
final class BlockRun {
    private final GpuDevice device;
    private final DeviceWeights weights;
    private final DeviceShape shape;
    private final SpaceLayout space;
    private final Tuning tuning;

    BlockRun(GpuDevice device, DeviceWeights weights, SpaceLayout space, Tuning tuning) {
        this.device = device;
        this.tuning = tuning;
        this.weights = weights;
        this.shape = weights.shape();
        this.space = space;
    }

    void run(DeviceBlock block) {
        float[] given = device.given(block.given * shape.given());
        for (Share share : block.shares) {
            if (share.given() >= 0) {
                StateCopy.toDevice(shape, share.segment().state(), given, share.given() * shape.given());
            }
        }
        int epoch = device.nextEpoch();
        Program program = new Program(weights, space, tuning, block, epoch);
        float[] results = device.run(program.steps(), block.rows, epoch);
        answerWanted(block, program.results, results);
        answerShares(block, program.results, results);
    }

    private void answerWanted(DeviceBlock block, ResultLayout layout, float[] results) {
        int vocabulary = shape.config().vocabSize();
        int hidden = layout.hidden;
        int logits = layout.logits;
        int scores = layout.scores;
        for (Portion portion : block.portions) {
            Call call = portion.call();
            for (int i : within(portion, call.wanted.hiddenRows())) {
                call.hidden(i, results, hidden);
                hidden += shape.dModel();
            }
            for (int i : within(portion, call.wanted.logitRows())) {
                call.logits(i, results, logits, vocabulary);
                logits += vocabulary;
            }
            for (int i : within(portion, call.wanted.scoredRows())) {
                call.logProbability(i, results[scores]);
                scores++;
            }
        }
    }

    /** Which of the wanted rows lie in that portion. */
    private static int[] within(Portion portion, int[] rows) {
        int[] found = new int[rows.length];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            if (portion.has(rows[i])) {
                found[count++] = i;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private void answerShares(DeviceBlock block, ResultLayout layout, float[] results) {
        int piece = layout.pieces;
        for (Share share : block.shares) {
            ReadingState state = share.segment().state();
            for (int cut = share.firstCut(); cut < share.endCut(); cut++) {
                share.call().piece(share.index(), cut, results, piece);
                piece += shape.pieceWidth();
            }
            if (share.leavesPieceOpen()) {
                System.arraycopy(results, piece, state.pieceSum(), 0, shape.dModel());
                state.pieceWeight(results[piece + shape.dModel()]);
                piece += shape.pieceWidth();
            }
            if (share.kept() >= 0) {
                StateCopy.fromDevice(shape, results, layout.states + share.kept() * shape.state(), state);
            }
            state.advance(share.rows());
            if (share.ends()) {
                share.call().segmentRead();
            }
        }
    }
}
