package io.mambaspark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.BrokenCheckpoints;
import io.mambaspark.model.ChangedWeights;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.CheckpointException;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.DocumentReading;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.reading.Sink;
import io.mambaspark.text.TokenizerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No number that is not finite leaves a model, and it harms no other text. */
class NotANumberTest {
    private static final String TEXT = "The cat slept in the house. It dreamt of a mouse and of the garden.";
    private static final int WIDTH = 16;
    /** Of the byte {@code #} in the vocabulary of the checkpoints. */
    private static final int HASH = 40;

    @TempDir
    private Path folder;

    @Test
    void aWeightThatIsNoNumberIsTheErrorOfEachText() throws IOException {
        BrokenCheckpoints.write("nan-embedding", folder);
        try (MambaModel model = load()) {
            for (Outcome<?> outcome : everything(model, TEXT, "Another text.")) {
                assertThat(outcome.value()).isNull();
                assertThat(outcome.error().message())
                        .startsWith("[MAMBA_NOT_A_NUMBER] A weight of ")
                        .contains("model.safetensors, tensor backbone.norm_f.weight");
            }
            assertThatThrownBy(() -> model.queryVector("cat")).hasMessageStartingWith("[MAMBA_NOT_A_NUMBER]");
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void soItIsWhereverTheWeightStands(float wrong) throws IOException {
        for (String tensor : List.of("mixer.A_log", "mixer.D", "norm_f.weight", "mixer.conv1d.bias")) {
            BrokenCheckpoints.write("base", folder);
            ChangedWeights.in(folder, (name, values) -> {
                if (name.endsWith(tensor)) {
                    values[values.length - 1] = wrong;
                }
                return values;
            });
            try (MambaModel model = load()) {
                assertThat(everything(model, TEXT))
                        .allSatisfy(outcome -> assertThat(outcome.error().message())
                                .startsWith("[MAMBA_NOT_A_NUMBER] A weight of ")
                                .contains(tensor));
            }
        }
    }

    /** Weights that are finite, and make numbers that are not: of one token only. */
    @Test
    void aTextThatTheWeightsDoNotSuitHarmsNoOtherText() throws IOException {
        BrokenCheckpoints.write("base", folder);
        ChangedWeights.in(folder, (name, values) -> {
            // The last channel is 0 but for one token, whose projections are infinite then.
            for (int row = 0; row < values.length / WIDTH; row++) {
                if (name.equals("backbone.embeddings.weight")) {
                    values[row * WIDTH + WIDTH - 1] = row == HASH ? 1 : 0;
                } else if (name.endsWith("in_proj.weight")) {
                    values[row * WIDTH + WIDTH - 1] = Float.MAX_VALUE;
                }
            }
            if (name.endsWith("out_proj.weight")) {
                Arrays.fill(values, values.length / WIDTH * (WIDTH - 1), values.length, 0f);
            }
            return values;
        });
        try (MambaModel model = load();
                MambaModel fresh = load()) {
            assertThat(model.tokenizer().encode("#")).containsExactly(HASH);
            List<Outcome<?>> packed = everything(model, TEXT, "A # too many.", TEXT);
            assertThat(packed).hasSize(15);
            assertThat(packed.subList(5, 10))
                    .allSatisfy(outcome ->
                            assertThat(outcome.error().message()).startsWith("[MAMBA_NOT_A_NUMBER] A hidden state "));
            List<Outcome<?>> expected = everything(fresh, TEXT);
            assertThat(expected).extracting(Outcome::error).containsOnlyNulls();
            // Packed with it, behind it, and in the same workspace afterwards.
            for (List<Outcome<?>> other :
                    List.of(packed.subList(0, 5), packed.subList(10, 15), everything(model, TEXT))) {
                assertThat(other).usingRecursiveComparison().isEqualTo(expected);
            }
        }
    }

    @Test
    void aHeadThatIsNoNumberIsTheErrorOfEachText() throws IOException {
        BrokenCheckpoints.write("base", folder);
        assertThat(Checkpoint.open(folder).fault()).isEmpty();
        Path heads = folder.resolve("heads.safetensors");
        byte[] bytes = Files.readAllBytes(heads);
        int data = Long.BYTES
                + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
        Matcher bias = Pattern.compile("\"embed.bias\":.*?\"data_offsets\": ?\\[(\\d+)")
                .matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        assertThat(bias.find()).isTrue();
        int at = data + Integer.parseInt(bias.group(1));
        Arrays.fill(bytes, at, at + Float.BYTES, (byte) 0xff);
        Files.write(heads, bytes);
        try (MambaModel model = load()) {
            assertThat(everything(model, TEXT))
                    .allSatisfy(outcome -> assertThat(outcome.error().message()).startsWith("[MAMBA_NOT_A_NUMBER]"));
        }
    }

    /** All zeros: no vector of unit length points there. */
    @Test
    void aTextWithoutADirectionHasNoVector() throws IOException {
        BrokenCheckpoints.write("base", folder);
        Files.delete(folder.resolve("reader.json"));
        ChangedWeights.in(folder, (name, values) -> name.endsWith("norm_f.weight") ? new float[values.length] : values);
        try (MambaModel model = load()) {
            List<Outcome<?>> drawn = everything(model, TEXT);
            assertThat(drawn.get(3).error().message())
                    .startsWith("[MAMBA_NOT_A_NUMBER] A number of the text's vector is not a finite number");
            Outcome<Double> perplexity = new Perplexity(model)
                    .measure(List.of(Document.of("it", TEXT)).iterator())
                    .next();
            assertThat(perplexity.value()).isCloseTo(300, within(0.1)); // each token is as likely
        }
    }

    @Test
    void vectorsWithoutNumbersAreRefusedAtOpening() throws IOException {
        BrokenCheckpoints.write("heads-dembed0", folder);
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("[MAMBA_CHECKPOINT_CORRUPT]")
                .hasMessageContaining("embed.bias");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tok-all-zero", "tok-dup-id-long", "tok-nonbyte-dup"})
    void idsOfSeveralTokensAreRefusedAtOpening(String name) throws IOException {
        BrokenCheckpoints.write(name, folder);
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(TokenizerException.class)
                .hasMessageStartingWith("[MAMBA_TOKENIZER_CORRUPT]")
                .hasMessageContaining("to two tokens");
    }

    private MambaModel load() {
        return MambaModel.load(Checkpoint.open(folder), EngineOptions.defaults().withDevice("cpu"), folder);
    }

    /** What all tasks draw from texts that share a block: five outcomes a text. */
    private static List<Outcome<?>> everything(MambaModel model, String... texts) {
        List<Outcome<?>> all = new ArrayList<>();
        Stream<DocumentReading> readings = Arrays.stream(texts).map(text -> {
            Document document = Document.of("it", text);
            List<Sink<?>> sinks = List.of(
                    new Summarizer(model, 5, null).sink(document),
                    new Summarizer(model, 1000, null).sink(document),
                    new Embedder(model, Unit.PASSAGE).sink(document),
                    new Embedder(model, Unit.DOCUMENT).sink(document),
                    new Perplexity(model).sink(document));
            return new DocumentReading(model, document, sinks);
        });
        model.read(readings.iterator()).forEachRemaining(outcome -> {
            for (int i = 0; i < 5; i++) {
                all.add(outcome.error() == null ? outcome.value().get(i) : outcome);
            }
        });
        return all;
    }
}
