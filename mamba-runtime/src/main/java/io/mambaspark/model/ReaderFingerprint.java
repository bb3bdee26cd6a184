package io.mambaspark.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mambaspark.text.LookAlikes;
import io.mambaspark.text.TextNormalisation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a reader.json and its heads add to a model's fingerprint: what changes tokens or vectors, and nothing else. So the rules
 * by which sentences and passages are chosen can improve without making stored vectors useless.
 */
final class ReaderFingerprint {
    /** Sorted, so that the order of fields does not matter. */
    private static final ObjectMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private ReaderFingerprint() {}

    /** A line each for the markers, the normalisation and the pooling. */
    static byte[] of(ReaderProfile profile, CheckpointJson json) {
        StringBuilder lines = new StringBuilder();
        marker(lines, "doc", profile.docMarker());
        marker(lines, "query", profile.queryMarker());
        marker(lines, "sep", profile.separatorMarker());
        TextNormalisation text = profile.normalisation();
        LookAlikes lookAlikes = text.lookAlikes();
        new TreeSet<>(lookAlikes.removed())
                .forEach(c -> lines.append("remove ").append(hex(c)).append('\n'));
        if (lookAlikes.compose()) {
            lines.append("compose\n");
        }
        lookAlikes.compatibility().stream()
                .sorted(Comparator.comparing(LookAlikes.Range::first).thenComparing(LookAlikes.Range::last))
                .forEach(range -> lines.append("compatibility ")
                        .append(hex(range.first()))
                        .append(' ')
                        .append(hex(range.last()))
                        .append('\n'));
        new TreeMap<>(text.replace()).forEach((c, replacement) -> {
            lines.append("replace ").append(hex(c));
            replacement.chars().forEach(each -> lines.append(' ').append(hex((char) each)));
            lines.append('\n');
        });
        if (text.lowerCaseCapitals()) {
            lines.append("capitals ").append(text.capitalsDecidedOn()).append('\n');
        }
        lines.append("pooling ").append(pooling(json)).append('\n');
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void marker(StringBuilder lines, String name, OptionalInt marker) {
        marker.ifPresent(id ->
                lines.append("marker ").append(name).append(' ').append(id).append('\n'));
    }

    private static String hex(char c) {
        return String.format("%04X", (int) c);
    }

    private static String pooling(CheckpointJson json) {
        try {
            // A tree keeps the order of the file; a map is sorted.
            return SORTED.writeValueAsString(
                    SORTED.treeToValue(json.object("pooling").node(), TreeMap.class));
        } catch (JsonProcessingException e) {
            throw CheckpointException.corrupt(json.file(), "pooling cannot be read: " + e.getMessage(), e);
        }
    }

    /** The numbers of the heads that make vectors, however they are stored; salience makes none. */
    static byte[] of(ReaderHeads heads) {
        List<float[]> all =
                List.of(heads.gateWeight(), new float[] {heads.gateBias()}, heads.embedWeight(), heads.embedBias());
        int count = all.stream().mapToInt(numbers -> numbers.length).sum();
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(count, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] numbers : all) {
            for (float number : numbers) {
                bytes.putFloat(number);
            }
        }
        return bytes.array();
    }
}
