package io.mambaspark.sql;

import io.mambaspark.text.CodePoints;
import io.mambaspark.text.Span;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Where spans of one text lie, in code points. */
final class Places {
    private final int[] starts;
    private final int[] ends;

    /** Finds the places of disjoint spans, in one walk through the text whatever their order. */
    Places(String text, List<Span> spans) {
        starts = new int[spans.size()];
        ends = new int[spans.size()];
        CodePoints codePoints = new CodePoints(text);
        IntStream.range(0, spans.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> spans.get(i).start()))
                .forEach(i -> {
                    starts[i] = codePoints.toCodePoint(spans.get(i).start());
                    ends[i] = codePoints.toCodePoint(spans.get(i).end());
                });
    }

    int start(int i) {
        return starts[i];
    }

    /** Behind the last code point. */
    int end(int i) {
        return ends[i];
    }
}
