package io.mambaspark.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** Writes safetensors files, good and bad, and reads them in each form. */
final class SafetensorsFile {
    private final StringJoiner entries = new StringJoiner(",", "{", "}");
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    SafetensorsFile add(String name, String dtype, byte[] content, long... shape) {
        int begin = data.size();
        data.writeBytes(content);
        entries.add(entry(name, dtype, begin, data.size(), shape));
        return this;
    }

    SafetensorsFile addF32(String name, float[] values, long... shape) {
        ByteBuffer content = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        content.asFloatBuffer().put(values);
        return add(name, "F32", content.array(), shape);
    }

    byte[] bytes() {
        return of(entries.toString(), data.toByteArray());
    }

    static String entry(String name, String dtype, long begin, long end, long... shape) {
        StringJoiner extents = new StringJoiner(",", "[", "]");
        for (long extent : shape) {
            extents.add(Long.toString(extent));
        }
        return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                .formatted(name, dtype, extents, begin, end);
    }

    /** A file with that header, whatever it says. */
    static byte[] of(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }

    static Safetensors stream(byte[] file) {
        return stream(file, OptionalLong.empty());
    }

    static Safetensors stream(byte[] file, OptionalLong length) {
        return Safetensors.open(new StreamedBytes("test.safetensors", new ByteArrayInputStream(file), length));
    }

    /** The same file mapped, in pieces of at most 16 bytes, so that every tensor of some size spans several. */
    static Safetensors mapped(Path folder, byte[] file) throws IOException {
        Path path = Files.write(folder.resolve("test.safetensors"), file);
        return Safetensors.open(new MappedBytes("test.safetensors", FileChannel.open(path), 16));
    }

    /** All weights by name; other tensors are passed over. Closes the file. */
    static Map<String, float[]> weights(Safetensors file) {
        Map<String, float[]> weights = new HashMap<>();
        try (file) {
            file.forEach((tensor, values) -> {
                if (tensor.dtype().isWeight()) {
                    float[] target = new float[(int) tensor.values()];
                    values.next(target, 0, target.length);
                    weights.put(tensor.name(), target);
                }
            });
        }
        return weights;
    }
}
