package io.mambaspark.gpu;

/**
 * The steps that the device knows, and where their operands are: a step is {@link #INTS} ints in {@code plan}, the first
 * of which says what to do. Places in {@code space}, {@code weights}, {@code given} and {@code results} are indices of
 * floats, tables are places in {@code plan}.
 */
final class Step {
    static final int INTS = 20;

    static final int EMBED = 1;
    static final int SCALE = 2;
    static final int WIDE_PRODUCT = 3;
    static final int NARROW_PRODUCT = 4;
    static final int CONVOLVE = 5;
    static final int SCAN_CHUNKS = 6;
    static final int SCAN_CARRY = 7;
    static final int SCAN_OUTPUT = 8;
    static final int FINISH = 9;
    static final int POOL = 10;
    static final int GATHER = 11;
    static final int SCORE = 12;
    static final int DELIVER = 13;
    static final int CONFIRM = 14;

    private Step() {}

    /** x[row] = the embedding of the row's token; marks the epoch. */
    static final class Embed {
        static final int TOKENS = 1;
        static final int ROWS = 2;
        static final int D_MODEL = 3;
        static final int X = 4;
        static final int WEIGHT = 5;
        static final int TOKEN_STRIDE = 6;
        static final int CHANNEL_STRIDE = 7;
        static final int EPOCH_PLACE = 8;
        static final int EPOCH = 9;

        private Embed() {}
    }

    /** scale[row] = 1 / √(mean(x[row]²) + ε). */
    static final class Scale {
        static final int X = 1;
        static final int ROWS = 2;
        static final int D_MODEL = 3;
        static final int EPSILON = 4;
        static final int SCALE = 5;

        private Scale() {}
    }

    /** c = a Wᵀ, with something done to each number of c on its way to memory. */
    static final class Product {
        static final int A = 1;
        static final int A_STRIDE = 2;
        static final int WEIGHT = 3;
        static final int WEIGHT_STRIDE = 4;
        static final int C = 5;
        static final int C_STRIDE = 6;
        static final int ROWS = 7;
        static final int OUTPUTS = 8;
        static final int INPUTS = 9;
        static final int ENDING = 10;
        static final int OPERAND = 11;

        /** c. */
        static final int PLAIN = 0;
        /** c times the operand of its row, in {@code space}. */
        static final int SCALED = 1;
        /** c added to what is there. */
        static final int ADDED = 2;
        /** softplus(c + the operand of its output), in {@code weights}. */
        static final int SOFTPLUS = 3;
        /** Of each row and tile of outputs, the largest c and Σ exp(c - largest), side by side. */
        static final int SUMMED = 4;

        private Product() {}
    }

    /** u = silu(causal convolution of x'); keeps the last inputs of documents that go on. */
    static final class Convolve {
        static final int XZ = 1;
        static final int XZ_STRIDE = 2;
        static final int D_INNER = 3;
        static final int TAPS = 4;
        static final int WEIGHT = 5;
        static final int BIAS = 6;
        static final int U = 7;
        static final int ROWS = 8;
        /** Of each row: the first row of its segment, the slot of its segment's state in {@code given} or -1. */
        static final int ROW_TABLE = 9;

        static final int GIVEN = 10;
        static final int GIVEN_STRIDE = 11;
        static final int KEPT = 12;
        static final int KEPT_STRIDE = 13;
        static final int KEEPERS = 14;
        /** Of each segment whose state is kept: first row, rows, slot in {@code given} or -1, slot in the kept. */
        static final int KEEPER_TABLE = 15;

        static final int KEEPER_INTS = 4;

        private Convolve() {}
    }

    /** The selective scan, chunk by chunk; the three steps have the same operands. */
    static final class Scan {
        static final int CHUNKS = 1;
        /** Of each chunk: first row, row behind the last, slot in {@code given} or -1, slot in the kept or -1, slot among the carried or -1. */
        static final int CHUNK_TABLE = 2;

        static final int D_INNER = 3;
        static final int Z = 4;
        static final int Z_STRIDE = 5;
        static final int U = 6;
        static final int DELTA = 7;
        static final int BC = 8;
        static final int BC_STRIDE = 9;
        static final int A = 10;
        static final int SKIP = 11;
        static final int CARRIED = 12;
        static final int STEP_SUMS = 13;
        static final int GIVEN = 14;
        static final int GIVEN_STRIDE = 15;
        static final int KEPT = 16;
        static final int KEPT_STRIDE = 17;
        static final int CHAINS = 18;
        /** Of each segment of several chunks: its first slot among the carried, how many, slot in {@code given} or -1, in the kept or -1. */
        static final int CHAIN_TABLE = 19;

        static final int CHUNK_INTS = 5;
        static final int CHAIN_INTS = 4;

        private Scan() {}
    }

    /** The final norm, in place, and the share g of each row in its piece. */
    static final class Finish {
        static final int X = 1;
        static final int ROWS = 2;
        static final int D_MODEL = 3;
        static final int EPSILON = 4;
        static final int NORM = 5;
        static final int G = 6;
        /** d_model weights and a bias, or -1 if every row counts 1. */
        static final int GATE = 7;

        private Finish() {}
    }

    /** Of each piece Σ g x and Σ g. */
    static final class Pool {
        static final int X = 1;
        static final int G = 2;
        static final int D_MODEL = 3;
        static final int PIECES = 4;
        /** Of each piece: first row, row behind the last, slot in {@code given} of the sums to go on from or -1. */
        static final int PIECE_TABLE = 5;

        static final int GIVEN = 6;
        static final int GIVEN_STRIDE = 7;
        static final int RESULT = 8;
        static final int PIECE_INTS = 3;

        private Pool() {}
    }

    /** Copies chosen rows of x together. */
    static final class Gather {
        static final int X = 1;
        static final int D_MODEL = 2;
        static final int ROWS = 3;
        static final int ROW_TABLE = 4;
        static final int TARGET = 5;

        private Gather() {}
    }

    /** The log-probability of each row's target, from the sums of a {@link Product#SUMMED} product. */
    static final class Score {
        static final int HIDDEN = 1;
        static final int D_MODEL = 2;
        static final int ROWS = 3;
        static final int TARGET_TABLE = 4;
        static final int SUMS = 5;
        static final int TILES = 6;
        static final int WEIGHT = 7;
        static final int WEIGHT_STRIDE = 8;
        static final int RESULT = 9;

        private Score() {}
    }

    /** Copies from {@code space} to {@code results}. */
    static final class Deliver {
        static final int FROM = 1;
        static final int COUNT = 2;
        static final int RESULT = 3;

        private Deliver() {}
    }

    /** Copies the epoch that {@link Embed} marked to {@code results}. */
    static final class Confirm {
        static final int EPOCH_PLACE = 1;
        static final int RESULT = 2;

        private Confirm() {}
    }
}
