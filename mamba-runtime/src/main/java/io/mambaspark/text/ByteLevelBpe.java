package io.mambaspark.text;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Byte-level byte-pair encoding (GPT-2, GPT-NeoX and the built-in reader), from a Hugging Face {@code tokenizer.json}
 * and with its ids. Words seen before are remembered, in bounded room. Immutable otherwise, and thread-safe.
 */
public final class ByteLevelBpe implements Tokenizer {
    private final BpeDefinition definition;
    private final WordScanner scanner;
    private final WordMerger merger;
    private final AddedTokens ofTexts;
    private final AddedTokens ofPrompts;
    private final WordCache cache = new WordCache();

    private ByteLevelBpe(BpeDefinition definition) {
        this.definition = definition;
        scanner = new WordScanner(definition.digits());
        merger = new WordMerger(definition.byteIds(), definition.byteLengths(), definition.merges());
        ofTexts = new AddedTokens(
                definition.added().stream().filter(token -> !token.special()).toList());
        ofPrompts = new AddedTokens(definition.added());
    }

    /**
     * Reads a {@code tokenizer.json}: a BPE model that holds all bytes, pre-tokenizer {@code ByteLevel}, alone or
     * behind {@code Digits}, normalizer none or NFC. Closes the stream.
     *
     * @throws TokenizerException            if the file asks for anything else, or is damaged
     * @throws java.io.UncheckedIOException  if the stream cannot be read
     */
    public static ByteLevelBpe read(InputStream tokenizerJson) {
        return new ByteLevelBpe(TokenizerJson.read(tokenizerJson));
    }

    @Override
    public TokenCursor tokens(ReaderText text) {
        return cursor(text, ofTexts);
    }

    @Override
    public int[] encode(String text) {
        return all(tokens(ReaderText.of(text, TextNormalisation.NONE)), text.length());
    }

    @Override
    public int[] encodeWithSpecials(String text) {
        return all(cursor(ReaderText.of(text, TextNormalisation.NONE), ofPrompts), text.length());
    }

    @Override
    public String decode(int[] ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * ids.length);
        for (int id : ids) {
            bytes.writeBytes(bytesOf(id));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public int vocabularySize() {
        return definition.tokenBytes().length;
    }

    @Override
    public OptionalInt special(String content) {
        return definition.added().stream()
                .filter(token -> token.special() && token.content().equals(content))
                .mapToInt(AddedToken::id)
                .findFirst();
    }

    private byte[] bytesOf(int id) {
        if (id < 0 || id >= vocabularySize() || definition.tokenBytes()[id] == null) {
            throw new IllegalArgumentException(
                    "token " + id + " is not in the vocabulary, whose ids end at " + (vocabularySize() - 1));
        }
        return definition.tokenBytes()[id];
    }

    private TokenCursor cursor(ReaderText text, AddedTokens added) {
        CharStream characters = text.characters();
        CharStream source = definition.nfc() ? new NfcChars(characters) : characters;
        return new BpeCursor(source, scanner, added, cache, merger);
    }

    private static int[] all(TokenCursor cursor, int characters) {
        int[] ids = new int[Math.max(16, characters / 3)];
        int[] ends = new int[1024];
        int[] batch = new int[ends.length];
        int count = 0;
        for (int read; (read = cursor.next(batch, ends, 0, batch.length)) > 0; count += read) {
            if (count + read > ids.length) {
                ids = Arrays.copyOf(ids, Math.max(count + read, ids.length + (ids.length >> 1)));
            }
            System.arraycopy(batch, 0, ids, count, read);
        }
        return Arrays.copyOf(ids, count);
    }
}
