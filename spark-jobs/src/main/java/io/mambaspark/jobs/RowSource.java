package io.mambaspark.jobs;

import io.mambaspark.text.CodePoints;
import io.mambaspark.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * A document out of a table.
 *
 * @param id        the id column as a string; null if it is null
 * @param text      the text column; null if it is null
 * @param sentences start, end, start, end … of the caller's own sentences in code points; null without such a column
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RowSource(String id, String text, int[] sentences) implements DocumentSource {
    @Override
    public long bytes() {
        return text == null ? 0 : text.length();
    }

    @Override
    public SourceText open(Configuration hadoop, int maxBytes) throws DocumentException {
        if (text == null) {
            throw new DocumentException("MAMBA_DOCUMENT_NULL", Map.of());
        }
        if (Utf8.isLongerThan(maxBytes, text)) {
            throw DocumentSource.tooLarge(maxBytes);
        }
        return new SourceText(text, sentences == null ? null : spans(), 0);
    }

    private List<Span> spans() throws DocumentException {
        CodePoints codePoints = new CodePoints(text);
        int length = text.codePointCount(0, text.length());
        List<Span> spans = new ArrayList<>(sentences.length / 2);
        int before = 0;
        for (int i = 0; i < sentences.length; i += 2) {
            int start = sentences[i];
            int end = sentences[i + 1];
            if (start < before || end < start || end > length) {
                throw new DocumentException(
                        "MAMBA_SENTENCES_INVALID",
                        Map.of(
                                "sentence",
                                Integer.toString(i / 2),
                                "start",
                                Integer.toString(start),
                                "end",
                                Integer.toString(end),
                                "before",
                                Integer.toString(before),
                                "length",
                                Integer.toString(length)));
            }
            spans.add(new Span(codePoints.toUtf16(start), codePoints.toUtf16(end)));
            before = end;
        }
        return spans;
    }
}
