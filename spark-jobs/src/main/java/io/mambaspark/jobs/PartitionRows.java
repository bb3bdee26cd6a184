package io.mambaspark.jobs;

import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;

/**
 * The rows of one partition, made as they are asked for. Documents are opened only when the model wants more text, and
 * forgotten when their last outcome is there. One that cannot be opened never reaches the model: its error is its row.
 */
final class PartitionRows<T> implements Iterator<Row> {
    private final DocumentTask<T> task;
    private final Iterator<DocumentSource> sources;
    private final Configuration hadoop;
    private final JobCounters counters;
    private final Iterator<Outcome<T>> outcomes;
    private final Queue<Row> ready = new ArrayDeque<>();
    /** By the key that the model knows them by: ids of a table may repeat. */
    private final Map<String, OpenDocument> open = new HashMap<>();

    private String current;
    private long opened;

    PartitionRows(
            DocumentTask<T> task,
            MambaModel model,
            Iterator<DocumentSource> sources,
            Configuration hadoop,
            JobCounters counters) {
        this.task = task;
        this.sources = sources;
        this.hadoop = hadoop;
        this.counters = counters;
        this.outcomes = task.read(model, new Opened());
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && outcomes.hasNext()) {
            accept(outcomes.next());
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

    private void accept(Outcome<T> outcome) {
        OpenDocument document = open.get(outcome.id());
        if (!outcome.id().equals(current)) {
            open.remove(current);
            current = outcome.id();
            count(document.bytes());
            counters.tokens().add(outcome.error() == null ? task.tokens(outcome.value()) : 0);
        }
        if (outcome.error() == null) {
            ready.addAll(task.rows(document, outcome.value()));
        } else {
            fail(document.id(), outcome.error());
        }
    }

    private void count(long bytes) {
        counters.documents().add(1);
        counters.bytes().add(bytes);
    }

    private void fail(String id, String error) {
        counters.failed().add(1);
        ready.add(task.failure(id, error));
    }

    /** The documents that could be opened. */
    private final class Opened implements Iterator<Document> {
        private Document next;

        @Override
        public boolean hasNext() {
            while (next == null && sources.hasNext()) {
                next = open(sources.next());
            }
            return next != null;
        }

        @Override
        public Document next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Document document = next;
            next = null;
            return document;
        }

        /** The document, or null after a failure. */
        private Document open(DocumentSource source) {
            try {
                SourceText text = source.open(hadoop);
                if (text.replaced() > 0) {
                    counters.malformed().add(1);
                    counters.replaced().add(text.replaced());
                }
                String key = Long.toString(opened++);
                open.put(key, OpenDocument.of(source, text.text()));
                return new Document(key, text.text(), text.sentences());
            } catch (DocumentException e) {
                count(source.bytes());
                fail(source.id(), e.getMessage());
                return null;
            }
        }
    }
}
