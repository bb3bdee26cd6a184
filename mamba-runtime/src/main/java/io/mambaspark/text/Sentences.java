package io.mambaspark.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.BreakIterator;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The sentences of one text: ICU's pieces without the white space around them, joined where one goes on. */
final class Sentences implements Iterator<Sentence> {
    private final String text;
    private final BreakIterator breaks;
    /** Where ICU's next piece starts. */
    private int pieceStart;
    /** The piece that is not handed out yet; empty behind the last one. */
    private int start;

    private int end;

    Sentences(String text, BreakIterator breaks) {
        this.text = text;
        this.breaks = breaks;
        pieceStart = breaks.first();
        readPiece();
    }

    @Override
    public boolean hasNext() {
        return start < end;
    }

    @Override
    public Sentence next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no sentence is left");
        }
        int sentenceStart = start;
        int sentenceEnd = end;
        readPiece();
        while (start < end && goesOn(sentenceEnd, start)) {
            sentenceEnd = end;
            readPiece();
        }
        return Sentence.of(text, sentenceStart, sentenceEnd);
    }

    /** Moves to the next piece that is not all white space. */
    private void readPiece() {
        start = end;
        for (int stop; start == end && (stop = breaks.next()) != BreakIterator.DONE; pieceStart = stop) {
            start = pieceStart;
            end = stop;
            trim();
        }
    }

    private void trim() {
        while (start < end && Words.isSpace(text.charAt(start))) {
            start++;
        }
        while (start < end && Words.isSpace(text.charAt(end - 1))) {
            end--;
        }
    }

    /** Whether the piece that starts at {@code next} belongs to the one that ends at {@code previous}. */
    private boolean goesOn(int previous, int next) {
        int lineBreaks = lineBreaks(previous, next);
        return (lineBreaks < 2 && UCharacter.isULowercase(text.codePointAt(next)))
                || (lineBreaks == 0 && Abbreviations.endsAt(text, previous));
    }

    /** The line breaks that ended a piece, counted up to 2, which is a blank line. */
    private int lineBreaks(int from, int to) {
        int lineBreaks = 0;
        for (int i = from; i < to && lineBreaks < 2; i++) {
            boolean secondOfTwo = i > from && text.charAt(i) == '\n' && text.charAt(i - 1) == '\r';
            lineBreaks += UnwrappedText.isLineBreak(text.charAt(i)) && !secondOfTwo ? 1 : 0;
        }
        return lineBreaks;
    }
}
