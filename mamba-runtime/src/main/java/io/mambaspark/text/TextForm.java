package io.mambaspark.text;

/** What a unit of a text is. */
public enum TextForm {
    /** A sentence of running text, or what stands for one. */
    PROSE(false),
    /** A heading that is marked as one. */
    HEADING(true),
    /** The first sentence of an item of a list. */
    LIST_ITEM(false),
    /** A line of verse, or of another text that is set in lines. */
    VERSE(false),
    /** A row of a table, or a rule. */
    TABLE_ROW(true),
    /** A line of a program or of data. */
    CODE(true),
    /** A line of a log. */
    LOG_LINE(true),
    /** A line of a stack trace. */
    STACK_FRAME(true),
    /** A line at the head of a mail. */
    MAIL_HEADER(true),
    /** A quoted line of the mail that is answered. */
    QUOTED_REPLY(true);

    private final boolean row;

    TextForm(boolean row) {
        this.row = row;
    }

    /** Whether it is a line of its own that is no running text. */
    public boolean isRow() {
        return row;
    }
}
