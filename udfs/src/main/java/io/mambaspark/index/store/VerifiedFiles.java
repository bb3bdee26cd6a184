package io.mambaspark.index.store;

import io.mambaspark.index.Damage;
import io.mambaspark.sql.MambaSqlException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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
        Map<String, FileStatus> there = statuses(folder, files);
        List<Known> found = new ArrayList<>();
        for (StoredFile file : files) {
            Known known = known(folder, file, there.get(file.name()));
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

    /** By the names of the files: one request for each folder, as an index may have very many files. */
    private static Map<String, FileStatus> statuses(IndexFolder folder, List<StoredFile> files) {
        Map<String, FileStatus> statuses = new HashMap<>();
        files.stream().map(file -> parent(file.name())).distinct().forEach(parent -> {
            try {
                for (FileStatus status : folder.fileSystem().listStatus(folder.path(parent))) {
                    statuses.put(parent + status.getPath().getName(), status);
                }
            } catch (IOException e) {
                throw IndexFailure.reading(folder.at(parent), e);
            }
        });
        return statuses;
    }

    private static String parent(String name) {
        return name.substring(0, 1 + name.lastIndexOf('/'));
    }

    /** @param status null if the file is not there */
    private static Known known(IndexFolder folder, StoredFile file, FileStatus status) {
        String path = folder.at(file.name());
        if (status == null) {
            throw IndexFailure.reading(path, new FileNotFoundException("there is no such file"));
        }
        if (status.getLen() != file.length()) {
            throw IndexFailure.corrupt(folder, file.name(), "length", status.getLen(), Long.toString(file.length()));
        }
        return new Known(path, status.getModificationTime(), file);
    }
}
