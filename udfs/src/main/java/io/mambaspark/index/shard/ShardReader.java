package io.mambaspark.index.shard;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * Who reads the shards of an index: a user, with an index as it was when that user opened it. A copy on this machine is only for
 * readers that could read the index itself.
 *
 * @param snapshot unique to what was opened
 */
public record ShardReader(String snapshot) implements Serializable {
    /** Of an index that is being opened. */
    public static ShardReader opening() {
        return new ShardReader(UUID.randomUUID().toString());
    }

    /** What tells this reader, on the thread of its user, from all others. */
    String id() {
        try {
            return snapshot + ' ' + UserGroupInformation.getCurrentUser().getUserName();
        } catch (IOException e) {
            throw new UncheckedIOException("the user of this task is unknown", e);
        }
    }
}
