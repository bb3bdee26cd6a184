package io.mambaspark.task;

import io.mambaspark.lexical.TermRules;
import io.mambaspark.model.PassageRules;
import io.mambaspark.model.ReaderProfile;

/** How a reader has terms made. */
final class Terms {
    private Terms() {}

    static TermRules of(ReaderProfile profile) {
        return new TermRules(
                profile.passages().map(PassageRules::foldAccents).orElse(false),
                profile.normalisation().lookAlikes());
    }
}
