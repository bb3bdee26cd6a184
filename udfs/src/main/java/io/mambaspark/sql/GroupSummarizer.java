package io.mambaspark.sql;

import io.mambaspark.task.Summary;
import java.io.Serializable;
import java.util.Comparator;

/** Summarizes groups whose texts are held in memory. Travels to the executors; thread-safe. */
public final class GroupSummarizer implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Call call;
    private transient volatile TextReader reader;

    /** For calls of {@link SummarizeAggFunction}. */
    public GroupSummarizer(Call call) {
        this.call = call;
    }

    /**
     * The summary of a group; null if it has no texts.
     *
     * @param order of the keys
     * @throws MambaSqlException when there is no summary, unless errors are to be NULL
     */
    public String summarize(GroupTexts texts, SummarySettings settings, Comparator<byte[]> order) {
        if (texts.isEmpty()) {
            return null;
        }
        try {
            SummarizeAggFunction function = (SummarizeAggFunction) call.function();
            settings.check(call.name());
            TextReader open = reader();
            Summary summary = open.read(texts.inOrder(call.name(), order), function.sink(open, settings));
            return summary.text();
        } catch (MambaSqlException e) {
            if (call.errorsAreNull()) {
                return null;
            }
            throw e;
        }
    }

    private TextReader reader() {
        TextReader open = reader;
        if (open == null) {
            open = new TextReader(call.model(), tokens -> {});
            reader = open;
        }
        return open;
    }
}
