package io.mambaspark.index;

import java.util.List;

/**
 * What a change of an index did.
 *
 * @param version  of the index that it made; that which was there if there was nothing to change
 * @param read     documents that were read by the model
 * @param adopted  documents whose reading was found, left by a build that did not come to its end
 * @param skipped  documents that were in the index already, with the same content
 * @param replaced documents of the index that got new content
 * @param deleted  documents of the index that are gone
 * @param failed   documents that could not be indexed; those which are in the index with older content stay
 * @param failures which these are: the first {@value #MOST_FAILURES} by their ids
 * @param passages that were added
 * @param tokens   that were read, markers left out
 */
public record BuildReport(
        long version,
        long read,
        long adopted,
        long skipped,
        long replaced,
        long deleted,
        long failed,
        List<DocumentFailure> failures,
        long passages,
        long tokens) {
    /** How many failures are named. */
    public static final int MOST_FAILURES = 1_000;

    /** Takes a copy of the list. */
    public BuildReport {
        failures = List.copyOf(failures);
    }

    /** Nothing was read, and no document came or went. */
    public static BuildReport unchanged(long version) {
        return deletion(version, 0);
    }

    /** Documents are gone, and that is all. */
    public static BuildReport deletion(long version, long deleted) {
        return new BuildReport(version, 0, 0, 0, 0, deleted, 0, List.of(), 0, 0);
    }
}
