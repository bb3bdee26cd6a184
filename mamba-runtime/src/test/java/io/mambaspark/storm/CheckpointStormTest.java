package io.mambaspark.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.ReadingState;
import io.mambaspark.engine.StateMismatchException;
import io.mambaspark.error.MambaException;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.task.Embedder;
import io.mambaspark.task.Embedding;
import io.mambaspark.task.Summarizer;
import io.mambaspark.task.Summary;
import io.mambaspark.task.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged checkpoints and states: an error of ours or finite numbers, never anything else. */
@Tag("storm")
class CheckpointStormTest {
    private static final String[] FILES = {
        "config.json", "heads.safetensors", "model.safetensors", "reader.json", "tokenizer.json"
    };
    private static final String TEXT =
            "The cat slept in the house. It dreamt of a mouse and of the garden. Nobody woke it.";

    @TempDir
    private Path around;

    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = Files.createDirectory(around.resolve("model"));
        for (String file : FILES) {
            Files.write(folder.resolve(file), original(file));
        }
        Files.writeString(around.resolve("beside.txt"), "nobody's");
    }

    private static byte[] original(String file) throws IOException {
        try (InputStream in = CheckpointStormTest.class.getResourceAsStream("/io/mambaspark/cases/base/" + file)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "heads.safetensors", "model.safetensors", "reader.json", "tokenizer.json"})
    void aDamagedFileIsAnErrorOfOursOrReadsFinitely(String file) throws IOException {
        byte[] original = original(file);
        assertThat(new Storm(file, around, folder).rage(random -> {
                    Files.write(
                            folder.resolve(file),
                            file.endsWith(".json")
                                    ? Storm.damagedJson(original, random)
                                    : damagedTensors(original, random));
                    return read();
                }))
                .isEmpty();
    }

    /** Half of the damage goes into the header, which is a small part of the file. */
    private static byte[] damagedTensors(byte[] original, Random random) {
        if (random.nextBoolean()) {
            return Storm.damaged(original, random);
        }
        int header = Long.BYTES
                + (int) ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN).getLong();
        byte[] damaged = random.nextBoolean()
                ? Storm.damaged(Arrays.copyOf(original, header), random)
                : withLength(Storm.damagedJson(Arrays.copyOfRange(original, Long.BYTES, header), random));
        byte[] all = Arrays.copyOf(damaged, damaged.length + original.length - header);
        System.arraycopy(original, header, all, damaged.length, original.length - header);
        return all;
    }

    private static byte[] withLength(byte[] header) {
        return ByteBuffer.allocate(Long.BYTES + header.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }

    private String read() {
        try (MambaModel model = MambaModel.load(
                Checkpoint.open(folder), EngineOptions.defaults().withDevice("cpu"), folder)) {
            Outcome<Embedding> embedding = new Embedder(model, Unit.DOCUMENT)
                    .embed(List.of(Document.of("a", TEXT)).iterator())
                    .next();
            Outcome<Summary> summary = new Summarizer(model, 8, null)
                    .summarize(List.of(Document.of("a", TEXT)).iterator())
                    .next();
            for (Outcome<?> outcome : List.of(embedding, summary)) {
                if (outcome.error() != null) {
                    assertThat(outcome.error().condition()).isNotEqualTo("MAMBA_READING_FAILED");
                    throw new MambaException(outcome.error(), null);
                }
            }
            for (float number : embedding.value().vector()) {
                assertThat(number).isFinite();
            }
            assertThat(embedding.value().vector()).isNotEmpty();
            assertThat(summary.value().text()).isNotBlank();
            return "finite";
        }
    }

    @Test
    void aDamagedStateIsRefused() throws IOException {
        Checkpoint checkpoint = Checkpoint.open(folder);
        ReadingState state = new ReadingState(checkpoint.config());
        state.advance(7);
        byte[] original = state.toBytes(checkpoint.fingerprint());
        assertThat(new Storm("state", around, folder).rage(random -> {
                    byte[] damaged = Storm.damaged(original, random);
                    try {
                        ReadingState.fromBytes(damaged, checkpoint.config(), checkpoint.fingerprint());
                    } catch (StateMismatchException e) {
                        return e.error().condition();
                    }
                    assertThat(damaged).isEqualTo(original);
                    return "nothing damaged";
                }))
                .isEmpty();
    }

    @Test
    void aStateWithAForgedChecksumIsRefusedOrFinite() throws IOException {
        Checkpoint checkpoint = Checkpoint.open(folder);
        byte[] original = new ReadingState(checkpoint.config()).toBytes(checkpoint.fingerprint());
        assertThat(new Storm("state-forged", around, folder).rage(random -> {
                    byte[] damaged = Storm.damaged(original, random);
                    if (damaged.length > Integer.BYTES) {
                        CRC32C checksum = new CRC32C();
                        checksum.update(damaged, 0, damaged.length - Integer.BYTES);
                        ByteBuffer.wrap(damaged)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putInt(damaged.length - Integer.BYTES, (int) checksum.getValue());
                    }
                    ReadingState read = ReadingState.fromBytes(damaged, checkpoint.config(), checkpoint.fingerprint());
                    assertThat(read.tokens()).isNotNegative();
                    assertThat(read.toBytes(checkpoint.fingerprint())).isEqualTo(damaged);
                    return "finite";
                }))
                .isEmpty();
    }
}
