package io.mambaspark.text;

/**
 * What the text of a unit says about its form, in the bits of an int: documents have many units. Whether it is prose is decided by
 * its {@link DocumentForm}, which knows what the document uses.
 *
 * @param bits as {@link #bits()} of another
 */
public record UnitForm(int bits) {
    static final int END = 1;
    static final int LOWER = 1 << 1;
    static final int VERB = 1 << 2;
    static final int ALONE = 1 << 3;
    static final int TITLE_CASE = 1 << 4;
    static final int CAPITALS = 1 << 5;
    static final int ODD_QUOTES = 1 << 6;
    static final int INSIDE = 1 << 7;
    static final int DIALOGUE = 1 << 8;
    static final int DANGLING = 1 << 9;
    static final int FIRST = 1 << 10;
    static final int CANDIDATE = 1 << 11;
    static final int MAY_BE_PAGE_HEAD = 1 << 12;
    static final int INTERRUPTS = 1 << 13;
    /** Words of letters, up to {@link #MOST_WORDS}: rules look at small numbers only. */
    private static final int WORDS_SHIFT = 19;

    static final int MOST_WORDS = (1 << 12) - 1;

    private static final int FORM_SHIFT = 14;
    private static final int FORM_MASK = (1 << (WORDS_SHIFT - FORM_SHIFT)) - 1;
    private static final TextForm[] FORMS = TextForm.values();

    static UnitForm of(TextForm form, int flags, int latinWords) {
        return new UnitForm(flags | form.ordinal() << FORM_SHIFT | Math.min(latinWords, MOST_WORDS) << WORDS_SHIFT);
    }

    /** Of a unit of which nothing else is known. */
    public static UnitForm plain(boolean candidate) {
        return of(TextForm.PROSE, candidate ? CANDIDATE : 0, 0);
    }

    private boolean has(int flag) {
        return (bits & flag) != 0;
    }

    /** See {@link Sentence#candidate}. */
    public boolean candidate() {
        return has(CANDIDATE);
    }

    /** Whether it is a line that is no running text. */
    public boolean row() {
        return form().isRow();
    }

    /** What it is, as far as its block shows. */
    public TextForm form() {
        return FORMS[bits >>> FORM_SHIFT & FORM_MASK];
    }

    /** Whether it is a short paragraph, or stands at a page break: see {@link PageHeads}. */
    boolean mayBePageHead() {
        return has(MAY_BE_PAGE_HEAD);
    }

    /** Whether it stands at a page break, has a number, or comes in the middle of a sentence. */
    boolean interrupts() {
        return has(INTERRUPTS);
    }

    /** Whether it ends in an end mark. */
    public boolean end() {
        return has(END);
    }

    /** Whether it starts in lower case. */
    public boolean lower() {
        return has(LOWER);
    }

    /** Whether it has a verb that was recognised. */
    public boolean verb() {
        return has(VERB);
    }

    /** Whether it is a paragraph of its own. */
    public boolean alone() {
        return has(ALONE);
    }

    /** Whether its words start with capitals. */
    public boolean titleCase() {
        return has(TITLE_CASE);
    }

    /** Whether it is in capitals. */
    public boolean capitals() {
        return has(CAPITALS);
    }

    /** Whether its quotation marks do not close. */
    public boolean oddQuotes() {
        return has(ODD_QUOTES);
    }

    /** Whether it begins within a quotation. */
    public boolean inside() {
        return has(INSIDE);
    }

    /** Whether much of it is in quotation marks. */
    public boolean dialogue() {
        return has(DIALOGUE);
    }

    /** Whether it needs the unit before it. */
    public boolean dangling() {
        return has(DANGLING);
    }

    /** Whether it is the first of the document. */
    public boolean first() {
        return has(FIRST);
    }

    /** Words in the Latin alphabet. */
    public int latinWords() {
        return bits >>> WORDS_SHIFT;
    }
}
