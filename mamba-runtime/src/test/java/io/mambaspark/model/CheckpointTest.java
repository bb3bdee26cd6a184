package io.mambaspark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mambaspark.text.TextNormalisation;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String BUILT_IN = "/io/mambaspark/model/reader/";

    @TempDir
    Path folder;

    @Test
    void theBuiltInModelOpens() {
        Checkpoint checkpoint = Checkpoint.builtIn();
        assertThat(checkpoint.name()).isEqualTo("built-in");
        ModelConfig config = checkpoint.config();
        assertThat(config.modelType()).isEqualTo("mamba");
        assertThat(checkpoint.tokenizer().vocabularySize()).isEqualTo(config.vocabSize());
        ReaderHeads heads = checkpoint.heads().orElseThrow();
        assertThat(heads.dModel()).isEqualTo(config.dModel());
        assertThat(heads.featureMean()).hasSize(6 + heads.dEmbed());
    }

    @Test
    void theBuiltInProfileSaysHowToRead() {
        ReaderProfile profile = Checkpoint.builtIn().profile();
        assertThat(profile.docMarker()).hasValue(3);
        assertThat(profile.queryMarker()).hasValue(2);
        assertThat(profile.separatorMarker()).hasValue(4);
        assertThat(profile.version()).isEqualTo("reader-v2");
        assertThat(profile.denseWeight()).isEqualTo(6f);
        assertThat(profile.hybrid()).isEqualTo(new HybridRules(HybridRules.Form.IDF, 1.6));
        assertThat(profile.normalisation().capitalsDecidedOn()).isEqualTo(4096);
        assertThat(profile.normalisation().lookAlikes().removed()).contains('\u00ad', '\u200b');
        assertThat(profile.normalisation().lowerCaseCapitals()).isTrue();
        assertThat(profile.normalisation().replace())
                .containsEntry('\u2026', "...")
                .containsEntry('\u2019', "'")
                .containsEntry('\u00a0', " ");
    }

    /** The numbers were read with numpy. */
    @Test
    void theTinyModelsWeightsAreWhatNumpyReads() throws IOException {
        ReferenceTensors expected = ReferenceTensors.read(TinyModel.RESOURCES + "expected.safetensors");
        assertThat(expected.floats("logits.33"))
                .startsWith(-0.72547698f, 1.56372356f)
                .endsWith(-1.26259971f);
        assertThat(expected.shape("ssm_state.200")).containsExactly(3, 1, 96, 16);
        assertThat(expected.ints("greedy")).startsWith(35, 3, 51).endsWith(89).hasSize(21);
        Map<String, float[]> weights = TinyModel.in(folder).weights();
        assertThat(weights).hasSize(32);
        assertThat(weights.get("backbone.layers.2.mixer.x_proj.weight")).hasSize(35 * 96);
    }

    @Test
    void aCheckpointWithoutReaderFilesIsReadPlainly() throws IOException {
        Checkpoint tiny = TinyModel.in(folder).open();
        assertThat(tiny.name()).isEqualTo(folder.getFileName().toString());
        assertThat(tiny.heads()).isEmpty();
        assertThat(tiny.profile()).isEqualTo(ReaderProfile.plain());
        assertThat(tiny.profile().docMarker()).isEqualTo(OptionalInt.empty());
        assertThat(tiny.profile().normalisation()).isEqualTo(TextNormalisation.NONE);
        assertThatThrownBy(tiny::tokenizer)
                .hasMessageStartingWith("[MAMBA_CHECKPOINT_NOT_FOUND] ")
                .hasMessageContaining("has no tokenizer.json");
    }

    @Test
    void shardsGiveTheSameWeightsAsOneFile() throws IOException {
        TinyModel tiny = TinyModel.in(folder);
        Map<String, float[]> whole = tiny.weights();
        Map<String, float[]> shards = tiny.shard().weights();
        assertThat(shards).hasSameSizeAs(whole);
        whole.forEach((name, values) -> assertThat(shards.get(name)).as(name).isEqualTo(values));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../stolen.safetensors", "/etc/passwd", "a/b.safetensors", "..", "", "config.json"})
    void anIndexMayNotLeadOutOfTheFolder(String shard) throws IOException {
        TinyModel tiny = TinyModel.in(folder).shard();
        Path index = folder.resolve("model.safetensors.index.json");
        tiny.write(index.getFileName().toString(), Files.readString(index).replace(TinyModel.shardName(1), shard));
        assertThatThrownBy(tiny::open)
                .hasMessageStartingWith("[MAMBA_CHECKPOINT_CORRUPT] ")
                .hasMessageContaining("to \"" + shard + "\", which is not the name of a .safetensors file");
    }

    @Test
    void anIndexThatDisagreesWithItsShardsIsRefused() throws IOException {
        TinyModel tiny = TinyModel.in(folder).shard();
        Path index = folder.resolve("model.safetensors.index.json");
        String good = Files.readString(index);
        tiny.write(
                index.getFileName().toString(),
                good.replace(
                        "\"backbone.norm_f.weight\":\"" + TinyModel.shardName(1),
                        "\"backbone.norm_f.weight\":\"" + TinyModel.shardName(0)));
        assertThatThrownBy(tiny::open)
                .hasMessageStartingWith("[MAMBA_CHECKPOINT_CORRUPT] ")
                .hasMessageContaining(TinyModel.shardName(1) + " holds tensor backbone.norm_f.weight, for which"
                        + " weight_map names " + TinyModel.shardName(0));
        tiny.write(
                index.getFileName().toString(),
                good.replace("{\"backbone", "{\"x\":\"" + TinyModel.shardName(0) + "\",\"backbone"));
        assertThatThrownBy(tiny::open).hasMessageContaining("for tensor x, but that file lacks it");
        tiny.write(index.getFileName().toString(), good).delete(TinyModel.shardName(1));
        assertThatThrownBy(tiny::open).hasMessageContaining("lacks " + TinyModel.shardName(1));
    }

    @Test
    void whatIsNoCheckpointSaysWhatIsMissing() throws IOException {
        assertThatThrownBy(() -> Checkpoint.open(folder.resolve("nowhere")))
                .hasMessageStartingWith("[MAMBA_CHECKPOINT_NOT_FOUND] ")
                .hasMessageContaining("nowhere is not a folder");
        assertThatThrownBy(() -> Checkpoint.open(folder)).hasMessageContaining("has no config.json");
        TinyModel tiny = TinyModel.in(folder).delete("model.safetensors");
        assertThatThrownBy(tiny::open).hasMessageContaining("has neither model.safetensors nor");
        tiny.write("pytorch_model.bin", "pickle");
        assertThatThrownBy(tiny::open)
                .hasMessageStartingWith("[MAMBA_CHECKPOINT_NOT_FOUND] ")
                .hasMessageContaining("convert the checkpoint to safetensors");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            "vocab_size": 96         | "vocab_size": 97          | tensor backbone.embeddings.weight has the shape [96, 48], but config.json asks for [97, 48]
            "conv_kernel": 4         | "conv_kernel": 3          | conv1d.weight has the shape [96, 1, 4], but config.json asks for [96, 1, 3]
            "time_step_rank": 3      | "time_step_rank": 5       | x_proj.weight has the shape [35, 96], but config.json asks for [37, 96]
            "num_hidden_layers": 3   | "num_hidden_layers": 4    | tensor backbone.layers.3.norm.weight is missing
            "num_hidden_layers": 3   | "num_hidden_layers": 200000 | tensor backbone.layers.3.norm.weight is missing
            "num_hidden_layers": 3   | "num_hidden_layers": 2    | tensor backbone.layers.2.
            "use_bias": false        | "use_bias": true          | tensor backbone.layers.0.mixer.in_proj.bias is missing
            "use_conv_bias": true    | "use_conv_bias": false    | conv1d.bias is no part of the model
            "tie_word_embeddings": true | "tie_word_embeddings": false | tensor lm_head.weight is missing
            """)
    void weightsThatDoNotFitTheConfigAreRefused(String from, String to, String reason) throws IOException {
        TinyModel tiny = TinyModel.in(folder).config(from, to);
        assertThatThrownBy(tiny::open)
                .hasMessageStartingWith("[MAMBA_CHECKPOINT_CORRUPT] " + folder)
                .hasMessageContaining(reason);
    }

    @Test
    void theFingerprintDependsOnWhatTokensAndVectorsDependOn() throws IOException {
        for (String file : builtInFiles()) {
            Files.write(folder.resolve(file), TinyModel.resource(BUILT_IN + file));
        }
        String fingerprint = Checkpoint.builtIn().fingerprint();
        assertThat(fingerprint).matches("[0-9a-f]{64}");
        assertThat(Checkpoint.open(folder).fingerprint()).isEqualTo(fingerprint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "doc": 3                                   | "doc": 5
            "capitals_decided_on_characters": 4096     | "capitals_decided_on_characters": 4095
            "compose": "NFC"                           | "decompose": ""
            "\\ufb00-\\ufb06"                          | "\\ufb00-\\ufb05"
            "\\u200b"                                  | "\\u200c"
            "\\u2013": "-"                             | "\\u2014": "-"
            p = sum(g_t h_t) / (sum(g_t) + 1e-6)       | p = sum(g_t h_t) / sum(g_t)
            """)
    void anotherWayOfReadingIsAnotherFingerprint(String from, String to) throws IOException {
        assertThat(fingerprintOfReader(from, to)).isNotEqualTo(fingerprintOfReader(from, from));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "version": "reader-v2"                     | "version": "reader-v2.1"
            "spread_z": 0.3                            | "spread_z": 0.4
            "cosine_weight": 1.6                       | "cosine_weight": 1.7
            "slope": 24.29                             | "slope": 25
            "least_words": 3                           | "least_words": 4
            "capitals": "a text                        | "capitals": "any text
            "dialogue_share": 0.45                     | "dialogue_share": 0.5
            """)
    void anotherChoiceOfSentencesIsTheSameFingerprint(String from, String to) throws IOException {
        assertThat(fingerprintOfReader(from, to)).isEqualTo(fingerprintOfReader(from, from));
    }

    /** Of the tiny model with the built-in reader.json, less its heads, in which one thing is changed. */
    private String fingerprintOfReader(String from, String to) throws IOException {
        String reader = new String(TinyModel.resource(BUILT_IN + "reader.json"), StandardCharsets.UTF_8)
                .replace("\"heads_file\": \"heads.safetensors\",", "");
        assertThat(reader).contains(from);
        return TinyModel.in(folder)
                .write("reader.json", reader.replace(from, to))
                .open()
                .fingerprint();
    }

    @Test
    void theSalienceHeadIsNotInTheFingerprintButTheEmbeddingHeadIs() throws IOException {
        for (String file : builtInFiles()) {
            Files.write(folder.resolve(file), TinyModel.resource(BUILT_IN + file));
        }
        String before = Checkpoint.open(folder).fingerprint();
        Path heads = folder.resolve("heads.safetensors");
        changeTensor(heads, "salience.0.bias");
        assertThat(Checkpoint.open(folder).fingerprint()).isEqualTo(before);
        changeTensor(heads, "embed.bias");
        assertThat(Checkpoint.open(folder).fingerprint()).isNotEqualTo(before);
    }

    private static void changeTensor(Path file, String name) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int header = Math.toIntExact(
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
        JsonNode tensor = new ObjectMapper().readTree(bytes, Long.BYTES, header).get(name);
        bytes[Long.BYTES + header + tensor.at("/data_offsets/0").asInt()] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void aFolderOfVersionOneLoadsWithItsOwnRules() throws IOException {
        ReaderProfile profile =
                TinyModel.in(folder).write("reader.json", """
                        {"version": "reader-v1", "summary_selection": "target N = max_words / 1.1",
                         "query_selection": {"score": "s_i = 0.3 z(bm25_i) + 0.7 z(cos(query, e_i))", "bm25": "k1 1.2"},
                         "corpus_hybrid": {"score": "bm25 / largest + 3 cos", "dense_weight": 3.0}}""").open().profile();
        assertThat(profile.selection()).isEmpty();
        assertThat(profile.form()).isEmpty();
        assertThat(profile.passages()).isEmpty();
        assertThat(profile.relevance()).isEmpty();
        assertThat(profile.query()).isEqualTo(QueryRules.VERSION_1);
        assertThat(profile.hybrid()).isEqualTo(new HybridRules(HybridRules.Form.MAX, 3));
        assertThat(profile.normalisation()).isEqualTo(TextNormalisation.NONE);
    }

    @Test
    void theFingerprintIsTheSameHoweverTheWeightsWereRead() throws IOException {
        Checkpoint readFirst = TinyModel.in(folder).open();
        float[] some = new float[5];
        readFirst.readWeights((name, shape, values) -> values.next(some, 0, 5));
        String fingerprint = readFirst.fingerprint();
        assertThat(Checkpoint.open(folder).fingerprint()).isEqualTo(fingerprint).isEqualTo(byDefinition(folder));
    }

    @Test
    void oneOtherWeightIsAnotherFingerprint() throws IOException {
        TinyModel tiny = TinyModel.in(folder);
        String before = tiny.open().fingerprint();
        byte[] weights = Files.readAllBytes(folder.resolve("model.safetensors"));
        weights[weights.length - 1] ^= 1;
        assertThat(tiny.write("model.safetensors", weights).open().fingerprint())
                .isNotEqualTo(before);
    }

    @Test
    void weightsThatWereReplacedAfterOpeningAreRefused() throws IOException {
        TinyModel tiny = TinyModel.in(folder);
        Checkpoint opened = tiny.open();
        tiny.write("model.safetensors", new SafetensorsFile().bytes());
        assertThatThrownBy(opened::fingerprint)
                .hasMessageStartingWith("[MAMBA_CHECKPOINT_CORRUPT] ")
                .hasMessageContaining("it was changed after the checkpoint was opened");
    }

    @Test
    void aCheckpointInAZipFileSystemIsReadAsAStream() throws IOException {
        TinyModel tiny = TinyModel.in(Files.createDirectory(folder.resolve("tiny")));
        URI zip = URI.create("jar:" + folder.resolve("tiny.zip").toUri());
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path inside = files.getPath("/");
            for (String file : List.of("config.json", "model.safetensors")) {
                Files.copy(tiny.folder().resolve(file), inside.resolve(file));
            }
            assertThat(Checkpoint.open(inside).fingerprint())
                    .isEqualTo(tiny.open().fingerprint());
        }
    }

    @Test
    void everyReadingGivesEveryTensorOnce() throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        Checkpoint tiny = TinyModel.in(folder).open();
        for (int i = 0; i < 3; i++) {
            tiny.readWeights((name, shape, values) -> counts.merge(name, 1, Integer::sum));
        }
        assertThat(counts)
                .hasSize(32)
                .allSatisfy((name, count) -> assertThat(count).isEqualTo(3));
    }

    private static List<String> builtInFiles() {
        return List.of("config.json", "heads.safetensors", "model.safetensors", "reader.json", "tokenizer.json");
    }

    /** One line {@code name length sha256} a file, in order of name; the SHA-256 of these lines. */
    private static String byDefinition(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (var list = Files.list(folder)) {
            list.sorted().forEach(files::add);
        }
        StringBuilder lines = new StringBuilder();
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            lines.append(file.getFileName() + " " + content.length + " " + sha256(content) + "\n");
        }
        return sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] content) {
        MessageDigest digest = ModelFingerprint.sha256();
        return HexFormat.of().formatHex(digest.digest(content));
    }
}
