package io.mambaspark.index.build;

import io.mambaspark.index.shard.ShardPassage;
import io.mambaspark.index.shard.ShardWriter;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.index.store.StoredFile;
import io.mambaspark.sql.LocalFolder;
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
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;

/**
 * Builds a shard on this executor's disk and copies it up, under a name that no other attempt of the same task has; which of
 * them counts is Spark's to say, as it takes one result a task.
 *
 * @param folder    of the index
 * @param change    that the shard is of
 * @param dimension the length of a vector
 */
record BuildShard(IndexFolder folder, String change, int dimension)
        implements Function2<Integer, Iterator<Row>, Iterator<ShardEntry>> {
    @Override
    public Iterator<ShardEntry> call(Integer number, Iterator<Row> rows) throws IOException {
        Iterator<Row> valid = ValidRows.of(rows).iterator();
        if (!valid.hasNext()) {
            return Collections.emptyIterator();
        }
        Path local = Files.createTempDirectory(LocalFolder.find(), "mamba-shard-");
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

    /** What a shard was made of. */
    private record Written(long documents, long passages) {}

    private Written write(Path local, Iterator<Row> rows) {
        long documents = 0;
        long passages = 0;
        try (ShardWriter writer = new ShardWriter(local, dimension)) {
            while (rows.hasNext()) {
                ShardPassage passage = passage(rows.next());
                writer.add(passage);
                passages++;
                documents += passage.passage() == 0 ? 1 : 0;
            }
            writer.finish();
        }
        return new Written(documents, passages);
    }

    private static ShardPassage passage(Row row) {
        List<Float> numbers = row.getList(row.fieldIndex(Columns.VECTOR));
        float[] vector = new float[numbers.size()];
        int i = 0;
        for (Float number : numbers) {
            vector[i++] = number;
        }
        boolean keeps = row.schema().getFieldIndex(Columns.KEPT_JSON).isDefined();
        return new ShardPassage(
                row.getAs(Columns.DOC_ID),
                row.<Integer>getAs(Columns.PASSAGE),
                row.<Integer>getAs(Columns.START),
                row.<Integer>getAs(Columns.END),
                row.getAs(Columns.TEXT),
                vector,
                keeps ? row.getAs(Columns.KEPT_JSON) : null);
    }

    private List<StoredFile> copyUp(Path local, String path) throws IOException {
        List<StoredFile> files = new ArrayList<>();
        for (Path file : files(local)) {
            String name = file.getFileName().toString();
            try (InputStream in = Files.newInputStream(file);
                    OutputStream out = folder.create(path + '/' + name)) {
                files.add(StoredFile.copied(name, in, out));
            }
        }
        return files;
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
