package io.mambaspark.storm;

import io.mambaspark.error.MambaError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Damages one kind of file by the thousand. Case i of a kind is always the same damage: its seed is the kind and i. A run
 * goes on where the one before it ended ({@code target/storm/<kind>.next}); {@code -Dstorm.from=i} begins at another case,
 * {@code -Dstorm.cases=n} sets how many there are.
 */
public final class Storm {
    private static final int CASES = Integer.getInteger("storm.cases", 20_000);
    private static final int LONGEST_SECONDS = 10;
    private static final int KEPT_EACH = 100;
    private static final int SHOWN = 20;

    private final String kind;
    /** What must be the same afterwards: the folder around the one that is damaged. */
    private final Path around;

    private final Path inside;
    private final List<String> faults = new ArrayList<>();
    private final TreeMap<String, Integer> outcomes = new TreeMap<>();

    /** A storm over what is {@code inside}; nothing beside it in {@code around} may change. */
    public Storm(String kind, Path around, Path inside) {
        this.kind = kind;
        this.around = around;
        this.inside = inside;
    }

    /** What reads the damaged thing: returns what it was told, or throws an error of ours. */
    @FunctionalInterface
    public interface Victim {
        /**
         * Reads it.
         *
         * @return a word on the answer, for the count
         */
        String read(Random random) throws Exception;
    }

    /** Damages {@code original}, once a case, hands the bytes to {@code victim} and returns the faults, each with its case. */
    public List<String> rage(Victim victim) throws IOException {
        Path kept = Files.createDirectories(Path.of("target", "storm")).resolve(kind + ".next");
        int from = Integer.getInteger("storm.from", Files.exists(kept) ? Integer.parseInt(Files.readString(kept)) : 0);
        TreeMap<String, String> before = beside();
        ExecutorService runner = daemon();
        for (int i = from; i < CASES && faults.size() < SHOWN; i++) {
            runner = oneCase(i, victim, runner);
            if (i % KEPT_EACH == 0) {
                Files.writeString(kept, Integer.toString(i));
            }
        }
        runner.shutdownNow();
        if (!before.equals(beside())) {
            faults.add("files outside the folder changed");
        }
        Files.writeString(kept, Integer.toString(faults.isEmpty() ? 0 : from));
        System.out.printf("storm: %s, cases %d to %d: %s, faults %s%n", kind, from, CASES, outcomes, faults);
        return faults;
    }

    /** How often each answer and each condition came. */
    public SortedMap<String, Integer> outcomes() {
        return outcomes;
    }

    private ExecutorService oneCase(int number, Victim victim, ExecutorService runner) {
        Random random = new Random(31L * kind.hashCode() + number);
        try {
            count(runner.submit(() -> victim.read(random)).get(LONGEST_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            faults.add("case " + number + ": no end within " + LONGEST_SECONDS + " s");
            runner.shutdownNow();
            return daemon();
        } catch (ExecutionException e) {
            MambaError error = ours(e.getCause());
            if (error == null) {
                faults.add("case " + number + ": " + e.getCause() + " at " + place(e.getCause()));
            } else {
                count(error.condition());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return runner;
    }

    private static String place(Throwable failure) {
        return Stream.of(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.mambaspark"))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("?");
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    /** The error that a failure carries, or null: Spark may have wrapped it. */
    private static MambaError ours(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof MambaError.Carrier carrier) {
                return carrier.error();
            }
        }
        return null;
    }

    private static ExecutorService daemon() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "storm");
            thread.setDaemon(true);
            return thread;
        });
    }

    private TreeMap<String, String> beside() throws IOException {
        TreeMap<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(around)) {
            for (Path file : (Iterable<Path>) files.filter(each -> !each.startsWith(inside))::iterator) {
                found.put(
                        file.toString(),
                        Files.isDirectory(file)
                                ? ""
                                : Files.size(file) + " "
                                        + Files.getLastModifiedTime(file).toMillis());
            }
        }
        return found;
    }

    /** Bytes with one to four kinds of damage: other bits, bytes that are gone, new, moved or repeated, an early end. */
    public static byte[] damaged(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int times = 1 + random.nextInt(4); times > 0 && bytes.length > 0; times--) {
            bytes = onceDamaged(bytes, random);
        }
        return bytes;
    }

    private static byte[] onceDamaged(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int count = 1 + random.nextInt(Math.min(16, bytes.length - at));
        switch (random.nextInt(12)) { // more than a third of all damage leaves the length as it is, and changes one bit
            case 0:
            case 8:
            case 9:
            case 10:
            case 11:
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                return bytes;
            case 1:
                for (int i = 0; i < count; i++) {
                    bytes[at + i] = (byte) random.nextInt();
                }
                return bytes;
            case 2:
                return spliced(bytes, at, at + count, new byte[0]);
            case 3:
                byte[] more = new byte[count];
                random.nextBytes(more);
                return spliced(bytes, at, at, more);
            case 4:
                return spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + count));
            case 5:
                return Arrays.copyOf(bytes, at);
            case 6:
                Arrays.fill(bytes, at, at + count, (byte) (random.nextBoolean() ? 0 : 0xFF));
                return bytes;
            default:
                bytes[at] = (byte) INTERESTING.charAt(random.nextInt(INTERESTING.length()));
                return bytes;
        }
    }

    private static final long[] NUMBERS = {
        0, 1, -1, 0x7F, 0x80, 1 << 24, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 40
    };

    /** Damages what is between two places, mostly once, and moves nothing: what is recorded of lengths stays true. */
    public static void damageInPlace(byte[] bytes, int from, int to, Random random) {
        for (int times = random.nextInt(3) > 0 ? 1 : 2 + random.nextInt(3); times > 0; times--) {
            int at = from + random.nextInt(to - from);
            int count = Math.min(1 + random.nextInt(16), to - at);
            switch (random.nextInt(6)) {
                case 0:
                    for (int i = 0; i < count; i++) {
                        bytes[at + i] = (byte) random.nextInt();
                    }
                    break;
                case 1:
                    Arrays.fill(bytes, at, at + count, (byte) (random.nextBoolean() ? 0 : 0xFF));
                    break;
                case 2:
                    System.arraycopy(bytes, from + random.nextInt(to - count + 1 - from), bytes, at, count);
                    break;
                case 3:
                    long number = NUMBERS[random.nextInt(NUMBERS.length)];
                    int width = Math.min(random.nextBoolean() ? Integer.BYTES : Long.BYTES, to - at);
                    for (int i = 0; i < width; i++) {
                        bytes[at + i] = (byte) (number >> (Byte.SIZE * i));
                    }
                    break;
                default:
                    bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            }
        }
    }

    private static final String INTERESTING = "0123456789-.eE\"\\{}[],: /\0N";

    /** Text of JSON with one to three of its values replaced by what nobody expects; now and then damaged as bytes. */
    public static byte[] damagedJson(byte[] original, Random random) {
        if (random.nextInt(3) == 0) {
            return damaged(original, random);
        }
        String text = new String(original, StandardCharsets.UTF_8);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            text = onceDamagedJson(text, random);
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final String[] VALUES = {
        "0",
        "-1",
        "1",
        "2147483647",
        "2147483648",
        "9223372036854775807",
        "1e308",
        "1e999",
        "-0.5",
        "null",
        "true",
        "[]",
        "{}",
        "\"\"",
        "\"x\"",
        "\"../../x\"",
        "\"/etc/passwd\"",
        "\"a\\u0000b\"",
        "NaN",
        "[[[[[[]]]]]]",
        "\"\\ud800\"",
        "123456789012345678901234567890"
    };

    private static final Pattern VALUE =
            Pattern.compile("-?\\d+(\\.\\d+)?([eE]-?\\d+)?|\"(\\\\.|[^\"\\\\])*\"|true|false|null");

    private static String onceDamagedJson(String text, Random random) {
        List<int[]> values = new ArrayList<>();
        Matcher matcher = VALUE.matcher(text);
        while (matcher.find()) {
            values.add(new int[] {matcher.start(), matcher.end()});
        }
        if (values.isEmpty()) {
            return text;
        }
        int[] value = values.get(random.nextInt(values.size()));
        int[] other = values.get(random.nextInt(values.size()));
        String replacement =
                random.nextBoolean() ? VALUES[random.nextInt(VALUES.length)] : text.substring(other[0], other[1]);
        return text.substring(0, value[0]) + replacement + text.substring(value[1]);
    }

    /** A file of Lucene's with the checksum in its last eight bytes, a CRC-32 as a big-endian long, that its content has now. */
    public static byte[] withLuceneChecksum(byte[] file) {
        if (file.length >= Long.BYTES) {
            forgeLuceneChecksum(file, 0, file.length);
        }
        return file;
    }

    /** The same for a file within a file. */
    public static void forgeLuceneChecksum(byte[] bytes, int from, int to) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, from, to - from - Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(to - Long.BYTES, checksum.getValue());
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] instead) {
        byte[] result = new byte[bytes.length - (to - from) + instead.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(instead, 0, result, from, instead.length);
        System.arraycopy(bytes, to, result, from + instead.length, bytes.length - to);
        return result;
    }
}
