package io.mambaspark.text;

import java.util.Random;

/** Strings of what breaks tokenizers: pairs, combining marks, emoji, controls, scripts from right to left. */
final class RandomUnicode {
    /** First and last code points, both inclusive. */
    private static final int[][] RANGES = {
        {'a', 'z'},
        {'a', 'z'},
        {'A', 'Z'},
        {'0', '9'},
        {' ', ' '},
        {' ', ' '},
        {' ', '/'},
        {0x00, 0x1F},
        {0x7F, 0xA0},
        {0xA0, 0xFF},
        {0x100, 0x24F},
        {0x300, 0x36F},
        {0x370, 0x3FF},
        {0x400, 0x4FF},
        {0x590, 0x5FF},
        {0x600, 0x6FF},
        {0x900, 0x97F},
        {0x1100, 0x11FF},
        {0x2000, 0x206F},
        {0x2150, 0x218F},
        {0x2460, 0x24FF},
        {0x3000, 0x30FF},
        {0x4E00, 0x9FFF},
        {0xAC00, 0xD7A3},
        {0xFB00, 0xFDFF},
        {0xFE00, 0xFE0F},
        {0xFF00, 0xFFFF},
        {0x10000, 0x1013F},
        {0x1D400, 0x1D7FF},
        {0x1F1E6, 0x1F1FF},
        {0x1F300, 0x1F64F},
        {0x1F900, 0x1F9FF},
        {0x20000, 0x2A6DF},
        {0xE0100, 0xE01EF},
    };

    private static final String[] PIECES = {
        "'s", "'re", "'ll", "'", "  ", "   ", "\n", "\n\n", "\r\n", "\t", "\u200D", "\u2026", "\u0130", "e\u0301",
        " the", "!?", "..."
    };

    private final Random random;

    RandomUnicode(Random random) {
        this.random = random;
    }

    /** Well-formed, up to 80 pieces, in stretches of one script as real text is. */
    String next() {
        StringBuilder text = new StringBuilder();
        int[] range = RANGES[0];
        for (int i = random.nextInt(80); i > 0; i--) {
            if (random.nextInt(4) == 0) {
                range = RANGES[random.nextInt(RANGES.length)];
            }
            if (random.nextInt(8) == 0) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            } else {
                text.appendCodePoint(range[0] + random.nextInt(range[1] - range[0] + 1));
            }
        }
        return text.toString();
    }
}
