package io.mambaspark.index.build;

import io.mambaspark.index.Damage;
import io.mambaspark.index.store.ShardEntry;
import io.mambaspark.index.store.StoredFile;
import java.util.List;

/** What builds and changes send between JVMs, for Kryo. */
public final class SentByBuilds {
    private SentByBuilds() {}

    /** Each goes whole, by Java's own serialization: they are few, or large beside their form. */
    public static List<Class<?>> classes() {
        return List.of(
                IndexDocument.class,
                ShardEntry.class,
                StoredFile.class,
                Damage.class,
                LivePassages.DeadOrdinals.class,
                Deletion.Shard.class,
                Deletion.Ordinal.class,
                Deletion.Dead.class);
    }
}
