package io.mambaspark.jobs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.luben.zstd.Zstd;
import io.mambaspark.error.MambaError;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not text have an error that names what they are; text in any encoding is read. */
class NotTextTest {
    private static final Configuration HADOOP = new Configuration();
    private static final String RUSSIAN = "Все счастливые семьи похожи друг на друга, каждая несчастливая по-своему. ";
    private static final String CHINESE = "道可道，非常道。名可名，非常名。无名天地之始，有名万物之母。";
    private static final String JAPANESE = "吾輩は猫である。名前はまだ無い。どこで生れたか頓と見当がつかぬ。";
    private static final String ARABIC = "كان يا ما كان في قديم الزمان ملك عظيم. ";

    @TempDir
    private Path folder;

    static Stream<Arguments> kinds() throws IOException {
        return Stream.of(
                arguments("an Office document", zip("[Content_Types].xml", "word/document.xml")),
                arguments("an Office document", zip("_rels/.rels", "xl/workbook.xml")),
                arguments("an Office document", hex("d0cf11e0a1b11ae1 0000")),
                arguments("an RTF document", "{\\rtf1\\ansi Hello}".getBytes(UTF_8)),
                arguments("an EPUB book", stored("application/epub+zip")),
                arguments("an OpenDocument file", stored("application/vnd.oasis.opendocument.text")),
                arguments("a PDF document", "%PDF-1.7\n1 0 obj\n<< >>\nendobj\n".getBytes(UTF_8)),
                arguments("a PDF document", "\n%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n".getBytes(ISO_8859_1)),
                arguments("a PNG image", image("png")),
                arguments("a JPEG image", image("jpg")),
                arguments("a GIF image", image("gif")),
                arguments("a BMP image", image("bmp")),
                arguments("a TIFF image", image("tif")),
                arguments("a TIFF image", hex("4d4d002a00000008")),
                arguments("a WebP image", hex("52494646 24000000 57454250 56503820")),
                arguments("a zip archive", zip("notes.txt", "more.txt")),
                arguments("a Java archive", zip("META-INF/MANIFEST.MF")),
                arguments("an empty zip archive", zip()),
                arguments("a gzip archive", gzip("text".getBytes(UTF_8))),
                arguments("a bzip2 archive", bzip2("text")),
                arguments("a zstd archive", Zstd.compress("text".getBytes(UTF_8))),
                arguments("an xz archive", hex("fd377a585a00 0004")),
                arguments("an lz4 archive", hex("04224d18 6440a7")),
                arguments("a 7z archive", hex("377abcaf271c 0004")),
                arguments("a RAR archive", hex("526172211a0700")),
                arguments("a tar archive", tar()),
                arguments("a Java class", classFile()),
                arguments("an ELF program", hex("7f454c46 02010100 00000000")),
                arguments("a Windows program", hex("4d5a9000 03000000")),
                arguments("a Mach-O program", hex("cffaedfe 07000001")),
                arguments("a Parquet file", hex("50415231 15041500")),
                arguments("binary data, with a NUL at character 4", "text\0text".getBytes(UTF_8)),
                arguments("binary data, with a NUL at character 20000", ("a".repeat(20_000) + "\0").getBytes(UTF_8)),
                arguments("binary data, with a NUL at character 0", new byte[64]),
                arguments("binary data", "SQLite format 3\0\u0010\0".getBytes(UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void namesWhatAFileIs(String kind, byte[] bytes) throws IOException {
        MambaError error = error(bytes, FileSource.UTF_8);
        assertThat(error.condition()).isEqualTo("MAMBA_DOCUMENT_NOT_TEXT");
        assertThat(error.message()).contains("file:" + folder).contains("it is " + kind);
        assertThat(error.parameters().get("advice")).endsWith(".");
    }

    /** Named encodings do not make text of an image. */
    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "UTF-16LE", "Shift_JIS"})
    void namesWhatAFileIsInAnyEncoding(String encoding) throws IOException {
        assertThat(error(image("png"), encoding).message()).contains("a PNG image");
        assertThat(error("a few words\0 and more".getBytes(Charset.forName(encoding)), encoding)
                        .message())
                .contains("a NUL at character 11");
    }

    @Test
    void looksIntoCompressedFiles() throws IOException {
        Path file = Files.write(folder.resolve("books.tar.gz"), gzip(tar()));
        assertThat(error(file, FileSource.UTF_8).message()).contains("books.tar.gz", "a tar archive");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MZ Wallace, a bag.",
                "BMW builds cars; BM is not one of them.",
                "ORCHARD in bloom",
                "GIF89a is an image format of 1989.",
                "PAR1 is how a Parquet file starts.",
                "PK is a name",
                "Rar! cried the bear.",
                "A page\fand another\u001B[1m, bold\u001B[0m"
            })
    void readsTextThatStartsLikeSomethingElse(String text) throws Exception {
        assertThat(read(text.getBytes(UTF_8), FileSource.UTF_8)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void unicodeWithoutAMarkIsNamedAndReadWhenAskedFor(String name) throws Exception {
        Charset charset = Charset.forName(name);
        for (String text : List.of(Shelf.alice(), RUSSIAN, CHINESE, JAPANESE, ARABIC, "Hi", "Ein Café.\r\n")) {
            byte[] bytes = text.getBytes(charset);
            assertThat(error(bytes, FileSource.UTF_8).message())
                    .contains("it is " + name + " without a byte order mark. Read it with --encoding " + name + ".");
            if (new String(bytes, ISO_8859_1).indexOf('\0') >= 0) {
                assertThat(error(bytes, "windows-1252").message())
                        .as("a wrong --encoding")
                        .contains(name);
            }
            assertThat(read(bytes, name)).isEqualTo(text);
            assertThat(read(("\uFEFF" + text).getBytes(charset), FileSource.UTF_8))
                    .isEqualTo(text);
        }
    }

    /** Chinese text without a line break may hold no NUL in UTF-16. */
    @Test
    void unicodeWithoutNulsIsNamedToo() throws IOException {
        for (Charset charset : List.of(UTF_16LE, UTF_16BE)) {
            assertThat(new String(CHINESE.getBytes(charset), ISO_8859_1)).doesNotContain("\0");
            assertThat(error(CHINESE.getBytes(charset), FileSource.UTF_8).message())
                    .contains("it is " + charset + " without");
        }
    }

    /** No encoding of one or two bytes a character is taken for UTF-16. */
    @ParameterizedTest
    @CsvSource({
        "windows-1252",
        "windows-1251",
        "KOI8-R",
        "IBM866",
        "GB18030",
        "Big5",
        "Shift_JIS",
        "EUC-JP",
        "windows-1256"
    })
    void textInOlderEncodingsIsReadWithReplacements(String name) throws Exception {
        for (String text : List.of("Café naïve. ", RUSSIAN, CHINESE, JAPANESE, ARABIC)) {
            Charset charset = Charset.forName(name);
            if (charset.newEncoder().canEncode(text)) {
                byte[] bytes = text.getBytes(charset);
                assertThat(read(bytes, FileSource.UTF_8)).contains("\uFFFD");
                assertThat(read(bytes, name)).isEqualTo(text);
            }
        }
    }

    @Test
    void aFileWhoseCodecIsMissingHasAnError() throws IOException {
        Path file = Files.write(folder.resolve("a.txt.zst"), Zstd.compress("text".getBytes(UTF_8)));
        MambaError error = error(file, FileSource.UTF_8);
        assertThat(error.condition()).isEqualTo("MAMBA_DOCUMENT_CODEC_MISSING");
        assertThat(error.message()).contains("a.txt.zst", "ZStandardCodec", ".gz");
    }

    /** A block codec allocates as much as the file says: 2 GB here. */
    @ParameterizedTest
    @ValueSource(strings = {"gz", "snappy", "lz4", "deflate"})
    void aFileThatItsCodecCannotReadHasAnError(String extension) throws IOException {
        byte[] damaged = hex("00001000 7fffffff 0102030405060708");
        MambaError error = error(Files.write(folder.resolve("a.txt." + extension), damaged), FileSource.UTF_8);
        assertThat(error.condition()).isEqualTo("MAMBA_DOCUMENT_UNREADABLE");
    }

    private String read(byte[] bytes, String encoding) throws IOException, DocumentException {
        return source(Files.write(folder.resolve("file"), bytes), encoding)
                .open(HADOOP, DocumentSource.MAX_BYTES)
                .text();
    }

    private MambaError error(byte[] bytes, String encoding) throws IOException {
        return error(Files.write(folder.resolve("file"), bytes), encoding);
    }

    private static MambaError error(Path file, String encoding) {
        return catchThrowableOfType(
                        DocumentException.class, () -> source(file, encoding).open(HADOOP, DocumentSource.MAX_BYTES))
                .error();
    }

    private static FileSource source(Path file, String encoding) {
        return new FileSource(file.getFileName().toString(), "file:" + file, 1, encoding);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static byte[] image(String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), format, out))
                .isTrue();
        return out.toByteArray();
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("some words".getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** As EPUB and OpenDocument start: an uncompressed entry with the media type. */
    private static byte[] stored(String mediaType) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("mimetype");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(mediaType.length());
            java.util.zip.CRC32 crc = new java.util.zip.CRC32();
            crc.update(mediaType.getBytes(UTF_8));
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(mediaType.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] bzip2(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] tar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
            out.putArchiveEntry(new TarArchiveEntry("empty.txt"));
            out.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] classFile() throws IOException {
        try (InputStream in = NotTextTest.class.getResourceAsStream("NotTextTest.class")) {
            return in.readAllBytes();
        }
    }
}
