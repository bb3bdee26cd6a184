package io.mambaspark.sql;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The texts of a group, compressed, each with the key of its place, until all are there to be put in order: what an
 * aggregation holds where the plan does not sort. Past its limit it holds nothing more, and fails when it is asked.
 */
public final class GroupTexts implements Serializable {
    private static final long serialVersionUID = 1L;
    /** What a text costs beside its bytes. */
    private static final int BYTES_OF_TEXT = 64;

    private final long maxBytes;
    private final ArrayList<byte[]> keys = new ArrayList<>();
    private final ArrayList<byte[]> texts = new ArrayList<>();
    private long bytes;

    /** No texts yet, and at most {@code maxBytes} of them. */
    public GroupTexts(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes a text, as UTF-8, with the key of its place. */
    public void add(byte[] key, byte[] text) {
        take(key, compressed(text));
    }

    /** Takes all that {@code other} has. */
    public GroupTexts addAll(GroupTexts other) {
        for (int i = 0; i < other.keys.size(); i++) {
            take(other.keys.get(i), other.texts.get(i));
        }
        if (other.isTooLarge()) {
            bytes = Math.max(bytes, other.bytes);
            forget();
        }
        return this;
    }

    private void take(byte[] key, byte[] compressed) {
        bytes += key.length + compressed.length + BYTES_OF_TEXT;
        if (isTooLarge()) {
            forget();
        } else {
            keys.add(key);
            texts.add(compressed);
        }
    }

    private boolean isTooLarge() {
        return bytes > maxBytes;
    }

    private void forget() {
        keys.clear();
        texts.clear();
    }

    /** Whether there is no text. */
    public boolean isEmpty() {
        return bytes == 0;
    }

    /**
     * The texts in the order of their keys; equal keys, in the order in which they came.
     *
     * @param order of the keys
     * @throws MambaSqlException MAMBA_AGG_TOO_LARGE
     */
    public Iterator<String> inOrder(String function, Comparator<byte[]> order) {
        if (isTooLarge()) {
            throw MambaSqlException.of(
                    "MAMBA_AGG_TOO_LARGE",
                    Map.of(
                            "function",
                            function,
                            "key",
                            MambaConf.AGG_MAX_BYTES.name(),
                            "limit",
                            Long.toString(maxBytes)));
        }
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            places.add(i);
        }
        places.sort(Comparator.comparing(keys::get, order));
        return places.stream().map(place -> text(texts.get(place))).iterator();
    }

    /** All of it, for the way to another task. */
    public byte[] toBytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(all)) {
            out.writeLong(maxBytes);
            out.writeLong(bytes);
            for (int i = 0; i < keys.size(); i++) {
                write(out, keys.get(i));
                write(out, texts.get(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }

    /** What {@link #toBytes} gave. */
    public static GroupTexts of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            GroupTexts group = new GroupTexts(in.readLong());
            group.bytes = in.readLong();
            while (in.available() > 0) {
                group.keys.add(read(in));
                group.texts.add(read(in));
            }
            return group;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    private static byte[] compressed(byte[] text) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed, deflater)) {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return compressed.toByteArray();
    }

    private static String text(byte[] compressed) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
