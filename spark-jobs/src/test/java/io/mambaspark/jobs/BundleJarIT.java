package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The one jar that users add brings nothing that a cluster has already, and nothing under a name that others use. */
class BundleJarIT {
    private static final String SHADED = "io/mambaspark/shaded/";
    private static JarFile jar;
    private static List<String> files;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(Path.of(System.getProperty("mamba.bundle")).toFile());
        files = jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(JarEntry::getName)
                .toList();
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    /** Aparapi stays where it is: its native library finds its classes by name. */
    @Test
    void holdsNothingOutsideOurPackagesAparapiAndMetaInf() {
        assertThat(files)
                .allMatch(name -> name.startsWith("io/mambaspark/")
                        || name.startsWith("META-INF/")
                        || name.startsWith("com/aparapi/")
                        || name.matches("linux/libaparapi_(x86_64|aarch64)\\.so"));
    }

    @Test
    void holdsWhatIsOursAndWhatIsRelocated() {
        assertThat(files)
                .contains(
                        "io/mambaspark/jobs/Main.class",
                        "io/mambaspark/sql/ExecutorModels.class",
                        "io/mambaspark/model/reader/model.safetensors",
                        SHADED + "picocli/CommandLine.class",
                        SHADED + "com/fasterxml/jackson/databind/ObjectMapper.class",
                        SHADED + "org/apache/lucene/search/similarities/BM25Similarity.class",
                        SHADED + "org/tartarus/snowball/ext/EnglishStemmer.class",
                        SHADED + "org/apache/bcel/classfile/ClassParser.class",
                        "linux/libaparapi_x86_64.so")
                .doesNotHaveDuplicates();
    }

    @Test
    void relocatesNothingOfTheCluster() {
        assertThat(files)
                .noneMatch(name -> name.matches(".*/(spark|scala|hadoop|arrow|kryo|icu|slf4j)/.*\\.class")
                        && !name.startsWith(SHADED + "org/apache/lucene"));
    }

    @Test
    void hasNoModuleAndNoMultiReleaseClasses() throws IOException {
        assertThat(files).noneMatch(name -> name.endsWith("module-info.class") || name.contains("META-INF/versions/"));
        assertThat(jar.getManifest().getMainAttributes().getValue("Multi-Release"))
                .isNull();
    }

    @Test
    void startsTheCommandLine() throws IOException {
        Attributes manifest = jar.getManifest().getMainAttributes();
        assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("io.mambaspark.jobs.Main");
        assertThat(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION)).isNotBlank();
    }

    /** A service file whose name or lines kept the old package would make Lucene find no codec at run time. */
    @Test
    void namesRelocatedServicesOnly() throws IOException {
        List<String> services = files.stream()
                .filter(name -> name.startsWith("META-INF/services/"))
                .toList();
        assertThat(services)
                .contains(
                        "META-INF/services/org.apache.spark.sql.SparkSessionExtensionsProvider",
                        "META-INF/services/" + SHADED.replace('/', '.') + "org.apache.lucene.codecs.Codec",
                        "META-INF/services/" + SHADED.replace('/', '.') + "org.apache.lucene.codecs.KnnVectorsFormat")
                .allMatch(name -> name.matches("META-INF/services/(io\\.mambaspark|org\\.apache\\.spark)\\..*"));
        for (String service : services) {
            assertThat(text(service)
                            .lines()
                            .map(line -> line.replaceFirst("#.*", "").strip()))
                    .filteredOn(line -> !line.isEmpty())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(files).contains(line.replace('.', '/') + ".class"));
        }
    }

    @Test
    void keepsLicencesAndNotices() throws IOException {
        assertThat(text("META-INF/LICENSE")).contains("Apache License").contains("Version 2.0");
        assertThat(text("META-INF/NOTICE")).contains("Jackson");
        assertThat(text("META-INF/NOTICE.txt")).contains("Apache Lucene").contains("Brics Automaton");
        assertThat(files).contains("META-INF/LICENSE.txt", "META-INF/FastDoubleParser-LICENSE");
    }

    /** Entries without a build's own time: two builds of one commit are the same bytes. */
    @Test
    void isReproducible() {
        Instant fixed = Instant.parse(System.getProperty("mamba.build.timestamp"));
        LocalDateTime latest = LocalDateTime.ofInstant(fixed, ZoneOffset.UTC);
        assertThat(jar.stream())
                .allSatisfy(entry ->
                        assertThat(entry.getTimeLocal()).as(entry.getName()).isBeforeOrEqualTo(latest));
    }

    private static String text(String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
