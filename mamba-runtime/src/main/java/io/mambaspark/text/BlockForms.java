package io.mambaspark.text;

import java.util.Locale;

/**
 * Tells headings with a number, contents, verse and licences from running text, by the block that they make: lines without a blank
 * one between them. For one text and thread, its blocks in order.
 */
final class BlockForms {
    private static final String NUMBER =
            "(\\d{1,4}|[ivxlc]{1,7}|(the )?(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second|third"
                    + "|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last))";
    private static final String DIVISION =
            "(chapter|book|part|volume|canto|act|scene|stave|section|article|appendix|letter)";
    /** "Chapter IV", "Book the Second: The Golden Thread"; not "Book I read yesterday". */
    private static final LinePattern CHAPTER = LinePattern.of(
            "(?i)" + DIVISION + " +" + NUMBER + "\\s*([.:\u2014\u2013-]+(\\s+.{0,100}[^.!?:;,\\s])?)?\\s*$");

    private static final LinePattern NAMED =
            LinePattern.of("(?i)(preface|prologue|epilogue|foreword|afterword|introduction|conclusion"
                    + "|abstract|acknowledge?ments?|bibliography|references|glossary|appendix)\\.?\\s*$");
    /** "2.1 Methods" */
    private static final LinePattern NUMBERED =
            LinePattern.of("(\\d{1,2}(\\.\\d{1,2}){0,4}\\.?|[IVX]{1,5}\\.)\\s+[A-Z][^.!?:;|]{1,80}[^.!?:;,|\\s]\\s*$");

    /** "[Footnote 3: See page 1.]" */
    private static final LinePattern NOTE = LinePattern.of(
            "(?i)\\s*[\\[(](footnote|sidenote|illustration|editor'?s note|note)\\b[^\\])]{0,40}[:.\\])]");

    private static final LinePattern CONTENTS = LinePattern.of("(?i)(table of )?contents\\s*[.:]?\\s*$");
    /** An entry of contents: with a page, or a chapter. */
    private static final LinePattern WITH_PAGE =
            LinePattern.of("(?i).*\\S\\s*(\\.{3,}|(\\. ){3,}|\\s{3,}|\\t)\\s*(\\d{1,4}|[ivxlc]{1,7})\\s*$");

    private static final LinePattern CHAPTER_ENTRY = LinePattern.of("(?i)" + DIVISION + " +" + NUMBER + "(\\W|$)");

    private static final LinePattern LICENCE = LinePattern.of(
            "(?is)project gutenberg(-tm|\u2122)?('s)? (e-?books?|e-?texts?|licen[cs]e"
                    + "|literary archive|electronic works?|is a registered)"
                    + "|this e-?(book|text) is for the use of anyone anywhere"
                    + "|pgdp\\.net|distributed\\s+proofread(ing|ers)|e-?text was produced from"
                    + "|permission is hereby granted, free of charge|redistribution and use in source and binary forms");
    private static final LinePattern SHORT_LICENCE = LinePattern.of(
            "(?is)\\W*(copyright\\W*(\\(c\\)|\u00A9)?|\\(c\\)|\u00A9)\\W*\\d{4}|.*\\ball rights reserved\\b|\\W*transcriber'?s note"
                    + "|\\W*entered (at the post office|according to act of congress)");
    private static final int SHORT_LICENCE_LINES = 8;
    /** A longer block is a text that has a note of its publisher in it. */
    private static final int LONGEST_LICENCE = 2_000;

    private static final LinePattern END_OF_BOOK = LinePattern.of("(?i)\\W*end of (th(e|is) )?project gutenberg");

    /** What is before it was added by the publisher. */
    private static final String START_OF_BOOK = "*** START OF TH";
    /** As far as such a preface goes. */
    private static final int LONGEST_PREFACE = 20_000;

    private static final int LEAST_ENTRIES = 3;
    private static final int LONGEST_ENTRY = 200;
    private static final int LEAST_VERSES = 4;
    private static final int LONGEST_VERSE = 60;

    private final String text;
    private final LinePattern.Line chars;
    private final int bookStart;
    private boolean afterBook;
    private boolean inContents;
    /** The words of the first entry of the contents: where they come again, the contents are over. */
    private String firstEntry = "";

    BlockForms(String text) {
        this.text = text;
        this.chars = new LinePattern.Line(text);
        int marker = text.substring(0, Math.min(text.length(), LONGEST_PREFACE)).indexOf(START_OF_BOOK);
        this.bookStart = Math.max(0, marker);
    }

    /** What all units of a block are; PROSE if it is running text, or nothing special. */
    TextForm of(int start, int end, int lines) {
        if (isLicence(start, end, lines)) {
            return TextForm.LICENCE;
        } else if (NOTE.startsWith(chars.set(start, end))) {
            return TextForm.NOTE;
        } else if (isContents(start, end, lines)) {
            return TextForm.CONTENTS;
        } else if (lines == 1 && isHeading(start, end)) {
            return TextForm.HEADING;
        }
        return isVerse(start, end, lines) ? TextForm.VERSE : TextForm.PROSE;
    }

    /** Whether a line is a chapter line, or a heading with a number. */
    boolean isHeading(int start, int end) {
        if (end - start > LONGEST_ENTRY) {
            return false;
        }
        chars.set(start, end);
        return CHAPTER.startsWith(chars) || NAMED.startsWith(chars) || NUMBERED.startsWith(chars);
    }

    private boolean isLicence(int start, int end, int lines) {
        chars.set(start, end);
        afterBook |= END_OF_BOOK.startsWith(chars);
        return afterBook
                || end <= bookStart
                || (end - start <= LONGEST_LICENCE && LICENCE.isIn(chars))
                || (lines <= SHORT_LICENCE_LINES && SHORT_LICENCE.startsWith(chars));
    }

    private boolean isContents(int start, int end, int lines) {
        Lines first = new Lines(text, start, end);
        first.next();
        if (first.stop - first.start > LONGEST_ENTRY) {
            inContents = false;
            return false;
        }
        if (CONTENTS.startsWith(chars.set(first.start, first.stop))) {
            inContents = true;
            firstEntry = "";
            return true;
        }
        boolean listed = lines >= LEAST_ENTRIES && entries(start, end) * 4 >= lines * 3;
        if (inContents) {
            String entry = words(first);
            boolean again = !firstEntry.isEmpty() && isStart(firstEntry, entry);
            inContents = !again && (listed || !endsInMark(end));
            firstEntry = firstEntry.isEmpty() ? entry : firstEntry;
        }
        return inContents || listed;
    }

    private int entries(int start, int end) {
        int entries = 0;
        for (Lines each = new Lines(text, start, end); each.next(); ) {
            if (each.stop - each.start <= LONGEST_ENTRY) {
                chars.set(each.start, each.stop);
                entries += WITH_PAGE.startsWith(chars) || CHAPTER_ENTRY.startsWith(chars) ? 1 : 0;
            }
        }
        return entries;
    }

    private String words(Lines line) {
        return text.substring(line.start, line.stop)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\W+", " ")
                .strip();
    }

    /** Whether one of two headings begins with the words of the other. */
    private static boolean isStart(String a, String b) {
        return (a + " ").startsWith(b + " ") || (b + " ").startsWith(a + " ");
    }

    private boolean endsInMark(int end) {
        int i = end - 1;
        while (i > 0 && "\"')]_*\u201D\u2019".indexOf(text.charAt(i)) >= 0) {
            i--;
        }
        return SentenceEnds.isCountedMark(text.charAt(i));
    }

    /** Lines that are short, and start with a capital although the line before has no end. */
    private boolean isVerse(int start, int end, int lines) {
        if (lines < LEAST_VERSES) {
            return false;
        }
        Lines each = new Lines(text, start, end);
        int capitals = 0;
        int unended = 0;
        int titles = 0;
        boolean open = false;
        while (each.next()) {
            if (each.stop - each.start > LONGEST_VERSE || isSpeaker(each)) {
                return false;
            }
            boolean capital = startsWithCapital(each);
            capitals += capital ? 1 : 0;
            unended += open && capital ? 1 : 0;
            titles += isTitle(each) ? 1 : 0;
            open = !endsInMark(each.stop);
        }
        return capitals * 4 >= lines * 3 && unended * 2 >= lines && titles * 2 < lines;
    }

    private boolean startsWithCapital(Lines line) {
        int i = line.start;
        while (i < line.stop && "\"'(_\u201C\u2018".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i < line.stop && Letters.isUpper(text.codePointAt(i));
    }

    /** "Ann: are you there" */
    private boolean isSpeaker(Lines line) {
        int colon = text.indexOf(':', line.start);
        return colon >= 0 && colon + 1 < line.stop && Words.isSpace(text.charAt(colon + 1));
    }

    /** Of fewer than three words, or with a capital in half of those after the first: a name, an address, a title. */
    private boolean isTitle(Lines line) {
        int words = 0;
        int capitals = 0;
        for (int i = line.start; i < line.stop; i++) {
            if (i == line.start || Words.isSpace(text.charAt(i - 1))) {
                words++;
                capitals += words > 1 && !Letters.isLower(text.charAt(i)) && !Words.isSpace(text.charAt(i)) ? 1 : 0;
            }
        }
        return words < 3 || capitals * 2 >= words - 1;
    }
}
