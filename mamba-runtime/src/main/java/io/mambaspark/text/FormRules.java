package io.mambaspark.text;

import java.util.Set;

/**
 * How the form of a unit is told from its text: reader.json, {@code form}.
 *
 * @param usesEnds            a document uses end marks if this share of its units has one
 * @param usesCapitals        it uses capitals if this share of its units does not start in lower case
 * @param usesVerbs           it uses verbs if this share of its longer units has one
 * @param usesVerbsLeastWords the fewest words of these longer units
 * @param capitalsShare       above this share of capitals among the letters a unit is in capitals
 * @param headingWords        the most words of a heading that only lacks an end mark
 * @param titleCase           how many words a unit in title case has, and the fewest of them with a capital
 * @param titleCaseShare      above this share of its longer words with a capital, a unit is in title case
 * @param titleCaseLetters    the fewest letters of these longer words
 * @param verblessBelowWords  a unit of fewer words needs a verb
 * @param documentTitle       how many words the title of a document has
 * @param leastWords          the fewest words of prose in an alphabet
 * @param leastWordsCjk       the fewest words of prose in Chinese or Japanese
 * @param dialogueShare       above this share of its characters in quotation marks, a unit is dialogue
 * @param end                 how a unit ends that ends in a mark
 * @param danglingPhrase      what a unit starts with that needs the unit before it
 * @param selfReference       what it may start with although it looks so
 */
public record FormRules(
        double usesEnds,
        double usesCapitals,
        double usesVerbs,
        int usesVerbsLeastWords,
        double capitalsShare,
        int headingWords,
        Range titleCase,
        double titleCaseShare,
        int titleCaseLetters,
        int verblessBelowWords,
        Range documentTitle,
        int leastWords,
        int leastWordsCjk,
        double dialogueShare,
        LinePattern end,
        LinePattern danglingPhrase,
        LinePattern selfReference,
        Set<String> auxiliaries,
        Set<String> verbs,
        Set<String> pronouns,
        Set<String> connectives) {
    /** From {@code least} to {@code most}, both included. */
    public record Range(int least, int most) {
        boolean holds(int number) {
            return number >= least && number <= most;
        }
    }

    /** Takes copies of the sets. */
    public FormRules {
        auxiliaries = Set.copyOf(auxiliaries);
        verbs = Set.copyOf(verbs);
        pronouns = Set.copyOf(pronouns);
        connectives = Set.copyOf(connectives);
    }
}
