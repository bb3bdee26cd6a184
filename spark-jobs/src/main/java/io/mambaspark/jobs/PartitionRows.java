package io.mambaspark.jobs;

import io.mambaspark.error.Finite;
import io.mambaspark.error.MambaError;
import io.mambaspark.error.MambaException;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.reading.ReadingListener;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.Row;

/**
 * The rows of one partition, made as they are asked for. Documents are opened only when the model wants more text, and
 * forgotten when their last outcome is there. One that cannot be opened never reaches the model: its error is its row.
 */
final class PartitionRows<T> implements Iterator<Row>, AutoCloseable {
    private final DocumentTask<T> task;
    private final Iterator<DocumentSource> sources;
    private final Configuration hadoop;
    private final JobCounters counters;
    private final Outcomes<T> outcomes;
    private final Queue<Row> ready = new ArrayDeque<>();
    /** By the number that the model knows them by: ids of a table may repeat. */
    private final NavigableMap<Long, OpenDocument> open = new TreeMap<>();

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
        this.outcomes = read(model).tell(new Counting());
    }

    /** Where the model makes no numbers of the query of the task, that is the error of each document. */
    private Outcomes<T> read(MambaModel model) {
        try {
            return task.read(model, new Opened());
        } catch (MambaException e) {
            if (!e.error().condition().equals(Finite.CONDITION)) {
                throw e;
            }
            return model.read(new Opened(), document -> end -> {
                throw e;
            });
        }
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

    @Override
    public void close() {
        outcomes.close();
    }

    private void accept(Outcome<T> outcome) {
        Long number = Long.valueOf(outcome.id());
        open.headMap(number).clear();
        OpenDocument document = open.get(number);
        if (outcome.error() == null) {
            ready.addAll(task.rows(document, outcome.value()));
        } else {
            fail(document.id(), outcome.error());
        }
    }

    private void fail(String id, MambaError error) {
        counters.failed().add(1);
        ready.add(task.failure(id, error.message()));
    }

    /** Counts while a book is being read, and looks whether anybody still wants it. */
    private final class Counting implements ReadingListener {
        @Override
        public void read(String id, int tokens) {
            TaskContext context = TaskContext.get();
            if (context != null && context.isInterrupted()) {
                throw new TaskKilledException();
            }
            counters.tokens().add(tokens);
            open.get(Long.valueOf(id)).read(tokens);
        }

        @Override
        public void ended(String id) {
            OpenDocument document = open.get(Long.valueOf(id));
            counters.add(document.bytes(), document.tokens());
        }
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
                SourceText text = source.open(hadoop, DocumentSource.MAX_BYTES);
                if (text.replaced() > 0) {
                    counters.malformed().add(1);
                    counters.malformedIds().add(source.id());
                    counters.replaced().add(text.replaced());
                }
                open.put(opened, new OpenDocument(source, text.text()));
                return new Document(Long.toString(opened++), text.text(), text.sentences());
            } catch (DocumentException e) {
                counters.add(source.bytes(), 0);
                fail(source.id(), e.error());
                return null;
            }
        }
    }
}
