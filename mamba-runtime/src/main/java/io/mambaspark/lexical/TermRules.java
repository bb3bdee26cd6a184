package io.mambaspark.lexical;

import io.mambaspark.text.LookAlikes;

/**
 * How texts and queries become terms, beside English stems and stop words.
 *
 * @param foldAccents whether letters lose their accents, so that Natasha finds Natásha
 * @param lookAlikes  spellings that are read as others
 */
public record TermRules(boolean foldAccents, LookAlikes lookAlikes) {
    /** Letters are what they are. */
    public static final TermRules PLAIN = new TermRules(false, LookAlikes.NONE);
}
