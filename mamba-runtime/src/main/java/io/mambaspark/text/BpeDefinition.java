package io.mambaspark.text;

import java.util.List;

/**
 * What a tokenizer.json says, ready for use. The arrays are shared and never changed.
 *
 * @param nfc        whether text is brought into normalisation form C first
 * @param digits     how digits are set apart
 * @param added      the tokens beside the model's vocabulary
 * @param byteIds    [256] the token of each byte
 * @param tokenBytes [vocabulary] what each token stands for; null where an id is not given
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; the tables are large.
record BpeDefinition(
        boolean nfc,
        WordScanner.Digits digits,
        List<AddedToken> added,
        int[] byteIds,
        byte[][] tokenBytes,
        Merges merges) {
    /** [vocabulary] how many bytes each token stands for. */
    int[] byteLengths() {
        int[] lengths = new int[tokenBytes.length];
        for (int id = 0; id < lengths.length; id++) {
            lengths[id] = tokenBytes[id] == null ? 0 : tokenBytes[id].length;
        }
        return lengths;
    }
}
