package io.mambaspark.index;

import java.util.List;

/**
 * What is damaged in an index, and what a repair does about it.
 *
 * @param problems  the damaged files
 * @param steps     what is to be done, or was done, as sentences
 * @param applied   whether it was done
 * @param version   of the index that the repair ends with; 0 if no manifest can be saved
 * @param documents that can be found then
 * @param lost      documents of damaged passages, which have to be appended again
 */
public record RepairReport(
        List<Damage> problems, List<String> steps, boolean applied, long version, long documents, long lost) {
    /** Takes copies of the lists. */
    public RepairReport {
        problems = List.copyOf(problems);
        steps = List.copyOf(steps);
    }
}
