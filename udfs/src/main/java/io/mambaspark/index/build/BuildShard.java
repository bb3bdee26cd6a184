package io.mambaspark.index.build;

import io.mambaspark.index.shard.ShardPassage;
import io.mambaspark.index.shard.ShardWriter;
import io.mambaspark.index.store.IndexFailure;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.IndexTerms;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.index.store.StoredFile;
import io.mambaspark.sql.LocalFolder;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;

/**
 * Builds a shard on this executor's disk and copies it up, under a name that no other attempt of the same task has; which of
 * them counts is Spark's to say, as it takes one result a task.
 *
 * @param folder    of the index
 * @param change    that the shard is of
 * @param dimension the length of a vector
 * @param terms     how words become terms
 * @param source    where the rows come from, from the index's folder on: files of an index that anybody may have written
 */
record BuildShard(IndexFolder folder, String change, int dimension, IndexTerms terms, String source)
        implements Function2<Integer, Iterator<Row>, Iterator<ShardEntry>> {
    @Override
    public Iterator<ShardEntry> call(Integer number, Iterator<Row> rows) throws IOException {
        Iterator<Row> valid = ValidRows.of(rows).iterator();
        if (!valid.hasNext()) {
            return Collections.emptyIterator();
        }
        Path local = create(LocalFolder.find());
        try {
            Written written = write(local, valid);
            String path = IndexFolder.SHARDS + '/' + change + '/' + number + '-' + UUID.randomUUID();
            List<StoredFile> files = copyUp(local, path);
            return List.of(ShardEntry.of(number, path, written.documents, written.passages, files))
                    .iterator();
        } finally {
            delete(local);
        }
    }

    private static Path create(Path disk) {
        try {
            return Files.createTempDirectory(disk, "mamba-shard-");
        } catch (IOException e) {
            throw IndexFailure.writing(disk.toString(), e);
        }
    }

    /** What a shard was made of. */
    private record Written(long documents, long passages) {}

    private Written write(Path local, Iterator<Row> rows) {
        long documents = 0;
        long passages = 0;
        try (ShardWriter writer = new ShardWriter(local, dimension, terms)) {
            while (rows.hasNext()) {
                ShardPassage passage = passage(rows.next());
                add(writer, passage);
                passages++;
                documents += passage.passage() == 0 ? 1 : 0;
            }
            writer.finish();
        }
        return new Written(documents, passages);
    }

    private void add(ShardWriter writer, ShardPassage passage) {
        try {
            writer.add(passage);
        } catch (IllegalArgumentException e) {
            throw corrupt(Columns.PASSAGE, e.getMessage(), "one after the other");
        }
    }

    private ShardPassage passage(Row row) {
        boolean keeps = row.schema().getFieldIndex(Columns.KEPT_JSON).isDefined();
        return new ShardPassage(
                value(row, Columns.DOC_ID),
                this.<Integer>value(row, Columns.PASSAGE),
                this.<Integer>value(row, Columns.START),
                this.<Integer>value(row, Columns.END),
                value(row, Columns.TEXT),
                vector(row.getList(row.fieldIndex(Columns.VECTOR))),
                keeps ? row.getAs(Columns.KEPT_JSON) : null);
    }

    private <T> T value(Row row, String column) {
        T value = row.getAs(column);
        if (value == null) {
            throw corrupt(column, null, "given");
        }
        return value;
    }

    private float[] vector(List<Float> numbers) {
        if (numbers == null || numbers.size() != dimension) {
            throw corrupt(Columns.VECTOR, numbers, dimension + " numbers");
        }
        float[] vector = new float[dimension];
        int i = 0;
        for (Float number : numbers) {
            if (number == null || !Float.isFinite(number)) {
                throw corrupt(Columns.VECTOR, number, "a number");
            }
            vector[i++] = number;
        }
        return vector;
    }

    private MambaSqlException corrupt(String column, Object value, String expected) {
        return IndexFailure.corrupt(folder, source, column, value, expected);
    }

    private List<StoredFile> copyUp(Path local, String path) throws IOException {
        List<StoredFile> files = new ArrayList<>();
        for (Path file : files(local)) {
            String name = file.getFileName().toString();
            try (InputStream in = Files.newInputStream(file)) {
                files.add(copyUp(in, path, name));
            }
        }
        return files;
    }

    private StoredFile copyUp(InputStream in, String path, String name) {
        String file = path + '/' + name;
        try (OutputStream out = folder.create(file)) {
            return StoredFile.copied(name, in, out);
        } catch (IOException | FSError e) {
            throw IndexFailure.writing(folder.at(file), e);
        }
    }

    private static List<Path> files(Path local) throws IOException {
        try (Stream<Path> files = Files.list(local)) {
            return files.sorted().toList();
        }
    }

    private static void delete(Path local) throws IOException {
        try (Stream<Path> all = Files.walk(local)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
