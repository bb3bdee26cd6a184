package io.mambaspark.reading;

import io.mambaspark.error.MambaException;
import io.mambaspark.reading.SentenceStore.Numbers;
import io.mambaspark.text.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Sentences in a file that is deleted when this is closed; nothing of them is in the heap. A record is five ints (start, end,
 * tokens, words, form), e · r, the step, the features, and the rest f in whole steps, a byte a component; where e = (e · r) r + f is
 * the vector, and r the reference direction.
 *
 * <p>Of a vector only cosines are asked for, and to directions d near r: e · d = (r · d)(e · r) + f · (d - (r · d) r). So what
 * rounding to steps does to f is multiplied by the little that d is off r.
 */
final class SentenceFile implements AutoCloseable {
    private static final int RECORDS_IN_BUFFER = 1024;
    private static final int NUMBERS_BYTES = Numbers.COUNT * Integer.BYTES;

    private final Path folder;
    private final float[] reference;
    private final int features;
    private final int recordBytes;
    private final FileChannel file;
    private final ByteBuffer buffer;
    private final float[] rest;
    private final byte[] steps;
    private int size;

    /**
     * Makes an empty file.
     *
     * @param reference unit length; its length is that of the vectors, 0 to keep none
     */
    SentenceFile(Path folder, float[] reference, int features) {
        this.folder = folder;
        this.reference = reference;
        this.features = features;
        this.rest = new float[reference.length];
        this.steps = new byte[reference.length];
        this.recordBytes = NUMBERS_BYTES + (2 + features) * Float.BYTES + reference.length;
        try {
            Path path = Files.createTempFile(folder, "mamba-sentences-", ".bin");
            this.file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw cannotKeep(e);
        }
        this.buffer = ByteBuffer.allocateDirect(RECORDS_IN_BUFFER * recordBytes);
    }

    void add(Numbers numbers, float[] vector, float[] ofTask) {
        buffer.putInt(numbers.span().start())
                .putInt(numbers.span().end())
                .putInt(numbers.tokens())
                .putInt(numbers.words())
                .putInt(numbers.form());
        putVector(vector);
        for (int f = 0; f < features; f++) {
            buffer.putFloat(ofTask[f]);
        }
        buffer.put(steps);
        size++;
        if (!buffer.hasRemaining()) {
            flush();
        }
    }

    private void putVector(float[] vector) {
        float ofReference = steps.length == 0 ? 0 : Vectors.dot(reference, vector, 0);
        float largest = 0;
        for (int k = 0; k < steps.length; k++) {
            rest[k] = vector[k] - ofReference * reference[k];
            largest = Math.max(largest, Math.abs(rest[k]));
        }
        float step = largest / Byte.MAX_VALUE;
        for (int k = 0; k < steps.length; k++) {
            steps[k] = (byte) (step == 0 ? 0 : Math.round(rest[k] / step));
        }
        buffer.putFloat(ofReference).putFloat(step);
    }

    private void flush() {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        } catch (IOException e) {
            throw cannotKeep(e);
        }
        buffer.clear();
    }

    Numbers numbers(int i) {
        flush();
        ByteBuffer numbers = ByteBuffer.allocate(NUMBERS_BYTES);
        read(numbers, (long) i * recordBytes);
        return numbers(numbers.flip());
    }

    private static Numbers numbers(ByteBuffer from) {
        return new Numbers(new Span(from.getInt(), from.getInt()), from.getInt(), from.getInt(), from.getInt());
    }

    /** Gives all sentences in order; see {@link SentenceStore#forEach}. */
    void forEach(float[] direction, SentenceStore.Taker taker) {
        flush();
        float along = steps.length == 0 ? 0 : Vectors.dot(reference, direction, 0);
        float[] across = new float[steps.length];
        for (int k = 0; k < across.length; k++) {
            across[k] = direction[k] - along * reference[k];
        }
        float[] ofTask = new float[features];
        for (int i = 0; i < size; i++) {
            if (i % RECORDS_IN_BUFFER == 0) {
                buffer.clear().limit(Math.min(RECORDS_IN_BUFFER, size - i) * recordBytes);
                read(buffer, (long) i * recordBytes);
                buffer.flip();
            }
            Numbers numbers = numbers(buffer);
            float ofReference = buffer.getFloat();
            float step = buffer.getFloat();
            for (int f = 0; f < features; f++) {
                ofTask[f] = buffer.getFloat();
            }
            buffer.get(steps);
            float cosine = (float) ((double) along * ofReference + step * dot(across));
            taker.sentence(i, numbers, cosine, ofTask, 0);
        }
        buffer.clear();
    }

    private double dot(float[] across) {
        double sum = 0;
        for (int k = 0; k < across.length; k++) {
            sum += (double) across[k] * steps[k];
        }
        return sum;
    }

    private void read(ByteBuffer into, long position) {
        try {
            while (into.hasRemaining()) {
                int read = file.read(into, position);
                if (read < 0) {
                    throw new IOException("the file ends at " + position);
                }
                position += read;
            }
        } catch (IOException e) {
            throw failed("Cannot read sentences back from " + folder, e);
        }
    }

    private MambaException cannotKeep(IOException e) {
        return failed("Cannot keep sentences in " + folder, e);
    }

    private static MambaException failed(String problem, IOException e) {
        return MambaException.of("MAMBA_SENTENCE_STORE", Map.of("problem", problem, "cause", e.toString()), e);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failed("Cannot delete the sentences in " + folder, e);
        }
    }
}
