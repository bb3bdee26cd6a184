package io.mambaspark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    private static final String DTYPES = "/io/mambaspark/model/dtypes.safetensors";

    @TempDir
    Path folder;

    /** The fixture was written by numpy, with numpy's own widening of each format beside it. */
    @Test
    void everyFormatIsDecodedAsNumpyDoes() throws IOException {
        ReferenceTensors file = ReferenceTensors.read(DTYPES);
        assertThat(bits(file.floats("f16"))).isEqualTo(bits(file.floats("f16.as_f32")));
        assertThat(bits(file.floats("bf16"))).isEqualTo(bits(file.floats("bf16.as_f32")));
        assertThat(file.floats("f16"))
                .contains(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0x1p-24f, 65504f, 100f);
        assertThat(file.ints("i32")).containsExactly(0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE);
        assertThat(file.ints("i64")).containsExactly(5, -7, Integer.MAX_VALUE);
        assertThat(file.floats("empty")).isEmpty();
        assertThat(file.floats("scalar")).containsExactly(2.5f);
        assertThat(file.shape("f16")).containsExactly(3, 6);
        assertThat(file.shape("scalar")).isEmpty();
    }

    @Test
    void everyHalfIsWidenedToItsValue() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            // Boxed: Float.equals tells -0 from 0 and takes NaN for NaN.
            assertThat((Float) HalfPrecision.fromF16((short) bits)).isEqualTo((Float) byDefinition(bits));
        }
    }

    /** IEEE 754-2019, §3.4, written out. */
    private static float byDefinition(int bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float sign = bits < 0x8000 ? 1 : -1;
        if (exponent == 0x1f) {
            return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
        }
        return exponent == 0
                ? sign * Math.scalb((float) fraction, -24)
                : sign * Math.scalb(1 + fraction / 1024f, exponent - 15);
    }

    @Test
    void aMappedFileAndAStreamGiveTheSameNumbers() throws IOException {
        byte[] file = resource(DTYPES);
        Map<String, float[]> streamed = SafetensorsFile.weights(SafetensorsFile.stream(file));
        Map<String, float[]> mapped = SafetensorsFile.weights(SafetensorsFile.mapped(folder, file));
        assertThat(mapped).hasSameSizeAs(streamed);
        mapped.forEach((name, values) -> assertThat(values).as(name).isEqualTo(streamed.get(name)));
    }

    @Test
    void tensorsComeInFileOrderAndMayBeLeftUnread() {
        byte[] file = SafetensorsFile.of(
                "{" + SafetensorsFile.entry("second", "F32", 8, 12, 1) + ","
                        + SafetensorsFile.entry("first", "F32", 0, 8, 2) + "}",
                floats(1, 2, 3));
        StringBuilder order = new StringBuilder();
        try (Safetensors safetensors = SafetensorsFile.stream(file)) {
            safetensors.forEach((tensor, values) -> {
                float[] one = new float[1];
                values.next(one, 0, 1);
                order.append(tensor.name()).append(' ').append(one[0]).append(' ');
            });
        }
        assertThat(order).hasToString("first 1.0 second 3.0 ");
    }

    @Test
    void valuesBeyondTheTensorAreRefused() {
        byte[] file = new SafetensorsFile().addF32("two", new float[] {1, 2}, 2).bytes();
        try (Safetensors safetensors = SafetensorsFile.stream(file)) {
            safetensors.forEach((tensor, values) -> {
                float[] target = new float[4];
                values.next(target, 1, 1);
                assertThat(target).containsExactly(0, 1, 0, 0);
                assertThatThrownBy(() -> values.next(target, 0, 2))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("two [2] has 1 values left, not 2");
                assertThatThrownBy(() -> values.next(target, 3, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            });
        }
    }

    @Test
    void valuesAreNotReadAfterTheTensorsTurn() {
        byte[] file = new SafetensorsFile().addF32("one", new float[] {1}, 1).bytes();
        TensorValues[] kept = new TensorValues[1];
        try (Safetensors safetensors = SafetensorsFile.stream(file)) {
            safetensors.forEach((tensor, values) -> kept[0] = values);
        }
        assertThatThrownBy(() -> kept[0].next(new float[1], 0, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void otherFormatsAreListedButGiveNoWeights() {
        byte[] file =
                new SafetensorsFile().add("q", "F8_E4M3", new byte[] {1, 2}, 2).bytes();
        try (Safetensors safetensors = SafetensorsFile.stream(file)) {
            assertThat(safetensors.header().tensors())
                    .singleElement()
                    .extracting(Tensor::dtype)
                    .isEqualTo(Dtype.F8_E4M3);
            assertThatThrownBy(() -> safetensors.forEach((tensor, values) -> values.next(new float[2], 0, 2)))
                    .hasMessageStartingWith(
                            "[MAMBA_MODEL_UNSUPPORTED] test.safetensors: tensor q is stored as F8_E4M3");
        }
    }

    /** Each header stands before 8 bytes of data. */
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}                        | not valid JSON
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} x                     | not valid JSON
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} {}                    | goes on after its closing brace
            []                                                                           | the header must be START_OBJECT
            {"a":7}                                                                      | tensor a must be START_OBJECT
            {"a":{"dtype":"F32","shape":[2]}}                                            | tensor a lacks dtype, shape or data_offsets
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}                 | tensor a has an unknown field x
            {"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}                       | tensor a has an unknown dtype F31
            {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}                      | negative number in shape: -2
            {"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}                     | shape of tensor a must be VALUE_NUMBER_INT
            {"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}    | not valid JSON
            {"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}   | larger than any file
            {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}                       | takes 12 bytes, but data_offsets [0, 8] hold 8
            {"a":{"dtype":"F4","shape":[3],"data_offsets":[0,8]}}                        | does not end at a whole byte
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}                       | begin <= end, not [8, 0]
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}}                     | begin <= end, not [0, 4, 8]
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}                       | leaves a gap before it, which ends at 0
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}                       | describes 4 bytes of data, but the file has 8
            {"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}                      | describes 16 bytes of data, but the file has 8
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | overlaps the tensor before it
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | Duplicate field 'a'
            {"__metadata__":{"x":1},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | __metadata__.x must be VALUE_STRING
            """)
    void aWrongHeaderIsRefusedWithTheReason(String header, String reason) {
        byte[] file = SafetensorsFile.of(header, new byte[8]);
        assertThatThrownBy(() -> SafetensorsFile.mapped(folder, file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("[MAMBA_CHECKPOINT_CORRUPT] test.safetensors: ")
                .hasMessageContaining(reason);
        assertThatThrownBy(() -> SafetensorsFile.weights(SafetensorsFile.stream(file)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("[MAMBA_CHECKPOINT_CORRUPT] test.safetensors: ");
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() {
        byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16);
        ByteBuffer file = ByteBuffer.allocate(Long.BYTES + utf16.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(utf16.length).put(utf16);
        assertThatThrownBy(() -> SafetensorsFile.stream(file.array())).hasMessageContaining("not valid JSON");
    }

    @ParameterizedTest
    @CsvSource({"100000001", "-1", "9223372036854775807"})
    void aHeaderAboveTheLimitIsRefused(long length) {
        byte[] file = ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
        assertThatThrownBy(() -> SafetensorsFile.mapped(folder, file))
                .hasMessageContaining("the header claims " + Long.toUnsignedString(length) + " bytes");
    }

    @Test
    @Tag("slow")
    void aTensorAboveTwoGigabytesIsReadToItsEnd() throws IOException {
        long values = (1L << 30) + (1L << 28) + 3;
        String header = "{" + SafetensorsFile.entry("big", "F16", 0, 2 * values, values) + "}";
        Path path = folder.resolve("big.safetensors");
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.write(SafetensorsFile.of(header, new byte[0]));
            sparse.setLength(sparse.length() + 2 * values);
            sparse.seek(sparse.length() - 2);
            sparse.write(new byte[] {0x00, 0x3c});
        }
        float[] chunk = new float[1 << 20];
        float[] last = new float[1];
        try (Safetensors file = Safetensors.open(new MappedBytes("big", FileChannel.open(path)))) {
            file.forEach((tensor, from) -> {
                for (long left = values; left > 0; left -= Math.min(left, chunk.length)) {
                    int count = (int) Math.min(left, chunk.length);
                    from.next(chunk, 0, count);
                    last[0] = chunk[count - 1];
                }
            });
        }
        assertThat(last[0]).isEqualTo(1f);
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SafetensorsTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
