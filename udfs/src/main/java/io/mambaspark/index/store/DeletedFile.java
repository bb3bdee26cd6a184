package io.mambaspark.index.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

    static RoaringBitmap read(IndexFolder folder, DeletedPassages deleted) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StoredFile found;
        try (InputStream in = folder.open(deleted.file().name())) {
            found = StoredFile.copied(deleted.file().name(), in, bytes);
        }
        if (!found.equals(deleted.file())) {
            throw new IOException(folder.at(found.name()) + " is not the file that was written");
        }
        RoaringBitmap ordinals = new RoaringBitmap();
        ordinals.deserialize(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return ordinals;
    }
}
