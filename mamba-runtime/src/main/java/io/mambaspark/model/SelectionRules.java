package io.mambaspark.model;

/**
 * Which sentences a summary takes: the numbers of reader.json, {@code summary_selection}. z is a score in deviations from the
 * mean of the document's candidates.
 *
 * @param spreadParts         parts of a document over which a summary is spread
 * @param spreadZ             z lost for each sentence already taken of the same part
 * @param oddQuotesZ          z lost by a sentence whose quotation marks do not close
 * @param dialogueZ           z lost by dialogue
 * @param insideDialogue      whether a sentence that begins within a quotation is dialogue
 * @param danglingZ           z lost by a sentence that needs the one before, unless that is taken
 * @param groupMax            the most sentences that may be taken together for that reason
 * @param leadZ               z gained by the first sentence
 * @param leadTau             by how many sentences on that has fallen to 1/e
 * @param leadLeastUnits      the fewest sentences of a document whose first ones gain
 * @param adjacentZ           z gained beside a sentence that is taken
 * @param duplicateJaccard    above this share of common words two sentences are the same
 * @param duplicateLeastWords the fewest distinct words of such sentences
 * @param enough              below this share of the limit, what is no prose is taken too
 * @param fitRanks            how many more are tried after one that does not fit
 * @param target              the limit is aimed at divided by this
 * @param near                at this share of the target, one that does not fit ends it
 * @param rankPool            how many of the best by z are ranked
 * @param gap                 printed between sentences that are not adjacent
 * @param titleMark           printed after a document's title
 * @param nameZ               z of how central the names of a sentence are, in long documents
 * @param nameFrom            sentences from which on names count
 * @param nameFull            sentences from which on they count in full
 */
public record SelectionRules(
        int spreadParts,
        double spreadZ,
        double oddQuotesZ,
        double dialogueZ,
        boolean insideDialogue,
        double danglingZ,
        int groupMax,
        double leadZ,
        double leadTau,
        int leadLeastUnits,
        double adjacentZ,
        double duplicateJaccard,
        int duplicateLeastWords,
        double enough,
        int fitRanks,
        double target,
        double near,
        int rankPool,
        String gap,
        String titleMark,
        double nameZ,
        double nameFrom,
        double nameFull) {}
