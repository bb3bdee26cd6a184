package io.mambaspark.gpu;

import io.mambaspark.Books;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.text.ReaderText;
import io.mambaspark.text.TokenCursor;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Two whole books as the built-in model's tokens, document marker first; the GPU kit carries them instead of a tokenizer. */
final class BookTokens {
    private BookTokens() {}

    static List<int[]> books() {
        Checkpoint reader = Checkpoint.builtIn();
        return List.of(tokens(reader, Books.alice()), tokens(reader, Books.timeMachine()));
    }

    private static int[] tokens(Checkpoint reader, String text) {
        TokenCursor cursor =
                reader.tokenizer().tokens(ReaderText.of(text, reader.profile().normalisation()));
        int[] ids = new int[text.length()];
        int[] ends = new int[text.length()];
        int count = 0;
        for (int more = -1; more != 0; count += more) {
            more = cursor.next(ids, ends, count, ids.length - count);
        }
        IntStream marker = IntStream.of(reader.profile().docMarker().orElseThrow());
        return IntStream.concat(marker, Arrays.stream(ids, 0, count)).toArray();
    }

    /** Writes the books into the file that is named. */
    public static void main(String[] arguments) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(Path.of(arguments[0])))) {
            for (int[] book : books()) {
                out.writeInt(book.length);
                for (int token : book) {
                    out.writeShort(token);
                }
            }
        }
    }

    static List<int[]> read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            return List.of(readBook(in), readBook(in));
        }
    }

    private static int[] readBook(DataInputStream in) throws IOException {
        int[] tokens = new int[in.readInt()];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = in.readUnsignedShort();
        }
        return tokens;
    }
}
