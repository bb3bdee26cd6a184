package io.mambaspark.index.store;

import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a change of an index, under which it puts its files: the version that it wants to make, then something that no
 * other change has. So it can be seen of any file whether the change that left it can still succeed.
 */
public final class ChangeName {
    private static final Pattern NAME = Pattern.compile("([0-9]{6,18})-[0-9a-f]{16}");

    private ChangeName() {}

    /** A new name. */
    public static String of(long version) {
        return String.format("%06d-", version)
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** The version of a name; empty if it is none. */
    public static OptionalLong version(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
