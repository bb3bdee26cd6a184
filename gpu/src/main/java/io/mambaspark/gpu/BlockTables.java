package io.mambaspark.gpu;

import io.mambaspark.engine.Wanted;
import io.mambaspark.gpu.DeviceBlock.Portion;
import io.mambaspark.gpu.DeviceBlock.Share;
import io.mambaspark.gpu.Step.Convolve;
import io.mambaspark.gpu.Step.Pool;
import io.mambaspark.gpu.Step.Scan;
import java.util.function.Function;

/** What the steps of a block look up: its tokens, segments, chunks and pieces. */
final class BlockTables {
    final IntList tokens = new IntList();
    final IntList rows = new IntList();
    final IntList keepers = new IntList();
    final IntList chunks = new IntList();
    final IntList chains = new IntList();
    final IntList pieces = new IntList();
    final IntList hiddenRows = new IntList();
    final IntList logitRows = new IntList();
    final IntList scoredRows = new IntList();
    final IntList targets = new IntList();
    private int carried;

    /** The tables of {@code block}, whose longer segments are scanned in chunks of that many rows. */
    BlockTables(DeviceBlock block, int chunk) {
        for (Share share : block.shares) {
            addRows(share);
            addChunks(share, chunk);
            addPieces(share);
        }
        for (Portion portion : block.portions) {
            tokens.addAll(portion.call().tokens, portion.from(), portion.to());
            addWanted(portion, Wanted::hiddenRows, hiddenRows);
            addWanted(portion, Wanted::logitRows, logitRows);
            addWanted(portion, Wanted::scoredRows, scoredRows);
            addTargets(portion);
        }
    }

    private void addRows(Share share) {
        for (int i = 0; i < share.rows(); i++) {
            rows.add(share.row(), share.given());
        }
        if (share.kept() >= 0) {
            keepers.add(share.row(), share.rows(), share.given(), share.kept());
        }
    }

    private void addChunks(Share share, int chunk) {
        int end = share.row() + share.rows();
        boolean several = share.rows() > chunk;
        int first = carried;
        for (int row = share.row(); row < end; row += chunk) {
            chunks.add(row, Math.min(end, row + chunk), share.given(), share.kept(), several ? carried++ : -1);
        }
        if (several) {
            chains.add(first, carried - first, share.given(), share.kept());
        }
    }

    private void addPieces(Share share) {
        int[] cuts = share.segment().cuts();
        int from = share.from();
        int given = share.given();
        for (int cut = share.firstCut(); cut < share.endCut(); cut++) {
            addPiece(share, from, cuts[cut], given);
            from = cuts[cut];
            given = -1;
        }
        if (share.leavesPieceOpen()) {
            addPiece(share, from, share.to(), given);
        }
    }

    private void addPiece(Share share, int from, int to, int given) {
        int start = share.row() - share.from();
        pieces.add(start + from, start + to, given);
    }

    private static void addWanted(Portion portion, Function<Wanted, int[]> which, IntList rows) {
        for (int row : which.apply(portion.call().wanted)) {
            if (portion.has(row)) {
                rows.add(portion.row() + row - portion.from());
            }
        }
    }

    private void addTargets(Portion portion) {
        int[] scored = portion.call().wanted.scoredRows();
        for (int i = 0; i < scored.length; i++) {
            if (portion.has(scored[i])) {
                targets.add(portion.call().wanted.targets()[i]);
            }
        }
    }

    int keeperCount() {
        return keepers.size() / Convolve.KEEPER_INTS;
    }

    int chunkCount() {
        return chunks.size() / Scan.CHUNK_INTS;
    }

    int chainCount() {
        return chains.size() / Scan.CHAIN_INTS;
    }

    int pieceCount() {
        return pieces.size() / Pool.PIECE_INTS;
    }
}
