package io.mambaspark.reading;

import java.util.Iterator;

/**
 * Texts as documents that say together what the texts joined by blank lines say. A line break stands on either side of
 * where two texts meet, as tokenizers cut a run of line breaks before a word there.
 */
final class JoinedTexts implements Iterator<Document> {
    private final Iterator<String> texts;
    private boolean first = true;

    JoinedTexts(Iterator<String> texts) {
        this.texts = texts;
    }

    @Override
    public boolean hasNext() {
        return texts.hasNext();
    }

    @Override
    public Document next() {
        String text = texts.next();
        String before = first ? "" : "\n";
        first = false;
        return Document.of("", before + text + (texts.hasNext() ? "\n" : ""));
    }
}
