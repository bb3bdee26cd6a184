package io.mambaspark.jobs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Recognises files that are not text by their first bytes. */
final class Signatures {
    /** How many first bytes are looked at: the first entries of a zip archive are named in them. */
    static final int BYTES = 8192;

    private static final String CONVERT = "Convert it to text, and read that.";
    private static final String UNPACK = "Unpack it, and read the files in it.";
    private static final String LEAVE_OUT = "Leave it out of --input.";

    private static final String OFFICE = "an Office document";
    private static final String ZIP = "504b0304";
    private static final int ENTRIES = 0;

    /**
     * What a file is.
     *
     * @param name   with its article
     * @param advice what to do, as a sentence
     */
    record Kind(String name, String advice) {}

    /**
     * The bytes by which a kind is known.
     *
     * @param offset where they are
     * @param hex    two digits a byte, two question marks for any byte
     * @param inside what must follow somewhere in the first bytes; empty for nothing
     */
    private record Signature(Kind kind, int offset, String hex, String inside) {
        /** A text may start with the same letters; it has no control characters. */
        boolean matches(byte[] head, String latin1) {
            return hasBytes(head) && (!isAscii() || hasControls(head)) && latin1.contains(inside);
        }

        private boolean hasBytes(byte[] head) {
            int length = hex.length() / 2;
            for (int i = 0; i < length; i++) {
                String digits = hex.substring(2 * i, 2 * i + 2);
                boolean same = offset + i < head.length
                        && (digits.equals("??") || (head[offset + i] & 0xFF) == Integer.parseInt(digits, 16));
                if (!same) {
                    return false;
                }
            }
            return true;
        }

        private boolean isAscii() {
            return hex.matches("([2-7].|\\?\\?)+");
        }
    }

    /** The first that matches counts. */
    private static final List<Signature> ALL = List.of(
            zip("mimetypeapplication/epub+zip", "an EPUB book", CONVERT),
            zip("mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file", CONVERT),
            zip("[Content_Types].xml", OFFICE, CONVERT),
            zip("word/", OFFICE, CONVERT),
            zip("xl/", OFFICE, CONVERT),
            zip("ppt/", OFFICE, CONVERT),
            zip("META-INF/MANIFEST.MF", "a Java archive", LEAVE_OUT),
            zip("", "a zip archive", UNPACK),
            of("504b0506", "an empty zip archive", LEAVE_OUT),
            of("504b0708", "a zip archive", UNPACK),
            of("d0cf11e0a1b11ae1", OFFICE + " (Office 97 to 2003, or Outlook)", CONVERT),
            of("89504e470d0a1a0a", "a PNG image", LEAVE_OUT),
            of("ffd8ff", "a JPEG image", LEAVE_OUT),
            of("474946383761", "a GIF image", LEAVE_OUT),
            of("474946383961", "a GIF image", LEAVE_OUT),
            of("49492a00", "a TIFF image", LEAVE_OUT),
            of("4d4d002a", "a TIFF image", LEAVE_OUT),
            of("49492b00", "a TIFF image", LEAVE_OUT),
            of("4d4d002b", "a TIFF image", LEAVE_OUT),
            of("52494646????????57454250", "a WebP image", LEAVE_OUT),
            of("424d????????00000000", "a BMP image", LEAVE_OUT),
            of("1f8b08", "a gzip archive", "Give its name the ending .gz, or unpack it."),
            of("425a68??314159265359", "a bzip2 archive", "Give its name the ending .bz2, or unpack it."),
            of("425a68??177245385090", "an empty bzip2 archive", LEAVE_OUT),
            of("fd377a585a00", "an xz archive", UNPACK),
            of("28b52ffd", "a zstd archive", UNPACK),
            of("04224d18", "an lz4 archive", UNPACK),
            of("ff060000734e61507059", "a snappy archive", UNPACK),
            of("377abcaf271c", "a 7z archive", UNPACK),
            of("526172211a07", "a RAR archive", UNPACK),
            new Signature(new Kind("a tar archive", UNPACK), 257, "7573746172", ""),
            of("cafebabe0000????", "a Java class or a Mach-O program", LEAVE_OUT),
            of("7f454c46", "an ELF program or library", LEAVE_OUT),
            of("4d5a", "a Windows program or library", LEAVE_OUT),
            of("feedface", "a Mach-O program or library", LEAVE_OUT),
            of("feedfacf", "a Mach-O program or library", LEAVE_OUT),
            of("cefaedfe", "a Mach-O program or library", LEAVE_OUT),
            of("cffaedfe", "a Mach-O program or library", LEAVE_OUT),
            of("50415231", "a Parquet file", "Read it with --format parquet."),
            of("4f5243", "an ORC file", "Read it with --format orc."));

    private Signatures() {}

    private static Signature of(String hex, String kind, String advice) {
        return new Signature(new Kind(kind, advice), 0, hex, "");
    }

    private static Signature zip(String inside, String kind, String advice) {
        return new Signature(new Kind(kind, advice), ENTRIES, ZIP, inside);
    }

    /**
     * What the file is that starts with these bytes.
     *
     * @param head its first {@value #BYTES} bytes, or all
     * @return empty if nothing speaks against text
     */
    static Optional<Kind> of(byte[] head) {
        String latin1 = new String(head, StandardCharsets.ISO_8859_1);
        Optional<Kind> markup = ofMarkup(latin1.stripLeading());
        return markup.isPresent()
                ? markup
                : ALL.stream()
                        .filter(signature -> signature.matches(head, latin1))
                        .map(Signature::kind)
                        .findFirst();
    }

    /** Formats that may consist of letters alone. */
    private static Optional<Kind> ofMarkup(String start) {
        if (start.startsWith("%PDF-")) {
            return Optional.of(new Kind("a PDF document", CONVERT));
        }
        return start.startsWith("{\\rtf") ? Optional.of(new Kind("an RTF document", CONVERT)) : Optional.empty();
    }

    private static boolean hasControls(byte[] head) {
        for (byte each : head) {
            if (isControl(each)) {
                return true;
            }
        }
        return false;
    }

    /** Whether no text has this byte: white space and the escape of terminals and ISO 2022 may be in one. */
    static boolean isControl(byte value) {
        return value >= 0 && value < ' ' && !(value >= '\b' && value <= '\r') && value != 0x1B;
    }
}
