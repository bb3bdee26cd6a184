package io.mambaspark.index.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/** A file of deleted ordinals: the portable form of a Roaring bitmap. */
public final class DeletedFile {
    private DeletedFile() {}

    /**
     * Writes a file.
     *
     * @param name      from the index's folder on
     * @param documents that the passages are of
     */
    public static DeletedPassages write(IndexFolder folder, String name, RoaringBitmap ordinals, long documents)
            throws IOException {
        ordinals.runOptimize();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ordinals.serialize(new DataOutputStream(bytes));
        try (OutputStream out = folder.create(name)) {
            StoredFile file = StoredFile.copied(name, new ByteArrayInputStream(bytes.toByteArray()), out);
            return new DeletedPassages(file, documents, ordinals.getLongCardinality());
        }
    }

    /** @throws Flaw if it is not what was written */
    static RoaringBitmap read(IndexFolder folder, ShardEntry shard) throws IOException, Flaw {
        DeletedPassages deleted = shard.deleted();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StoredFile found;
        try (InputStream in = folder.open(deleted.file().name())) {
            found = deleted.file().copyNow(in, bytes);
        }
        if (found.length() != deleted.file().length()) {
            throw new Flaw(
                    "length", found.length(), Long.toString(deleted.file().length()));
        }
        if (!found.equals(deleted.file())) {
            throw new Flaw("sha256", found.sha256(), deleted.file().sha256());
        }
        RoaringBitmap ordinals = bitmap(bytes.toByteArray());
        if (ordinals.getLongCardinality() != deleted.passages()) {
            throw new Flaw("ordinals", ordinals.getLongCardinality(), deleted.passages() + " of them");
        }
        long last = Integer.toUnsignedLong(ordinals.last()); // there is one: the manifest says how many
        if (last >= shard.passages()) {
            throw new Flaw("ordinals", last, "below " + shard.passages());
        }
        return ordinals;
    }

    private static RoaringBitmap bitmap(byte[] bytes) throws Flaw {
        RoaringBitmap ordinals = new RoaringBitmap();
        try {
            ordinals.deserialize(ByteBuffer.wrap(bytes));
            requireOrder(ordinals);
            return ordinals;
        } catch (IOException | RuntimeException e) {
            throw new Flaw("content", e, "a Roaring bitmap");
        }
    }

    /** What the format cannot express, and its reader does not check. */
    private static void requireOrder(RoaringBitmap ordinals) throws Flaw {
        long before = -1;
        for (PeekableIntIterator each = ordinals.getIntIterator(); each.hasNext(); ) {
            long ordinal = Integer.toUnsignedLong(each.next());
            if (ordinal <= before) {
                throw new Flaw("ordinals", ordinal, "above " + before);
            }
            before = ordinal;
        }
    }
}
