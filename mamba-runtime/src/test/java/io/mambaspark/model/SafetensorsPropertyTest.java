package io.mambaspark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a file claims, it is read as it is or refused: no other exception, no wild read, no memory it does not hold. */
class SafetensorsPropertyTest {
    /** What parsing may take in memory: a start-up share, and a multiple of the bytes that are really there. */
    private static final long FIXED_MEMORY = 1 << 20;

    private static final long MEMORY_PER_BYTE = 64;

    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("safetensors");
        // Loads all classes, so that only the reader's own memory is measured.
        outcome(() -> SafetensorsFile.stream(GOOD));
        outcome(() -> SafetensorsFile.mapped(folder, GOOD));
        outcome(() -> SafetensorsFile.stream(SafetensorsFile.of("{\"x\":[", new byte[0])));
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        Files.deleteIfExists(folder.resolve("test.safetensors"));
        Files.delete(folder);
    }

    private static final byte[] GOOD = new SafetensorsFile()
            .addF32("embeddings", new float[] {1, 2, 3, 4, 5, 6}, 2, 3)
            .add("half", "F16", new byte[] {0, 0x3c, 0, 0x40}, 2)
            .add("ids", "I64", new byte[16], 2)
            .addF32("none", new float[0], 0, 7)
            .bytes();

    @Property
    void whatWasWrittenIsRead(@ForAll @Size(max = 6) List<@Size(max = 40) float[]> tensors) throws IOException {
        SafetensorsFile writer = new SafetensorsFile();
        for (int i = 0; i < tensors.size(); i++) {
            writer.addF32("t" + i, tensors.get(i), tensors.get(i).length);
        }
        byte[] file = writer.bytes();
        for (Map<String, float[]> read : List.of(
                SafetensorsFile.weights(SafetensorsFile.stream(file)),
                SafetensorsFile.weights(SafetensorsFile.mapped(folder, file)))) {
            assertThat(read).hasSize(tensors.size());
            for (int i = 0; i < tensors.size(); i++) {
                assertThat(read.get("t" + i)).isEqualTo(tensors.get(i));
            }
        }
    }

    @Property
    void aCutFileIsRefused(@ForAll @IntRange(max = 400) int cut) {
        byte[] file = Arrays.copyOf(GOOD, Math.floorMod(cut, GOOD.length));
        assertRefused(file);
    }

    @Property(tries = 100)
    void aFileWithMoreBehindItsEndIsRefused(@ForAll @Size(min = 1, max = 40) byte[] more) {
        byte[] file = Arrays.copyOf(GOOD, GOOD.length + more.length);
        System.arraycopy(more, 0, file, GOOD.length, more.length);
        assertRefused(file);
    }

    private static void assertRefused(byte[] file) {
        assertThatThrownBy(() -> SafetensorsFile.weights(SafetensorsFile.stream(file)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("MAMBA_CHECKPOINT_CORRUPT");
        assertThatThrownBy(() -> SafetensorsFile.mapped(folder, file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("MAMBA_CHECKPOINT_CORRUPT");
    }

    record Flip(int at, byte value) {}

    @Provide
    Arbitrary<List<Flip>> flips() {
        Arbitrary<Integer> at = Arbitraries.integers().between(0, GOOD.length - 1);
        Arbitrary<Byte> value = Arbitraries.oneOf(
                Arbitraries.bytes(),
                Arbitraries.of("0123456789[]{},:\"-".split("")).map(c -> (byte) c.charAt(0)));
        return Combinators.combine(at, value).as(Flip::new).list().ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = 1000)
    void aFileWithOtherBytesIsReadOrRefused(@ForAll("flips") List<Flip> flips) throws IOException {
        byte[] file = GOOD.clone();
        flips.forEach(flip -> file[flip.at()] = flip.value());
        assertReadOrRefused(file);
    }

    @Provide
    Arbitrary<String> headers() {
        Arbitrary<Long> number = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 24),
                Arbitraries.of(-1L, 1L << 31, 1L << 32, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE),
                Arbitraries.longs());
        Arbitrary<String> name = Arbitraries.of("a", "b", "c", "__metadata__", "");
        Arbitrary<String> dtype = Arbitraries.of("F32", "F16", "BF16", "I64", "U8", "F4", "BOOL", "x");
        Arbitrary<long[]> shape = number.array(long[].class).ofMaxSize(4);
        Arbitrary<String> entry = Combinators.combine(name, dtype, number, number, shape)
                .as((n, d, begin, end, s) -> SafetensorsFile.entry(n, d, begin, end, s));
        return entry.list().ofMaxSize(4).map(entries -> entries.stream().collect(Collectors.joining(",", "{", "}")));
    }

    @Property(tries = 1000)
    void anyHeaderIsReadOrRefused(@ForAll("headers") String header, @ForAll @Size(max = 48) byte[] data)
            throws IOException {
        assertReadOrRefused(SafetensorsFile.of(header, data));
    }

    @Property
    void anyLengthOfTheHeaderIsReadOrRefused(@ForAll long length) throws IOException {
        byte[] file = GOOD.clone();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        assertReadOrRefused(file);
    }

    /** A stream does not tell its length: a header of 100 MB may be claimed by a file of nine bytes. */
    @Property(tries = 200)
    void aStreamThatClaimsMoreThanItHoldsTakesNoMemory(@ForAll @IntRange(min = 1, max = 100_000_000) int length) {
        byte[] file = Arrays.copyOf(GOOD, GOOD.length);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        long before = allocated();
        outcome(() -> SafetensorsFile.stream(file));
        assertThat(allocated() - before).isLessThan(FIXED_MEMORY + MEMORY_PER_BYTE * file.length);
    }

    private static void assertReadOrRefused(byte[] file) throws IOException {
        long before = allocated();
        String streamed = outcome(() -> SafetensorsFile.stream(file));
        String sized = outcome(() -> SafetensorsFile.stream(file, OptionalLong.of(file.length)));
        String mapped = outcome(() -> SafetensorsFile.mapped(folder, file));
        assertThat(allocated() - before).isLessThan(3 * (FIXED_MEMORY + MEMORY_PER_BYTE * file.length));
        assertThat(mapped).isEqualTo(streamed).isEqualTo(sized);
    }

    private interface Opening {
        Safetensors open() throws IOException;
    }

    /** What became of the file; reads weights in small steps, so that only the reader's own memory counts. */
    private static String outcome(Opening opening) {
        StringBuilder read = new StringBuilder();
        float[] step = new float[3];
        try (Safetensors file = opening.open()) {
            file.forEach((tensor, values) -> {
                read.append(tensor.name()).append(tensor.shape());
                if (!tensor.dtype().isWeight()) {
                    return;
                }
                for (long left = tensor.values(); left > 0; left -= step.length) {
                    int count = (int) Math.min(left, step.length);
                    values.next(step, 0, count);
                    read.append(Arrays.toString(Arrays.copyOf(step, count)));
                }
            });
            return read.toString();
        } catch (CheckpointException e) {
            assertThat(e.error().condition()).isEqualTo("MAMBA_CHECKPOINT_CORRUPT");
            return "refused";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
