package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void knowsTheLengthInBytes() {
        for (String text : new String[] {"", "abc", "é€😀", "\uD83D\uDE00\uD83D\uDE00"}) {
            int bytes = text.getBytes(StandardCharsets.UTF_8).length;
            assertThat(Utf8.isLongerThan(bytes, text)).isFalse();
            assertThat(Utf8.isLongerThan(bytes - 1, text)).isTrue();
        }
    }
}
