package io.mambaspark.jobs;

import java.io.PrintStream;
import java.util.Objects;

/** Rows as people read them: a heading for each group, paragraphs wrapped at the width of the terminal. */
final class Listing {
    private static final int DEFAULT_WIDTH = 100;
    private static final int LEAST_WIDTH = 40;
    private static final String INDENT = "  ";

    private final PrintStream out;
    private final int width;
    private String document;
    private String about;

    Listing(PrintStream out, int width) {
        this.out = out;
        this.width = Math.max(LEAST_WIDTH, width);
    }

    /** A listing on standard output, as wide as {@code COLUMNS} says. */
    static Listing onStandardOutput() {
        String columns = System.getenv("COLUMNS");
        boolean known = columns != null && columns.matches("[0-9]{1,4}");
        return new Listing(System.out, known ? Integer.parseInt(columns) : DEFAULT_WIDTH);
    }

    /** Starts a document, or a part of it, unless the last paragraph belongs to the same. */
    void heading(String newDocument, String newAbout) {
        boolean sameDocument = Objects.equals(document, newDocument);
        if (sameDocument && newAbout.equals(about)) {
            return;
        }
        if (document != null || about != null) {
            out.println();
        }
        if (!sameDocument || about == null) {
            out.println(newDocument == null ? "(no id)" : Printable.id(newDocument));
        }
        if (!newAbout.isEmpty()) {
            out.println(INDENT + Printable.id(newAbout));
        }
        document = newDocument;
        about = newAbout;
    }

    /** Prints {@code text} wrapped and indented, its control characters escaped; white space separates words. */
    void paragraph(String text) {
        StringBuilder line = new StringBuilder(INDENT);
        for (String each : text.strip().split("\\s+", -1)) {
            String word = Printable.text(each);
            boolean empty = line.length() == INDENT.length();
            if (!empty && line.length() + 1 + word.length() > width) {
                out.println(line);
                line.setLength(INDENT.length());
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
        }
        out.println(line);
    }

    /** Ends the listing. */
    void end() {
        out.flush();
    }
}
