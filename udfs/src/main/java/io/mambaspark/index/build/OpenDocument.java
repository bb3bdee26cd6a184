package io.mambaspark.index.build;

import io.mambaspark.error.MambaError;
import io.mambaspark.task.Embedding;
import io.mambaspark.text.CodePoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A document that is being read, and its rows: those of {@link Columns#ofRounds}. */
final class OpenDocument {
    private final IndexDocument document;
    private final boolean keeps;
    /** From the UTF-16 indices of its text to what leaves through Spark. */
    private final CodePoints codePoints;

    private long tokens;
    private MambaError error;

    OpenDocument(IndexDocument document, boolean keeps) {
        this.document = document;
        this.keeps = keeps;
        this.codePoints = document.text() == null ? null : new CodePoints(document.text());
    }

    /** Counts tokens that were read. */
    void read(int more) {
        tokens += more;
    }

    /** It could not be read: so its passages are void. */
    void fail(MambaError newError) {
        error = newError;
    }

    Row passage(Embedding embedding) {
        return row(
                embedding.passage(),
                codePoints.toCodePoint(embedding.span().start()),
                codePoints.toCodePoint(embedding.span().end()),
                embedding.text(),
                embedding.vector(),
                null,
                null);
    }

    /** The document's own row. */
    Row end() {
        return row(null, null, null, null, null, tokens, error == null ? null : error.message());
    }

    private Row row(Object... behindTheHash) {
        List<Object> values = new ArrayList<>();
        values.add(document.id());
        values.add(document.hash());
        values.addAll(Arrays.asList(behindTheHash));
        if (keeps) {
            values.add(document.kept());
        }
        return RowFactory.create(values.toArray());
    }
}
