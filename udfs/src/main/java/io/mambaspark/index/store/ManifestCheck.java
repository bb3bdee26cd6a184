package io.mambaspark.index.store;

import io.mambaspark.index.store.IndexTerms.CharacterRange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.StructField;

/**
 * What must hold of a manifest whatever wrote it. It is asked before a file that the manifest names is opened, written or
 * deleted, and looks at no file itself: that each one is what the manifest says is checked where it is read.
 */
final class ManifestCheck {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final String A_DIGEST = "64 hexadecimal digits";

    /** Lucene's, of one index. */
    private static final long MOST_PASSAGES = Integer.MAX_VALUE - 128;
    /** No model is so wide. */
    private static final int MOST_DIMENSIONS = 1 << 20;
    /** Spark parses types by recursion. */
    private static final int DEEPEST_TYPE = 64;

    private static final int MOST_DDL = 1 << 20;

    /** Of those that look like others, and of ranges of them. */
    private static final long MOST_CHARACTERS = 4096;

    private static final String FEWER_CHARACTERS = "at most " + MOST_CHARACTERS + " characters";

    /** A Roaring bitmap takes at most 8 KiB for each 65,536 ordinals, and a few bytes around that. */
    private static final int ORDINALS_OF_A_CONTAINER = 1 << 16;

    private static final int BYTES_OF_A_CONTAINER = (1 << 13) + 32;

    private final Manifest manifest;
    private final Set<String> generations = new HashSet<>();
    private final Set<String> paths = new HashSet<>();

    private ManifestCheck(Manifest manifest) {
        this.manifest = manifest;
    }

    /**
     * Checks.
     *
     * @param version the number in the name of its file
     */
    static void check(Manifest manifest, long version) throws Flaw {
        new ManifestCheck(manifest).check(version);
    }

    private void check(long version) throws Flaw {
        require(manifest.version() == version, "version", manifest.version(), "the number in the name, " + version);
        require(
                manifest.previous() >= 0 && manifest.previous() < version,
                "previous",
                manifest.previous(),
                "a version below " + version);
        check(manifest.model());
        notNull("passages", manifest.passages());
        checkColumns(manifest.keptColumns());
        check(manifest.terms());
        for (int i = 0; i < manifest.generations().size(); i++) {
            check("generations[" + i + "].", manifest.generations().get(i));
        }
    }

    private static void check(IndexModel model) throws Flaw {
        notNull("model", model);
        notNull("model.name", model.name());
        digest("model.fingerprint", model.fingerprint());
        require(
                model.dimension() >= 1 && model.dimension() <= MOST_DIMENSIONS,
                "model.dimension",
                model.dimension(),
                "1 to " + MOST_DIMENSIONS);
    }

    private void check(IndexTerms terms) throws Flaw {
        String field = "terms";
        notNull(field, terms);
        require(
                manifest.format() > Manifest.FIRST_FORMAT || terms.equals(IndexTerms.PLAIN),
                field,
                terms,
                "plain in format " + Manifest.FIRST_FORMAT);
        require(terms.removed().size() <= MOST_CHARACTERS, field + ".removed", terms.removed(), FEWER_CHARACTERS);
        require(
                terms.compatibility().size() <= MOST_CHARACTERS
                        && terms.compatibility().stream()
                                        .mapToLong(range -> (long) range.last() - range.first())
                                        .sum()
                                <= MOST_CHARACTERS,
                field + ".compatibility",
                terms.compatibility(),
                FEWER_CHARACTERS);
        characters(field + ".removed", terms.removed(), List.of());
        characters(field + ".compatibility", List.of(), terms.compatibility());
    }

    private static void characters(String field, List<Integer> removed, List<CharacterRange> compatibility)
            throws Flaw {
        try {
            new IndexTerms(false, false, false, removed, compatibility).rules();
        } catch (IllegalArgumentException e) {
            throw new Flaw(field, removed.isEmpty() ? compatibility : removed, "characters: " + e.getMessage());
        }
    }

    private void checkColumns(String ddl) throws Flaw {
        String field = "keptColumns";
        notNull(field, ddl);
        require(ddl.length() <= MOST_DDL, field, ddl, "at most " + MOST_DDL + " characters");
        require(depth(ddl) <= DEEPEST_TYPE, field, ddl, "types at most " + DEEPEST_TYPE + " deep");
        Set<String> names = new HashSet<>();
        try {
            for (StructField column : manifest.keptSchema().fields()) {
                require(
                        KeptColumns.mayKeep(column.name(), names),
                        field,
                        ddl,
                        "columns of different names that an index does not have itself");
            }
        } catch (Exception e) { // Spark's ParseException is checked, and declared nowhere
            if (e instanceof Flaw flaw) {
                throw flaw;
            }
            throw new Flaw(field, ddl, "columns as DDL");
        }
    }

    private static int depth(String ddl) {
        int deepest = 0;
        int depth = 0;
        for (char character : ddl.toCharArray()) {
            depth += character == '<' ? 1 : character == '>' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    private void check(String at, Generation generation) throws Flaw {
        String name = generation.name();
        notNull(at + "name", name);
        change(at + "name", name);
        require(generations.add(name), at + "name", name, "unique");
        require(!generation.shards().isEmpty(), at + "shards", "empty", "one at least");
        require(!generation.passages().isEmpty(), at + "passages", "empty", "one at least");
        for (int i = 0; i < generation.passages().size(); i++) {
            StoredFile file = generation.passages().get(i);
            String field = at + "passages[" + i + "].";
            check(field, file);
            String parent = IndexFolder.PASSAGES + '/' + name + '/';
            require(
                    file.name().startsWith(parent)
                            && FileNames.isParquet(file.name().substring(parent.length())),
                    field + "name",
                    file.name(),
                    "a Parquet file in " + parent);
            require(paths.add(file.name()), field + "name", file.name(), "named once");
        }
        int last = -1;
        for (int i = 0; i < generation.shards().size(); i++) {
            ShardEntry shard = generation.shards().get(i);
            String field = at + "shards[" + i + "].";
            require(shard.number() > last, field + "number", shard.number(), "above " + last);
            last = shard.number();
            check(field, name, shard);
        }
    }

    private void change(String field, String name) throws Flaw {
        long made = ChangeName.version(name).orElse(Long.MAX_VALUE);
        require(made <= manifest.version(), field, name, "the name of a change up to version " + manifest.version());
    }

    private void check(String at, String generation, ShardEntry shard) throws Flaw {
        notNull(at + "path", shard.path());
        place(at + "path", shard.path(), IndexFolder.SHARDS + '/' + generation + '/');
        require(paths.add(shard.path()), at + "path", shard.path(), "named once");
        require(
                shard.passages() >= 1 && shard.passages() <= MOST_PASSAGES,
                at + "passages",
                shard.passages(),
                "1 to " + MOST_PASSAGES);
        require(
                shard.documents() >= 1 && shard.documents() <= shard.passages(),
                at + "documents",
                shard.documents(),
                "1 to " + shard.passages());
        checkFiles(at, shard);
        if (shard.deleted() != null) {
            check(at + "deleted.", shard, shard.deleted());
        }
    }

    private static void checkFiles(String at, ShardEntry shard) throws Flaw {
        List<StoredFile> files = shard.files();
        require(!files.isEmpty(), at + "files", "empty", "one at least");
        Set<String> names = new HashSet<>();
        long bytes = 0;
        for (int i = 0; i < files.size(); i++) {
            StoredFile file = files.get(i);
            String field = at + "files[" + i + "].";
            check(field, file);
            require(file.hasPlainName(), field + "name", file.name(), "the plain name of a file");
            require(names.add(file.name()), field + "name", file.name(), "named once");
            require(file.length() <= Long.MAX_VALUE - bytes, field + "length", file.length(), "a possible length");
            bytes += file.length();
        }
        require(shard.bytes() == bytes, at + "bytes", shard.bytes(), "the sum of the files, " + bytes);
        digest(at + "checksum", shard.checksum());
        String ofFiles = shard.digest();
        require(shard.checksum().equals(ofFiles), at + "checksum", shard.checksum(), "that of the files, " + ofFiles);
    }

    private void check(String at, ShardEntry shard, DeletedPassages deleted) throws Flaw {
        notNull(at + "file", deleted.file());
        check(at + "file.", deleted.file());
        String name = deleted.file().name();
        String[] steps = name.split("/", -1);
        require(steps.length == 3, at + "file.name", name, "a file in deleted/, in the folder of a change");
        change(at + "file.name", steps[1]);
        place(at + "file.name", name, IndexFolder.DELETED + '/' + steps[1] + '/');
        require(paths.add(name), at + "file.name", name, "named once");
        require(
                deleted.passages() >= 1 && deleted.passages() <= shard.passages(),
                at + "passages",
                deleted.passages(),
                "1 to " + shard.passages());
        long most = Math.min(shard.documents(), deleted.passages());
        require(
                deleted.documents() >= 1 && deleted.documents() <= most,
                at + "documents",
                deleted.documents(),
                "1 to " + most);
        long longest = (1 + shard.passages() / ORDINALS_OF_A_CONTAINER) * BYTES_OF_A_CONTAINER;
        require(deleted.file().length() <= longest, at + "file.length", deleted.file(), "at most " + longest);
    }

    private static void place(String field, String path, String parent) throws Flaw {
        require(
                path.startsWith(parent) && FileNames.isPlain(path.substring(parent.length())),
                field,
                path,
                "a plain name in " + parent);
    }

    private static void check(String at, StoredFile file) throws Flaw {
        notNull(at + "name", file.name());
        require(file.length() >= 0, at + "length", file.length(), "0 or more");
        digest(at + "sha256", file.sha256());
    }

    private static void digest(String field, String value) throws Flaw {
        notNull(field, value);
        require(DIGEST.matcher(value).matches(), field, value, A_DIGEST);
    }

    private static void notNull(String field, Object value) throws Flaw {
        require(value != null, field, null, "given");
    }

    private static void require(boolean holds, String field, Object value, String expected) throws Flaw {
        if (!holds) {
            throw new Flaw(field, value, expected);
        }
    }
}
