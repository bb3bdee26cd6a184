package io.mambaspark.gpu;

/** Where what a block gives back lies in {@code results}. */
final class ResultLayout {
    static final int EPOCH = 0;

    /** Σ g h and Σ g of each piece. */
    final int pieces;
    /** The states that are kept. */
    final int states;

    final int hidden;
    final int logits;
    final int scores;
    final int floats;

    ResultLayout(DeviceShape shape, DeviceBlock block, BlockTables tables) {
        long place = 1;
        pieces = (int) place;
        place += (long) tables.pieceCount() * shape.pieceWidth();
        states = (int) place;
        place += (long) block.kept * shape.state();
        hidden = (int) place;
        place += (long) tables.hiddenRows.size() * shape.dModel();
        logits = (int) place;
        place += (long) tables.logitRows.size() * shape.config().vocabSize();
        scores = (int) place;
        place += tables.scoredRows.size();
        if (place > MemoryPlan.MOST_FLOATS) {
            throw GpuException.results(place * Float.BYTES, tables.logitRows.size());
        }
        floats = (int) place;
    }
}
