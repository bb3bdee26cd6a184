package io.mambaspark.index.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a small file of an index: {@code {"length":L,"sha256":"S","<name>":BODY}} and a line feed, where BODY is a JSON
 * object of L bytes with the checksum S.
 *
 * <p>So a file that was never written to its end is told from one that was damaged afterwards. The line feed is the last byte,
 * and the only one: JSON in this form has none. A file that holds one is complete, and what does not fit its checksum is damage,
 * also if the length was hit and now claims that more should follow. A file without one is a strict prefix only if it is shorter
 * than it claims and its JSON is well-formed as far as it goes.
 */
public final class SealedJson {
    /** No longer one is read or written. */
    static final int MOST_BYTES = 1 << 28;

    private static final byte LAST = '\n';
    private static final byte CLOSING = '}';
    /** The length of a head without its name. */
    private static final int MOST_HEAD = 120;

    private final String name;
    private final Pattern head;

    /** Files whose body has this name. */
    public SealedJson(String name) {
        this.name = name;
        this.head = Pattern.compile(
                "\\{\"length\":([1-9][0-9]{0,8}),\"sha256\":\"([0-9a-f]{64})\",\"" + Pattern.quote(name) + "\":");
    }

    /** What a file holds. */
    sealed interface Content permits Whole, Prefix {}

    /** A body that is what was written. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Whole(byte[] body) implements Content {}

    /** A strict prefix of a file, with as much of the body as it has. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Prefix(byte[] body) implements Content {}

    /** The file of a body. */
    public byte[] seal(byte[] body) {
        byte[] start = ("{\"length\":" + body.length + ",\"sha256\":\"" + Sha256.of(body) + "\",\"" + name + "\":")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] file = Arrays.copyOf(start, start.length + body.length + 2);
        System.arraycopy(body, 0, file, start.length, body.length);
        file[file.length - 2] = CLOSING;
        file[file.length - 1] = LAST;
        return file;
    }

    /**
     * The body of a file.
     *
     * @throws IOException if the file was cut or damaged
     */
    public byte[] open(byte[] file) throws IOException {
        try {
            if (read(file) instanceof Whole whole) {
                return whole.body();
            }
        } catch (Flaw flaw) {
            throw new IOException(flaw.getMessage(), flaw);
        }
        throw new IOException("it was not written to its end");
    }

    /**
     * Reads a file.
     *
     * @throws Flaw if it is neither whole nor a strict prefix of what {@link #seal} could have made
     */
    Content read(byte[] file) throws Flaw {
        String start = new String(file, 0, Math.min(file.length, MOST_HEAD + name.length()), StandardCharsets.US_ASCII);
        Matcher matcher = head.matcher(start);
        if (!matcher.lookingAt()) {
            if (matcher.hitEnd()) {
                return new Prefix(new byte[0]);
            }
            throw new Flaw("content", start, "a head with length, sha256 and " + name);
        }
        int from = matcher.end();
        int length = Integer.parseInt(matcher.group(1));
        long whole = from + length + 2L;
        if (file.length > whole || (file.length < whole && holdsLast(file))) {
            throw new Flaw("length", length, Math.max(0, file.length - from - 2) + " as the file has it");
        }
        byte[] body = Arrays.copyOfRange(file, from, Math.min(file.length, from + length));
        if (body.length < length) {
            requirePrefix(body, length);
            return new Prefix(body);
        }
        String sha256 = Sha256.of(body);
        if (!sha256.equals(matcher.group(2))) {
            throw new Flaw("sha256", matcher.group(2), "that of the content, " + sha256);
        }
        for (int i = from + length; i < file.length; i++) {
            byte last = i == whole - 1 ? LAST : CLOSING;
            if (file[i] != last) {
                throw new Flaw("content", "a file that ends in byte " + file[i], "one that ends in " + last);
            }
        }
        return file.length == whole ? new Whole(body) : new Prefix(body);
    }

    private static boolean holdsLast(byte[] file) {
        for (byte each : file) {
            if (each == LAST) {
                return true;
            }
        }
        return false;
    }

    /** Refuses what no object of {@code length} bytes begins with. */
    private static void requirePrefix(byte[] body, int length) throws Flaw {
        try (JsonParser parser = new JsonFactory().createNonBlockingByteArrayParser()) {
            ByteArrayFeeder feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
            feeder.feedInput(body, 0, body.length);
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != JsonToken.NOT_AVAILABLE; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth == 0) {
                    throw new Flaw("length", length, "that of the object that follows");
                }
            }
        } catch (IOException e) {
            throw new Flaw("content", new String(body, StandardCharsets.UTF_8), "JSON as far as it goes");
        }
    }
}
