package io.mambaspark.reading;

import io.mambaspark.text.ReaderText;
import io.mambaspark.text.Sentence;
import io.mambaspark.text.SentenceSplitter;
import io.mambaspark.text.Span;
import io.mambaspark.text.TextForm;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.Queue;

/**
 * Cuts the tokens of a document where sentences start and end, and every {@value Passages#TARGET_TOKENS} tokens within a
 * sentence; a token belongs to the sentence in which its last character lies. Tokens and sentences advance together:
 * nothing but the text is as long as the document.
 */
final class TextPieces {
    private final ReaderText text;
    private final LookAhead tokens;
    private final Iterator<Sentence> sentences;
    private final OptionalInt marker;
    private final Queue<Piece> awaited = new ArrayDeque<>();

    private Sentence sentence;
    private boolean inSentence;
    private int sinceCut;
    private int partStart;
    private int lastEnd;
    private boolean begun;
    private long given;

    /**
     * What a cut closes.
     *
     * @param sentence null for what lies between sentences
     * @param start    first character
     * @param end      behind the last character
     * @param last     true if the sentence ends here
     * @param marker   true for the marker before the document, which is not pooled
     */
    record Piece(Sentence sentence, int start, int end, int tokens, boolean last, boolean marker) {}

    /** Cuts a text that begins with {@code marker}, if there is one. */
    TextPieces(MambaModel model, Document document, ReaderText text, OptionalInt marker) {
        this.text = text;
        this.tokens = new LookAhead(model.tokenizer().tokens(text));
        this.sentences = document.sentences() == null
                ? new SentenceSplitter(model.profile().units()).split(document.text())
                : given(model, document);
        this.marker = marker;
    }

    private static Iterator<Sentence> given(MambaModel model, Document document) {
        Iterator<Span> spans = document.sentences().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return spans.hasNext();
            }

            @Override
            public Sentence next() {
                Span span = spans.next();
                return new Sentence(
                        span,
                        model.profile().units().words().count(document.text(), span.start(), span.end()),
                        true,
                        TextForm.PROSE);
            }
        };
    }

    /** Gives the next tokens with the cuts among them. */
    void fill(Share share) {
        if (!begun) {
            begin(share);
        }
        while (share.hasRoom() && tokens.hasNext()) {
            cutBefore(tokens.end(), share);
            share.add(tokens.id());
            tokens.take();
            given++;
        }
        if (exhausted()) {
            closeSentences(Integer.MAX_VALUE, share);
            closeGap(share);
        }
    }

    private void begin(Share share) {
        begun = true;
        nextSentence();
        if (marker.isPresent()) {
            share.add(marker.getAsInt());
            share.cut();
            awaited.add(new Piece(null, 0, 0, 0, false, true));
        }
    }

    private void nextSentence() {
        sentence = sentences.hasNext() ? sentences.next() : null;
    }

    /** Makes the cuts before a token that ends at {@code end}. */
    private void cutBefore(int end, Share share) {
        closeSentences(end, share);
        if (!inSentence && sentence != null && end > sentence.span().start()) {
            closeGap(share);
            inSentence = true;
            partStart = sentence.span().start();
        } else if (inSentence && sinceCut == Passages.TARGET_TOKENS) {
            cutSentence(lastEnd, false, share);
        }
        sinceCut++;
        lastEnd = end;
    }

    /** Closes the sentences that end before a token that ends at {@code end}. */
    private void closeSentences(int end, Share share) {
        while (sentence != null && end > sentence.span().end()) {
            if (inSentence) {
                cutSentence(sentence.span().end(), true, share);
                inSentence = false;
            }
            nextSentence();
        }
    }

    private void cutSentence(int end, boolean last, Share share) {
        awaited.add(new Piece(sentence, partStart, end, sinceCut, last, false));
        share.cut();
        partStart = end;
        sinceCut = 0;
    }

    private void closeGap(Share share) {
        if (sinceCut > 0) {
            awaited.add(new Piece(null, 0, 0, sinceCut, false, false));
            share.cut();
            sinceCut = 0;
        }
    }

    /** True when the last token is given. */
    boolean exhausted() {
        return !tokens.hasNext();
    }

    /** The token that comes next, or {@link Share#NOTHING}. */
    int following() {
        return tokens.hasNext() ? tokens.id() : Share.NOTHING;
    }

    /** How many tokens of the text are given. */
    long given() {
        return given;
    }

    ReaderText text() {
        return text;
    }

    /** Whether a cut was made for which {@link #next} was not called. */
    boolean awaits() {
        return !awaited.isEmpty();
    }

    /** What the next cut closed. */
    Piece next() {
        return awaited.remove();
    }
}
