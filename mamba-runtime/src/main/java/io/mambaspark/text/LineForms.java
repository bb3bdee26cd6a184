package io.mambaspark.text;

/** Tells lines of tables, code, logs and mails from lines of running text. For one text and thread. */
final class LineForms {
    private static final LinePattern STACK_FRAME =
            LinePattern.of("\\s*(at [\\w.$<>]+\\(|Traceback |File \"|\\.{3} \\d+ more)");
    private static final LinePattern LOG_LINE = LinePattern.of(
            "\\s*\\[?(\\d{4}-\\d\\d-\\d\\d|\\d\\d:\\d\\d:\\d\\d|[A-Z][a-z]{2} +\\d+ |TRACE|DEBUG|INFO|WARN|ERROR|FATAL"
                    + "|[\\w.$]+(Exception|Error)(:|\\s*$)|Caused by:|Exception in thread)");
    private static final LinePattern MAIL_HEADER = LinePattern.of("[A-Z][\\w-]*: ");
    private static final LinePattern TABLE_ROW =
            LinePattern.of("[^|]*\\|[^|]*\\||[^\\t]*\\t[^\\t]*\\t|[\\s|+=*_~:-]{3,}$");

    private final String text;
    private final UnitRules rules;
    private final LinePattern.Line chars;

    LineForms(String text, UnitRules rules) {
        this.text = text;
        this.rules = rules;
        this.chars = new LinePattern.Line(text);
    }

    /** The form of a line that is a unit of its own; PROSE for any other. */
    TextForm of(Lines line) {
        chars.set(line.from, line.to);
        for (LinePattern row : rules.rows()) {
            if (row.startsWith(chars)) {
                return rowForm(line);
            }
        }
        return rules.heading() != null && rules.heading().startsWith(chars) ? TextForm.MARKED_HEADING : TextForm.PROSE;
    }

    private TextForm rowForm(Lines line) {
        if (text.charAt(line.start) == '>' && !text.startsWith(">>>", line.start)) {
            return TextForm.QUOTED_REPLY;
        } else if (STACK_FRAME.startsWith(chars)) {
            return TextForm.STACK_FRAME;
        } else if (LOG_LINE.startsWith(chars)) {
            return TextForm.LOG_LINE;
        } else if (MAIL_HEADER.startsWith(chars)) {
            return TextForm.MAIL_HEADER;
        }
        return TABLE_ROW.startsWith(chars) ? TextForm.TABLE_ROW : TextForm.CODE;
    }

    boolean isFence(Lines line) {
        return rules.fence() != null && rules.fence().startsWith(chars.set(line.from, line.to));
    }

    boolean isBullet(Lines line) {
        return rules.bullet() != null && rules.bullet().startsWith(chars.set(line.from, line.to));
    }

    /** The commas of a line of comma-separated values, in which no blank comes after a comma; 0 for other lines. */
    int commas(Lines line) {
        int commas = 0;
        for (int i = line.from; i < line.to; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                int close = text.indexOf('"', i + 1);
                if (close < 0 || close >= line.to) {
                    return commas + commasWithoutQuotes(i + 1, line.to, commas);
                }
                i = close;
            } else if (c == ',' && i + 1 < line.to) {
                if (text.charAt(i + 1) == ' ') {
                    return 0;
                }
                commas += Words.isSpace(text.charAt(i + 1)) ? 0 : 1;
            }
        }
        return commas;
    }

    /** After a quotation mark that is not closed. What it returns is added to {@code before}. */
    private int commasWithoutQuotes(int from, int to, int before) {
        int commas = 0;
        for (int i = from; i < to - 1; i++) {
            if (text.charAt(i) == ',') {
                if (text.charAt(i + 1) == ' ') {
                    return -before;
                }
                commas += Words.isSpace(text.charAt(i + 1)) ? 0 : 1;
            }
        }
        return commas;
    }
}
