package io.mambaspark.index.store;

import io.mambaspark.index.Damage;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.SparkSession;

/**
 * Files that Spark reads where they are, and that this driver has compared with their checksums: each once, as long as its
 * length and its time stay the same.
 */
final class VerifiedFiles {
    /** Remembered; a file that is forgotten is read once more. */
    private static final int MOST = 100_000;

    private static final Set<Known> KNOWN =
            Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Known, Boolean> eldest) {
                    return size() > MOST;
                }
            }));

    private VerifiedFiles() {}

    /** A file as it was compared. */
    private record Known(String path, long modified, StoredFile file) {}

    /**
     * Refuses files that are not what they were when they were written.
     *
     * @throws MambaSqlException MAMBA_INDEX_CORRUPT or MAMBA_INDEX_UNREADABLE
     */
    static void require(SparkSession spark, IndexFolder folder, List<StoredFile> files) {
        List<Known> found = new ArrayList<>();
        for (StoredFile file : files) {
            Known known = known(folder, file);
            if (!KNOWN.contains(known)) {
                found.add(known);
            }
        }
        List<Damage> damaged =
                FileComparison.of(spark, folder, found.stream().map(Known::file).toList());
        if (!damaged.isEmpty()) {
            Damage first = damaged.get(0);
            throw IndexFailure.corrupt(folder, first.file(), "content", "damaged: " + first.problem(), "as written");
        }
        KNOWN.addAll(found);
    }

    private static Known known(IndexFolder folder, StoredFile file) {
        String path = folder.at(file.name());
        try {
            FileStatus status = folder.fileSystem().getFileStatus(folder.path(file.name()));
            if (status.getLen() != file.length()) {
                throw IndexFailure.corrupt(
                        folder, file.name(), "length", status.getLen(), Long.toString(file.length()));
            }
            return new Known(path, status.getModificationTime(), file);
        } catch (IOException e) {
            throw IndexFailure.reading(path, e);
        }
    }
}
