package io.mambaspark.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mambaspark.Books;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BYTE_LEVEL =
            "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':true,'use_regex':true}";

    /** GPT-NeoX's kind of file, which the published Mamba checkpoints have. */
    @Test
    void nfcAndAddedTokensOfBlanksHaveTheTokensOfHuggingFace() {
        assertSameAsHuggingFace(json -> {
            json.set("normalizer", json("{'type':'NFC'}"));
            json.set("pre_tokenizer", json(BYTE_LEVEL));
            json.set("post_processor", json(BYTE_LEVEL));
            addToken(json, 16_384, "  ", true);
            addToken(json, 16_385, "     ", true);
            addToken(json, 16_386, "caf\u00E9", true);
            addToken(json, 16_387, " caf", false);
            addToken(json, 16_388, "\uD83D\uDE00", false);
        });
    }

    @Test
    void mergesWrittenAsStringsHaveTheTokensOfHuggingFace() {
        assertSameAsHuggingFace(json -> {
            ArrayNode strings = JSON.createArrayNode();
            json.at("/model/merges")
                    .forEach(pair ->
                            strings.add(pair.get(0).asText() + " " + pair.get(1).asText()));
            ((ObjectNode) json.path("model")).set("merges", strings);
        });
    }

    @Test
    void runsOfDigitsHaveTheTokensOfHuggingFace() {
        assertSameAsHuggingFace(
                json -> ((ObjectNode) json.at("/pre_tokenizer/pretokenizers/0")).put("individual_digits", false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "/normalizer; {'type':'Lowercase'}; Lowercase",
                "/pre_tokenizer; {'type':'Whitespace'}; Whitespace",
                "/pre_tokenizer; null; none",
                "/pre_tokenizer; {'type':'ByteLevel','add_prefix_space':true,'use_regex':true}; add_prefix_space",
                "/pre_tokenizer; {'type':'ByteLevel','add_prefix_space':false,'use_regex':false}; use_regex",
                "/post_processor; {'type':'BertProcessing'}; BertProcessing",
                "/decoder; {'type':'WordPiece'}; WordPiece",
                "/model/type; 'Unigram'; Unigram",
                "/model/dropout; 0.1; dropout",
                "/model/ignore_merges; true; ignore_merges",
                "/model/end_of_word_suffix; '</w>'; end_of_word_suffix",
                "/added_tokens/0/lstrip; true; lstrip",
                "/model/vocab; {'a':1}; 0x00",
            })
    void whatIsNotSupportedIsRefusedByName(String pointer, String value, String named) {
        byte[] changed = changed(json -> {
            int slash = pointer.lastIndexOf('/');
            ((ObjectNode) json.at(pointer.substring(0, slash))).set(pointer.substring(slash + 1), json(value));
        });
        assertThatThrownBy(() -> read(changed))
                .isInstanceOf(TokenizerException.class)
                .hasMessageStartingWith("[MAMBA_TOKENIZER_UNSUPPORTED]")
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "/model/merges; ['a b c']; a b c",
                "/model/merges; [['a','qqqqq']]; qqqqq",
                "/model/vocab/a; -1; -1",
                "/model/vocab/a; 2000000000; 2000000000",
                "/model/vocab/a; 'x'; x",
                "/added_tokens; [{'content':''}]; added token",
                "/added_tokens; [{'content':5,'id':16384}]; added token",
                "/added_tokens; [{'content':'x','id':-1}]; -1",
                "/added_tokens; [{'content':'<new>','id':2000000000}]; 2000000000",
                "/added_tokens; [{'content':'<new>','id':5}]; over the id 5",
                "/added_tokens; [{'content':'<|doc|>','id':16384}]; two ids",
                "/added_tokens; [{'content':'<new>','id':16384},{'content':'<new>','id':16385}]; two ids",
                "/model/vocab/thethethe; 5; the id 5 to two tokens",
                "/model/vocab/\u65E5\u672C; 5; the id 5 to two tokens",
                "/model/merges; [['a','b','c']]; not of two tokens",
                "/model/merges; [['a',1]]; not of two tokens",
                "/model/merges; ['t h',['t','h']]; twice",
            })
    void aDamagedFileIsRefusedByName(String pointer, String value, String named) {
        byte[] changed = changed(json -> {
            int slash = pointer.lastIndexOf('/');
            ((ObjectNode) json.at(pointer.substring(0, slash))).set(pointer.substring(slash + 1), json(value));
        });
        assertThatThrownBy(() -> read(changed))
                .isInstanceOf(TokenizerException.class)
                .hasMessageStartingWith("[MAMBA_TOKENIZER_CORRUPT]")
                .hasMessageContaining(named);
    }

    /** Read as bytes it is a blank, read as text it is U+0120, which has two bytes: the ends of tokens would go wrong. */
    @Test
    void anAddedTokenOverAByteIsRefused() {
        byte[] changed = changed(json -> {
            int blank = json.at("/model/vocab").path("\u0120").asInt();
            addToken(json, blank, "\u0120", false);
        });
        assertThatThrownBy(() -> read(changed))
                .hasMessageStartingWith("[MAMBA_TOKENIZER_CORRUPT]")
                .hasMessageContaining("over the id");
    }

    @Test
    void allTokensOfOneIdAreRefused() {
        byte[] changed = changed(json -> {
            ObjectNode vocab = (ObjectNode) json.at("/model/vocab");
            vocab.fieldNames().forEachRemaining(token -> vocab.put(token, 0));
        });
        assertThatThrownBy(() -> read(changed)).hasMessageStartingWith("[MAMBA_TOKENIZER_CORRUPT]");
    }

    @Test
    void aTokenThatStandsTwiceIsRefused() {
        String json = new String(changed(ignored -> {}), StandardCharsets.UTF_8);
        String twice = json.replaceFirst("\"vocab\":\\{", "\"vocab\":{\"the\":1,\"the\":2,");
        assertThatThrownBy(() -> read(twice.getBytes(StandardCharsets.UTF_8)))
                .hasMessageStartingWith("[MAMBA_TOKENIZER_CORRUPT]");
    }

    /** Whatever a file says: it is refused as such, or all texts are read to their end. */
    @Test
    void noChangedCharacterLetsATextGoWrong() {
        byte[] good = changed(ignored -> {});
        Random random = new Random(16);
        String text = "The cat, 12 caf\u00E9s \uD83D\uDE00 <|doc|>\n".repeat(20);
        for (int i = 0; i < 40; i++) {
            byte[] damaged = good.clone();
            for (int change = 0; change <= i % 4; change++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                ByteLevelBpe bpe = read(damaged);
                assertThat(bpe.decode(bpe.encode(text))).hasSameSizeAs(text);
            } catch (TokenizerException expected) {
                assertThat(expected).hasMessageStartingWith("[MAMBA_TOKENIZER_");
            }
        }
    }

    @Test
    void aFileCutOffIsRefused() {
        assertThatThrownBy(() -> read("{\"model\": {".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(TokenizerException.class)
                .hasMessageStartingWith("[MAMBA_TOKENIZER_CORRUPT]");
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(TokenizerException.class);
    }

    private static void assertSameAsHuggingFace(Consumer<ObjectNode> change) {
        byte[] changed = changed(change);
        ByteLevelBpe bpe = read(changed);
        try (HuggingFace huggingFace = new HuggingFace(changed)) {
            String book = Books.timeMachine();
            assertThat(bpe.encode(book)).isEqualTo(huggingFace.encode(book));
            RandomUnicode unicode = new RandomUnicode(new Random(11));
            for (int i = 0; i < 3_000; i++) {
                String text = unicode.next() + "  caf\u00E9 cafe\u0301   \uD83D\uDE00" + unicode.next() + " 1234";
                assertThat(bpe.encodeWithSpecials(text)).as("%s", text).isEqualTo(huggingFace.encode(text));
            }
        }
    }

    private static ByteLevelBpe read(byte[] json) {
        return ByteLevelBpe.read(new ByteArrayInputStream(json));
    }

    private static byte[] changed(Consumer<ObjectNode> change) {
        try {
            ObjectNode json = (ObjectNode) JSON.readTree(HuggingFace.reader());
            change.accept(json);
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void addToken(ObjectNode json, int id, String content, boolean normalised) {
        ((ArrayNode) json.path("added_tokens"))
                .addObject()
                .put("id", id)
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", normalised)
                .put("special", false);
    }

    private static JsonNode json(String singleQuoted) {
        try {
            return JSON.readTree(singleQuoted.replace('\'', '"'));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
