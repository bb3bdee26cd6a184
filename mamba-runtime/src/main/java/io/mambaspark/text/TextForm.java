package io.mambaspark.text;

/** What a unit of a text is. */
public enum TextForm {
    /** A sentence of running text, or what stands for one. */
    PROSE(false),
    /** A chapter line, or a heading with a number. Other headings only the whole document shows: {@link DocumentForm#isHeading}. */
    HEADING(false),
    /** A heading that is marked as one. */
    MARKED_HEADING(true),
    /** The first sentence of an item of a list. */
    LIST_ITEM(false),
    /** A line of a text that is set in lines. */
    LINE(false),
    /** A line of verse, or a sentence of it. */
    VERSE(false),
    /** A row of a table, or a rule. */
    TABLE_ROW(true),
    /** A line of a program or of data. */
    CODE(true),
    /** A line of a log, or the message of an exception. */
    LOG_LINE(true),
    /** A line of a stack trace that names a place in a program. */
    STACK_FRAME(true),
    /** A line at the head of a mail. */
    MAIL_HEADER(true),
    /** A quoted line of the mail that is answered. */
    QUOTED_REPLY(true),
    /** What an editor put beside the text: a footnote, the caption of a picture. */
    NOTE(false),
    /** An entry of a table of contents. */
    CONTENTS(false),
    /** Part of a licence, or of what publishers and transcribers add to a text. */
    LICENCE(false);

    private final boolean row;

    TextForm(boolean row) {
        this.row = row;
    }

    /** Whether it is a line of its own that is no running text. */
    public boolean isRow() {
        return row;
    }
}
