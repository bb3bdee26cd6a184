package io.mambaspark.index.store;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The manifests in a folder by their names. A number that anything ever had is not taken again.
 *
 * @param versions of manifests
 * @param putAside the names of those that a repair has put aside, by version
 */
record ManifestNames(TreeSet<Long> versions, TreeMap<Long, String> putAside) {
    private static final String ASIDE = ".damaged";
    private static final Pattern NAME =
            Pattern.compile("manifest-([1-9][0-9]{0,17})\\.json(" + Pattern.quote(ASIDE) + ")?");

    static String of(long version) {
        return "manifest-" + version + ".json";
    }

    /** The name of one that is put aside. */
    static String aside(long version) {
        return of(version) + ASIDE;
    }

    /** Those among the names of a folder. */
    static ManifestNames in(Collection<String> names) {
        ManifestNames found = new ManifestNames(new TreeSet<>(), new TreeMap<>());
        for (String name : names) {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches()) {
                long version = Long.parseLong(matcher.group(1));
                if (matcher.group(2) == null) {
                    found.versions.add(version);
                } else {
                    found.putAside.put(version, name);
                }
            }
        }
        return found;
    }

    List<Long> highestFirst() {
        return List.copyOf(versions.descendingSet());
    }

    /** The names of those that were put aside. */
    Collection<String> aside() {
        return putAside.values();
    }

    /** The version that the next change makes. */
    long next() {
        return 1
                + Stream.concat(versions.stream(), putAside.keySet().stream())
                        .max(Comparator.naturalOrder())
                        .orElse(0L);
    }

    /** The version of the change that would come after {@code version} if nothing above it were whole. */
    long firstFreeAbove(long version) {
        long next = version + 1;
        while (putAside.containsKey(next)) {
            next++;
        }
        return next;
    }
}
