package io.mambaspark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.text.TextNormalisation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** reader.json and heads.safetensors beside the tiny model, 48 wide. */
class ReaderFilesTest {
    @TempDir
    Path folder;

    /** The numbers were read with numpy. */
    @Test
    void theBuiltInHeadsAreWhatNumpyReads() {
        ReaderHeads heads = Checkpoint.builtIn().heads().orElseThrow();
        assertThat(heads.gateWeight()).startsWith(-0.009178876876831055f).endsWith(0.003853928530588746f);
        assertThat(heads.gateBias()).isEqualTo(-0.30341625213623047f);
        assertThat(heads.embedWeight()).startsWith(0.016369318589568138f).endsWith(0.06737835705280304f);
        assertThat(heads.salienceOutBias()).isEqualTo(0.2591794729232788f);
        assertThat(heads.featureScale()).startsWith(0.078216053545475f).endsWith(0.20000000298023224f);
    }

    @Test
    void anEmptyReaderFileIsAPlainReader() throws IOException {
        Checkpoint checkpoint = TinyModel.in(folder).write("reader.json", "{}").open();
        assertThat(checkpoint.profile()).isEqualTo(ReaderProfile.plain());
        assertThat(checkpoint.heads()).isEmpty();
    }

    @Test
    void aReaderFileSaysWhatItChanges() throws IOException {
        ReaderProfile profile =
                TinyModel.in(folder).write("reader.json", """
                        {"version": "v7", "markers": {"doc": 95}, "corpus_hybrid": {"dense_weight": 0.5},
                         "text_normalisation": {"replace": {"\u2013": "-"}}}""").open().profile();
        assertThat(profile.version()).isEqualTo("v7");
        assertThat(profile.docMarker()).hasValue(95);
        assertThat(profile.queryMarker()).isEmpty();
        assertThat(profile.denseWeight()).isEqualTo(0.5f);
        assertThat(profile.normalisation()).isEqualTo(new TextNormalisation(Map.of('\u2013', "-"), false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"markers": {"doc": 96}}                                | markers.doc = 96 is no token of a vocabulary of 96
            {"markers": {"query": -1}}                              | markers.query = -1 is no token
            {"markers": {"sep": "x"}}                               | sep must be a whole number
            {"markers": 3}                                          | markers must be an object
            {"text_normalisation": {"replace": {"ab": "c"}}}        | must map single characters, not "ab"
            {"text_normalisation": {"replace": {"a": 1}}}           | must map "a" to a string, not 1
            {"text_normalisation": {"replace": {"a": "\\ud83d"}}}  | text_normalisation.replace: the replacement of U+0061 holds half a character
            {"corpus_hybrid": {"dense_weight": -1}}                 | dense_weight must be at least 0, not -1.0
            {"version": 1}                                          | version must be a string
            {"text_normalisation": {"look_alikes": {"remove": ["ab"]}}}             | look_alikes.remove must map single characters, not "ab"
            {"text_normalisation": {"look_alikes": {"compose": "NFD"}}}             | compose must be NFC, not "NFD"
            {"text_normalisation": {"look_alikes": {"compatibility": ["z-a"]}}}     | the range U+007A to U+0061 is empty
            {"text_normalisation": {"look_alikes": {"compatibility": ["\\u0000-\\uffff"]}}} | half a character has no look-alike
            {"text_normalisation": {"capitals": "", "capitals_decided_on_characters": 0}} | at least 1 character, not 0
            {"summary_selection": {"spread_z": 0.3}}                                | summary_selection lacks spread_parts
            {"summary_selection": {"spread_parts": 0}}                              | spread_parts must be a whole number from 1
            {"passage_selection": {"k1": 0}}                                        | passage_selection.k1 must be a number above 0, not 0
            {"passage_selection": {"k1": 1.2, "b": 2}}                              | passage_selection.b must be a number from 0 to 1, not 2
            {"candidates": {"cjk_class": "[", "cjk_character_words": 0.5}}          | candidates.cjk_class is no class of characters
            {"corpus_hybrid": {"form": "rrf"}}                                      | corpus_hybrid.form must be idf or max, not "rrf"
            {"relevance": {"slope": "x"}}                                           | relevance.slope must be a number, not "x"
            {"heads_file": "../heads.safetensors"}                  | is not the name of a file in the same folder
            """)
    void aWrongReaderFileIsRefused(String json, String reason) throws IOException {
        TinyModel tiny = TinyModel.in(folder).write("reader.json", json);
        assertThatThrownBy(tiny::open)
                .hasMessageStartingWith("[MAMBA_CHECKPOINT_CORRUPT] " + folder.resolve("reader.json"))
                .hasMessageContaining(reason);
    }

    @Test
    void headsThatAreNamedButMissingAreAnError() throws IOException {
        TinyModel tiny = TinyModel.in(folder).write("reader.json", "{\"heads_file\": \"heads.safetensors\"}");
        assertThatThrownBy(tiny::open)
                .hasMessageStartingWith("[MAMBA_CHECKPOINT_NOT_FOUND] ")
                .hasMessageContaining("lacks heads.safetensors, which reader.json names");
    }

    /** Half a character is in no file's name: a path of it cannot even be made. */
    @Test
    void headsWithANameThatNoFileCanHaveAreMissing() throws IOException {
        TinyModel tiny = TinyModel.in(folder).write("reader.json", "{\"heads_file\": \"\\ud800.safetensors\"}");
        assertThatThrownBy(tiny::open).hasMessageStartingWith("[MAMBA_CHECKPOINT_NOT_FOUND] ");
    }

    @Test
    void theSizesOfTheHeadsComeFromTheFile() throws IOException {
        ReaderHeads heads = withHeads(heads(20, 7)).open().heads().orElseThrow();
        assertThat(heads.dEmbed()).isEqualTo(20);
        assertThat(heads.hidden()).isEqualTo(7);
        assertThat(heads.embedWeight()).hasSize(20 * 48);
        assertThat(heads.salienceHiddenWeight()).hasSize(7 * 26);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gate.weight",
                "gate.bias",
                "embed.weight",
                "salience.0.weight",
                "salience.1.weight",
                "salience.1.bias",
                "salience.feature_mean",
                "salience.feature_scale"
            })
    void headsThatDoNotFitTogetherAreRefused(String misshapen) throws IOException {
        Map<String, long[]> shapes = heads(20, 7);
        shapes.put(misshapen, new long[] {3, 5});
        TinyModel tiny = withHeads(shapes);
        assertThatThrownBy(tiny::open)
                .hasMessageStartingWith("[MAMBA_CHECKPOINT_CORRUPT] ")
                .hasMessageContaining("tensor " + misshapen + " must have the shape ")
                .hasMessageContaining("not [3, 5]");
        shapes.remove(misshapen);
        assertThatThrownBy(withHeads(shapes)::open).hasMessageContaining("tensor " + misshapen + " is missing");
    }

    @Test
    void aScaleOfZeroIsRefused() throws IOException {
        SafetensorsFile file = new SafetensorsFile();
        heads(2, 1).forEach((name, shape) -> file.addF32(name, new float[(int) count(shape)], shape));
        TinyModel tiny = TinyModel.in(folder).write("reader.json", "{}").write("heads.safetensors", file.bytes());
        assertThatThrownBy(tiny::open)
                .hasMessageContaining("salience.feature_scale[0] must be a number other than 0, not 0.0");
    }

    private TinyModel withHeads(Map<String, long[]> shapes) throws IOException {
        SafetensorsFile file = new SafetensorsFile();
        shapes.forEach((name, shape) -> {
            float[] ones = new float[(int) count(shape)];
            Arrays.fill(ones, 1);
            file.addF32(name, ones, shape);
        });
        return TinyModel.in(folder).write("reader.json", "{}").write("heads.safetensors", file.bytes());
    }

    private static Map<String, long[]> heads(int dEmbed, int hidden) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("gate.weight", new long[] {1, 48});
        shapes.put("gate.bias", new long[] {1});
        shapes.put("embed.weight", new long[] {dEmbed, 48});
        shapes.put("embed.bias", new long[] {dEmbed});
        shapes.put("salience.0.weight", new long[] {hidden, 6 + dEmbed});
        shapes.put("salience.0.bias", new long[] {hidden});
        shapes.put("salience.1.weight", new long[] {1, hidden});
        shapes.put("salience.1.bias", new long[] {1});
        shapes.put("salience.feature_mean", new long[] {6 + dEmbed});
        shapes.put("salience.feature_scale", new long[] {6 + dEmbed});
        return shapes;
    }

    private static long count(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
