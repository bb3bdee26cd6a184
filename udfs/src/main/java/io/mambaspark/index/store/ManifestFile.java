package io.mambaspark.index.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a manifest: one JSON object with the length and the checksum of the manifest in front of it, so that a file that
 * was cut, at whatever place, is known for one.
 */
final class ManifestFile {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final Pattern HEAD =
            Pattern.compile("\\{\"length\":([0-9]{1,9}),\"sha256\":\"([0-9a-f]{64})\",\"manifest\":");

    /** No head is longer. */
    private static final int MOST_HEAD = 120;

    private static final byte[] TAIL = "}\n".getBytes(StandardCharsets.US_ASCII);

    private ManifestFile() {}

    /** What is no whole manifest, or one of another format. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        /** The format of a manifest that is whole; -1 otherwise. */
        private final int format;

        private Unreadable(String message, int format) {
            super(message);
            this.format = format;
        }

        int format() {
            return format;
        }
    }

    static byte[] encode(Manifest manifest) {
        byte[] body;
        try {
            body = JSON.writeValueAsBytes(manifest);
        } catch (JsonProcessingException e) {
            throw new AssertionError("records of strings and numbers are JSON", e);
        }
        byte[] head = ("{\"length\":" + body.length + ",\"sha256\":\"" + Sha256.of(body) + "\",\"manifest\":")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] file = Arrays.copyOf(head, head.length + body.length + TAIL.length);
        System.arraycopy(body, 0, file, head.length, body.length);
        System.arraycopy(TAIL, 0, file, head.length + body.length, TAIL.length);
        return file;
    }

    static Manifest decode(byte[] file) throws Unreadable {
        byte[] body = body(file);
        try {
            int format = JSON.readTree(body).path("format").asInt(-1);
            if (format != Manifest.FORMAT) {
                throw new Unreadable("its format is " + format, format);
            }
            return JSON.readValue(body, Manifest.class);
        } catch (IOException e) {
            throw new Unreadable("it is no manifest: " + e.getMessage(), -1);
        }
    }

    private static byte[] body(byte[] file) throws Unreadable {
        String start = new String(file, 0, Math.min(file.length, MOST_HEAD), StandardCharsets.US_ASCII);
        Matcher head = HEAD.matcher(start);
        if (!head.lookingAt()) {
            throw new Unreadable("it does not begin like a manifest", -1);
        }
        int from = head.end();
        long to = from + Long.parseLong(head.group(1));
        if (to + TAIL.length != file.length || !Arrays.equals(TAIL, Arrays.copyOfRange(file, (int) to, file.length))) {
            throw new Unreadable("it has " + file.length + " bytes, not " + (to + TAIL.length), -1);
        }
        byte[] body = Arrays.copyOfRange(file, from, (int) to);
        if (!Sha256.of(body).equals(head.group(2))) {
            throw new Unreadable("its checksum is wrong", -1);
        }
        return body;
    }
}
