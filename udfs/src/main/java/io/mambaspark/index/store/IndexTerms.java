package io.mambaspark.index.store;

import io.mambaspark.lexical.TermRules;
import io.mambaspark.model.PassageRules;
import io.mambaspark.model.ReaderProfile;
import io.mambaspark.text.LookAlikes;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the words of an index became terms, as its manifest records it: queries are asked in the same way, whatever model and release
 * they come from. Beside English stems and stop words, which all indexes have.
 *
 * @param foldAccents   whether letters lose their accents
 * @param joinHyphens   whether a word that is hyphenated at the end of a line is a term as a whole, too
 * @param composed      whether texts are brought to NFC
 * @param removed       characters that are left out
 * @param compatibility ranges of characters that take their NFKC form
 */
public record IndexTerms(
        boolean foldAccents,
        boolean joinHyphens,
        boolean composed,
        List<Integer> removed,
        List<CharacterRange> compatibility)
        implements Serializable {
    /** Of indexes of format 1: words are what they are. */
    public static final IndexTerms PLAIN = new IndexTerms(false, false, false, List.of(), List.of());

    /** The characters from {@code first} to {@code last}, both included. */
    public record CharacterRange(int first, int last) implements Serializable {}

    /** Takes copies of the lists. */
    public IndexTerms {
        removed = List.copyOf(removed);
        compatibility = List.copyOf(compatibility);
    }

    /** Those of a new index: as the model has them inside a document, and hyphenated words whole. */
    public static IndexTerms of(ReaderProfile profile) {
        LookAlikes lookAlikes = profile.normalisation().lookAlikes();
        return new IndexTerms(
                profile.passages().map(PassageRules::foldAccents).orElse(false),
                true,
                lookAlikes.compose(),
                lookAlikes.removed().stream().map(c -> (int) c).sorted().toList(),
                lookAlikes.compatibility().stream()
                        .map(range -> new CharacterRange(range.first(), range.last()))
                        .toList());
    }

    /**
     * What makes the terms, but for hyphenated words.
     *
     * @throws IllegalArgumentException if these are not characters
     */
    public TermRules rules() {
        return new TermRules(
                foldAccents,
                new LookAlikes(
                        removed.stream().map(IndexTerms::character).collect(Collectors.toSet()),
                        composed,
                        compatibility.stream()
                                .map(range -> new LookAlikes.Range(character(range.first), character(range.last)))
                                .toList()));
    }

    private static char character(int number) {
        if (number < Character.MIN_VALUE || number > Character.MAX_VALUE) {
            throw new IllegalArgumentException(number + " is no character");
        }
        return (char) number;
    }
}
