package io.mambaspark.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** The independent judge: Hugging Face's own tokenizers library. */
final class HuggingFace implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;

    HuggingFace(byte[] tokenizerJson) {
        try {
            tokenizer = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(tokenizerJson),
                    Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The built-in model's tokenizer.json. */
    static byte[] reader() {
        try (InputStream json = ByteLevelBpe.class.getResourceAsStream("/io/mambaspark/model/reader/tokenizer.json")) {
            return Objects.requireNonNull(json).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    int[] encode(String text) {
        return Arrays.stream(tokenizer.encode(text, false, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    /** Where each token ends, as a UTF-16 index. */
    int[] ends(String text) {
        Encoding encoding = tokenizer.encode(text, false, false);
        CodePoints codePoints = new CodePoints(text);
        return Arrays.stream(encoding.getCharTokenSpans())
                .mapToInt(CharSpan::getEnd)
                .map(codePoints::toUtf16)
                .toArray();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
