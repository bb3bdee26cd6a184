package io.mambaspark.text;

/** A unit as it is printed: on one line, without the bullet before it. */
public final class OneLine {
    private static final String BULLETS = "-*+\u2022";

    private OneLine() {}

    /** {@code unit} with a blank for each line break and the white space around it. */
    public static String of(String unit) {
        String line = hasBreak(unit) ? joined(unit) : unit.strip();
        return line.substring(afterBullet(line, 0, line.length()));
    }

    /** Where {@code text.substring(start, end)} goes on after a bullet; {@code start} if it has none. */
    static int afterBullet(String text, int start, int end) {
        if (start + 1 >= end || BULLETS.indexOf(text.charAt(start)) < 0 || !Words.isSpace(text.charAt(start + 1))) {
            return start;
        }
        int after = start + 1;
        while (after < end && Words.isSpace(text.charAt(after))) {
            after++;
        }
        return after;
    }

    private static boolean hasBreak(String unit) {
        for (int i = 0; i < unit.length(); i++) {
            if (Lines.isBreak(unit.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static String joined(String unit) {
        StringBuilder line = new StringBuilder(unit.length());
        for (int i = 0; i < unit.length(); ) {
            int space = i;
            boolean lineBreak = false;
            while (space < unit.length() && Words.isSpace(unit.charAt(space))) {
                lineBreak |= Lines.isBreak(unit.charAt(space));
                space++;
            }
            if (lineBreak) {
                line.append(' ');
                i = space;
            } else if (space > i) {
                line.append(unit, i, space);
                i = space;
            } else {
                line.append(unit.charAt(i++));
            }
        }
        return line.toString().strip();
    }
}
