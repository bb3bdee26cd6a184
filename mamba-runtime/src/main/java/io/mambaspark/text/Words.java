package io.mambaspark.text;

import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.util.ULocale;

/**
 * Words as summaries count them: runs of characters that are not white space (the Unicode property). Scripts that write without
 * blanks have words too: a Chinese or Japanese character counts a share of one, Thai, Lao and Khmer are counted by ICU's word
 * breaks. Immutable, thread-safe.
 */
public final class Words {
    /** Han, kana and half-width kana: two characters a word, which is a little more than their mean. */
    public static final Words DEFAULT =
            withCharacters("\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f", 0.5);

    /** Below it, white space is all that parts words: the first Thai character. */
    private static final char FIRST_UNSPACED = '\u0E00';

    private static final UnicodeSet DICTIONARY = new UnicodeSet()
            .addAll(script(UScript.THAI))
            .addAll(script(UScript.LAO))
            .addAll(script(UScript.KHMER))
            .freeze();

    private static final BreakIterator DICTIONARY_WORDS = BreakIterator.getWordInstance(new ULocale("th"));

    private final UnicodeSet characters;
    private final double share;

    private Words(UnicodeSet characters, double share) {
        this.characters = characters;
        this.share = share;
    }

    private static UnicodeSet script(int script) {
        return new UnicodeSet().applyIntPropertyValue(UProperty.SCRIPT, script);
    }

    /**
     * Counts each of some characters as a share of a word.
     *
     * @param characters as between the brackets of a pattern: {@code a-z}
     * @throws IllegalArgumentException if that is no class of characters
     */
    public static Words withCharacters(String characters, double share) {
        return new Words(new UnicodeSet("[" + characters + "]").freeze(), share);
    }

    /** How many words, or ends of words, lie in {@code text.substring(start, end)}. */
    public int count(CharSequence text, int start, int end) {
        int words = 0;
        boolean inside = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c >= FIRST_UNSPACED && isUnspaced(c)) {
                return countUnspaced(text, start, end);
            }
            boolean space = isSpace(c);
            words += inside || space ? 0 : 1;
            inside = !space;
        }
        return words;
    }

    private int countUnspaced(CharSequence text, int start, int end) {
        boolean cjk = false;
        for (int i = start; i < end && !cjk; i++) {
            cjk = isCharacter(text.charAt(i));
        }
        int characterCount = 0;
        int words = 0;
        boolean inside = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c >= FIRST_UNSPACED && DICTIONARY.contains(c)) {
                int stop = i + 1;
                while (stop < end && DICTIONARY.contains(text.charAt(stop))) {
                    stop++;
                }
                words += dictionaryWords(text, i, stop);
                inside = false;
                i = stop - 1;
            } else if (isCharacter(c)) {
                characterCount++;
                inside = false;
            } else if (isSpace(c) || (cjk && isCjkMark(c))) {
                inside = false;
            } else {
                words += inside ? 0 : 1;
                inside = true;
            }
        }
        return words + (int) Math.ceil(characterCount * share);
    }

    private static int dictionaryWords(CharSequence text, int start, int end) {
        BreakIterator breaks = (BreakIterator) DICTIONARY_WORDS.clone();
        breaks.setText(text.subSequence(start, end).toString());
        int words = 0;
        for (int stop = breaks.next(); stop != BreakIterator.DONE; stop = breaks.next()) {
            words += breaks.getRuleStatus() == BreakIterator.WORD_NONE ? 0 : 1;
        }
        return Math.max(1, words);
    }

    /** Whether {@code c} is of a script without blanks, so that it may be parted from its neighbours. */
    private boolean isUnspaced(char c) {
        return c >= FIRST_UNSPACED && (isCharacter(c) || DICTIONARY.contains(c));
    }

    /** Whether a word may end before {@code c}: at white space, or at a character of a script without blanks. */
    public boolean isBreak(char c) {
        return isSpace(c) || isUnspaced(c);
    }

    private boolean isCharacter(char c) {
        return c >= FIRST_UNSPACED && characters.contains(c);
    }

    /** Marks that stand between Chinese and Japanese characters and count nothing. */
    private static boolean isCjkMark(char c) {
        return (c >= '\u3000' && c <= '\u303F') || (c >= '\uFF01' && c <= '\uFF0F');
    }

    /** Whether {@code c} parts words. */
    public static boolean isSpace(char c) {
        return CharClasses.isSpace(c);
    }
}
