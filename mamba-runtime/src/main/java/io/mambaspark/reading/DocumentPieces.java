package io.mambaspark.reading;

import io.mambaspark.text.ReaderText;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.Queue;

/**
 * The pieces of a document that comes as one text or as several, one behind the other. Each text is cut for itself; of
 * their texts, only those are held whose pieces are on their way.
 */
final class DocumentPieces {
    private final MambaModel model;
    private final Iterator<Document> texts;
    /** Those whose pieces are awaited, in order; the one that gives tokens is the last. */
    private final Queue<TextPieces> open = new ArrayDeque<>();

    private TextPieces giving;
    private long givenBefore;

    /** Starts with the first text; if there is none, with an empty one. */
    DocumentPieces(MambaModel model, Iterator<Document> texts) {
        this.model = model;
        this.texts = texts;
        Document first = texts.hasNext() ? texts.next() : Document.of("", "");
        ReaderText text = ReaderText.of(first.text(), model.profile().normalisation());
        begin(first, text, model.profile().docMarker());
    }

    private void begin(Document document, ReaderText text, OptionalInt marker) {
        giving = new TextPieces(model, document, text, marker);
        open.add(giving);
    }

    /** Gives the next tokens with the cuts among them. */
    void fill(Share share) {
        giving.fill(share);
        while (giving.exhausted() && texts.hasNext()) {
            givenBefore += giving.given();
            Document next = texts.next();
            begin(next, giving.text().followedBy(next.text()), OptionalInt.empty());
            if (share.hasRoom()) {
                giving.fill(share);
            }
        }
    }

    /** True when the last token is given. */
    boolean exhausted() {
        return giving.exhausted() && !texts.hasNext();
    }

    /** The token that comes next, or {@link Share#NOTHING}. */
    int following() {
        return giving.following();
    }

    /** How many tokens of the texts are given. */
    long given() {
        return givenBefore + giving.given();
    }

    /** What the next cut closed. */
    TextPieces.Piece next() {
        while (!open.element().awaits()) {
            open.remove();
        }
        return open.element().next();
    }

    /** The text of the piece that {@link #next} gave. */
    String text() {
        return open.element().text().original();
    }
}
