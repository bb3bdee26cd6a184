package io.mambaspark.index.build;

import io.mambaspark.index.shard.ShardWriter;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.sql.MambaSqlException;
import io.mambaspark.sql.TextLimit;
import io.mambaspark.task.Embedder;
import io.mambaspark.task.Embedding;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;

/**
 * The rows of the documents of one partition, made as they are asked for. Documents are opened only when the model wants more text,
 * and forgotten when their last passage is there: a task holds the texts of one block, and no passages but those of the last one.
 */
final class DocumentRows implements Iterator<Row>, AutoCloseable {
    private final boolean keeps;
    private final Outcomes<Embedding> outcomes;
    private final Queue<Row> ready = new ArrayDeque<>();
    /** By the number that the model knows them by. */
    private final NavigableMap<Long, OpenDocument> open = new TreeMap<>();

    private long opened;

    DocumentRows(Embedder embedder, Iterator<IndexDocument> documents, boolean keeps) {
        this.keeps = keeps;
        this.outcomes = embedder.embed(readable(documents)).tell(this::count);
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && outcomes.hasNext()) {
            accept(outcomes.next());
        }
        if (ready.isEmpty()) {
            end(open);
        }
        return !ready.isEmpty();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    @Override
    public void close() {
        outcomes.close();
    }

    private void accept(Outcome<Embedding> outcome) {
        Long number = Long.valueOf(outcome.id());
        end(open.headMap(number, false));
        OpenDocument document = open.get(number);
        if (outcome.error() == null) {
            ready.add(document.passage(outcome.value()));
        } else {
            document.fail(outcome.error());
        }
    }

    /** Outcomes come in the order of the documents: nothing more comes of these. */
    private void end(NavigableMap<Long, OpenDocument> ended) {
        ended.values().forEach(document -> ready.add(document.end()));
        ended.clear();
    }

    private void count(String id, int tokens) {
        Interruption.check();
        open.get(Long.valueOf(id)).read(tokens);
    }

    /** Refuses a document that cannot become part of an index. */
    private static void check(IndexDocument document) {
        ShardWriter.checkId(document.id());
        if (document.text() == null) {
            throw MambaSqlException.of("MAMBA_DOCUMENT_NULL", Map.of());
        }
        TextLimit.check(document.bytes());
    }

    /** The documents that the model can read, opened as it asks for them. */
    private Iterator<Document> readable(Iterator<IndexDocument> documents) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(documents, 0), false)
                .flatMap(document -> open(document).stream())
                .iterator();
    }

    /** The document, unless it is refused. */
    private Optional<Document> open(IndexDocument document) {
        OpenDocument state = new OpenDocument(document, keeps);
        try {
            check(document);
        } catch (MambaSqlException e) {
            state.fail(e.error());
            ready.add(state.end());
            return Optional.empty();
        }
        open.put(opened, state);
        return Optional.of(Document.of(Long.toString(opened++), document.text()));
    }
}
