package io.mambaspark.text;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The units of one text, in order. A line that is no running text is one; the other lines make blocks, which a blank line, such a
 * line or the next item of a list ends, and a block is split into sentences, or into its lines where it has none. Nothing is kept
 * but the place of the block at hand.
 */
final class Units implements Iterator<Sentence> {
    private final String text;
    private final UnitRules rules;
    private final LineForms forms;
    /** Null for readers that know no forms. */
    private final BlockForms blocks;

    private final Lines lines;
    private final Lines ahead;
    private boolean anyAhead;
    private int commasBefore;
    private int commas;
    private boolean inCode;
    /** Whether sentences start with capitals here: whether the text has some. */
    private Boolean usesCapitals;

    /** The block that is read, or split. */
    private int blockStart = -1;

    private int blockEnd;
    private int blockLines;
    private int firstLineEnd;
    /** Of its first unit, and of the others. */
    private TextForm blockForm = TextForm.PROSE;

    private TextForm restForm = TextForm.PROSE;
    /** Where its first line ends, if that is a heading; -1 if not. */
    private int headingEnd = -1;

    private TextForm nextForm = TextForm.PROSE;
    private SentenceEnds sentences;
    private Lines ofLines;

    private Sentence row;
    private Sentence following;

    Units(String text, UnitRules rules) {
        this.text = text;
        this.rules = rules;
        this.forms = new LineForms(text, rules);
        this.blocks = rules.rows().isEmpty() ? null : new BlockForms(text);
        this.lines = new Lines(text, 0, text.length());
        this.ahead = new Lines(text, 0, text.length());
        anyAhead = ahead.next();
        commas = commasAhead();
        following = read();
        if (following == null) {
            following = whole();
        }
    }

    /** A text of nothing but marks around code is one unit: no text is without any. */
    private Sentence whole() {
        Lines all = new Lines(text, 0, text.length());
        int start = -1;
        int end = 0;
        while (all.next()) {
            start = start < 0 && !all.isBlank() ? all.start : start;
            end = all.isBlank() ? end : all.stop;
        }
        return start < 0 ? null : unit(start, end, TextForm.CODE);
    }

    @Override
    public boolean hasNext() {
        return following != null;
    }

    @Override
    public Sentence next() {
        if (following == null) {
            throw new NoSuchElementException("no sentence is left");
        }
        Sentence next = following;
        following = read();
        return next;
    }

    private Sentence read() {
        while (true) {
            Sentence ofBlock = ofBlock();
            if (ofBlock != null) {
                return ofBlock;
            }
            if (row != null) {
                Sentence next = row;
                row = null;
                return next;
            }
            if (!readLine()) {
                return null;
            }
        }
    }

    /** The next unit of the block that is split; null if it has no more. */
    private Sentence ofBlock() {
        if (sentences != null) {
            if (sentences.next()) {
                TextForm form = sentences.end() == headingEnd ? TextForm.HEADING : blockForm;
                blockForm = restForm;
                return unit(sentences.start(), sentences.end(), form);
            }
            sentences = null;
        }
        while (ofLines != null) {
            if (!ofLines.next()) {
                ofLines = null;
            } else if (!ofLines.isBlank()) {
                return unit(ofLines.start, ofLines.stop, restForm);
            }
        }
        return null;
    }

    /** Reads a line, and splits the block that it ends; false at the end of the text. */
    private boolean readLine() {
        if (!lines.next()) {
            return flush();
        }
        anyAhead = ahead.next();
        int commasAhead = commasAhead();
        boolean csv = commas >= rules.csvLeastCommas() && (commas == commasBefore || commas == commasAhead);
        commasBefore = commas;
        commas = commasAhead;
        if (forms.isFence(lines)) {
            flush();
            inCode = !inCode;
        } else if (lines.isBlank()) {
            flush();
        } else {
            TextForm form = inCode ? TextForm.CODE : csv ? TextForm.TABLE_ROW : forms.of(lines);
            if (form.isRow()) {
                flush();
                row = unit(lines.start, lines.stop, form);
            } else {
                addToBlock();
            }
        }
        return true;
    }

    private int commasAhead() {
        return anyAhead && rules.csvLeastCommas() != Integer.MAX_VALUE ? forms.commas(ahead) : 0;
    }

    private void addToBlock() {
        boolean bullet = forms.isBullet(lines);
        if (bullet) {
            flush();
        }
        if (blockStart < 0) {
            blockStart = lines.start;
            blockLines = 0;
            firstLineEnd = lines.stop;
            nextForm = bullet ? TextForm.LIST_ITEM : TextForm.PROSE;
        }
        blockEnd = lines.stop;
        blockLines++;
    }

    /** Ends the block; false if there is none. */
    private boolean flush() {
        if (blockStart < 0) {
            return false;
        }
        restForm = blocks == null ? TextForm.PROSE : blocks.of(blockStart, blockEnd, blockLines);
        blockForm = restForm == TextForm.PROSE ? nextForm : restForm;
        boolean heading = blocks != null
                && restForm == TextForm.PROSE
                && blockLines > 1
                && blocks.isHeading(blockStart, firstLineEnd);
        headingEnd = heading ? firstLineEnd : -1;
        if (blockLines >= rules.lineBlockLines() && hasFewSentences()) {
            ofLines = new Lines(text, blockStart, blockEnd);
            restForm = restForm == TextForm.PROSE ? TextForm.LINE : restForm;
        } else {
            boolean fewLines = rules.lineBlockLines() != Integer.MAX_VALUE && blockLines < rules.lineBlockLines();
            sentences = new SentenceEnds(text, blockStart, blockEnd, usesCapitals(), fewLines);
        }
        blockStart = -1;
        return true;
    }

    private boolean hasFewSentences() {
        long ends = 0;
        for (int i = blockStart; i < blockEnd; i++) {
            if (SentenceEnds.isCountedMark(text.charAt(i))) {
                int after = i + 1;
                while (after < blockEnd && "\"')]\u201D\u2019".indexOf(text.charAt(after)) >= 0) {
                    after++;
                }
                ends += after == blockEnd || Words.isSpace(text.charAt(after)) ? 1 : 0;
                i = after - 1;
            }
        }
        return ends * rules.wordsPerEnd() < rules.words().count(text, blockStart, blockEnd);
    }

    private boolean usesCapitals() {
        if (usesCapitals == null) {
            usesCapitals = rules.fewCapitalsShare() == 0 || Letters.capitalsShare(text) >= rules.fewCapitalsShare();
        }
        return usesCapitals;
    }

    private Sentence unit(int start, int end, TextForm form) {
        int words = rules.words().count(text, start, end);
        return new Sentence(new Span(start, end), words, words >= rules.leastWords(), form);
    }
}
