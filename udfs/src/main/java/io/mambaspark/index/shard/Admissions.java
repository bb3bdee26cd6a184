package io.mambaspark.index.shard;

import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.index.store.StoredFile;
import io.mambaspark.sql.MambaSqlException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FSError;

/**
 * Who may use which copies: a reader that could open the files of the shard in the index itself, asked once for each. Thread-safe.
 */
final class Admissions {
    /** Remembered; who is forgotten is checked again. */
    private static final int MOST = 10_000;

    private final Set<String> admitted = Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    }));

    /** Admits the reader that has just read all files. */
    void add(String key, ShardReader reader) {
        admitted.add(key + ' ' + reader.id());
    }

    /** @throws MambaSqlException MAMBA_INDEX_SHARD_BROKEN if a file is missing or may not be read by this user */
    void require(IndexFolder folder, ShardEntry entry, String key, ShardReader reader) {
        if (admitted.contains(key + ' ' + reader.id())) {
            return;
        }
        for (StoredFile file : entry.files()) {
            String path = entry.path() + '/' + file.name();
            try (InputStream in = folder.open(path)) {
                in.read();
            } catch (IOException | FSError e) {
                throw LocalCopies.unread(folder, entry, path, e);
            }
        }
        add(key, reader);
    }
}
