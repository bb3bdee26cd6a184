package io.mambaspark.jobs;

import io.mambaspark.task.Unit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "embed",
        customSynopsis =
                "mamba-spark embed (--input=PATH... | --table=NAME) [--unit=UNIT]%n                         [OPTIONS]",
        sortOptions = false,
        footer = "",
        header = "Turn passages or whole documents into vectors.",
        description = "%nThe vector of a passage knows what the document said before it."
                + "%n%nRows: id, passage, start, end, text, vector, error. start and end count code points: in SQL,"
                + " substring(text, start + 1, end - start).%n")
final class EmbedCommand implements Callable<Integer> {
    /** What {@code --unit} takes. */
    enum Part {
        passage(Unit.PASSAGE),
        document(Unit.DOCUMENT),
        query(Unit.QUERY);

        private final Unit unit;

        Part(Unit unit) {
            this.unit = unit;
        }
    }

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            defaultValue = "passage",
            description = "What gets a vector: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE});"
                    + " query is for texts that search for others.")
    private Part part;

    @Mixin
    private DocumentJob job;

    @Override
    public Integer call() {
        return job.run("embed", new EmbedTask(part.unit), Optional.empty());
    }
}
