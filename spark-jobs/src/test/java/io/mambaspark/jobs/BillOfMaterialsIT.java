package io.mambaspark.jobs;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a scanner finds in the one jar that users add: the names and versions of all its parts, in two ways. */
class BillOfMaterialsIT {
    private static final Path BUNDLE = Path.of(System.getProperty("mamba.bundle"));
    private static final Path BESIDE = Path.of(System.getProperty("mamba.sbom"));
    private static final String JACKSON = "com.fasterxml.jackson.core/jackson-databind";
    private static JarFile jar;
    /** From group/artifact to version: what {@code pom.properties} in the jar say. */
    private static Map<String, String> parts;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(BUNDLE.toFile());
        parts = new TreeMap<>();
        List<String> names = jar.stream()
                .map(entry -> entry.getName())
                .filter(name -> name.matches("META-INF/maven/.+/pom\\.properties"))
                .toList();
        for (String name : names) {
            Properties part = new Properties();
            part.load(jar.getInputStream(jar.getEntry(name)));
            String id = part.getProperty("groupId") + "/" + part.getProperty("artifactId");
            assertThat(name).isEqualTo("META-INF/maven/" + id + "/pom.properties");
            parts.put(id, part.getProperty("version"));
        }
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void eachShadedPartKeepsItsMavenNameAndVersion() {
        assertThat(parts)
                .containsOnlyKeys(
                        "io.mambaspark/mamba-spark-runtime",
                        "io.mambaspark/mamba-spark-gpu",
                        "io.mambaspark/mamba-spark-udfs",
                        "io.mambaspark/mamba-spark-jobs",
                        JACKSON,
                        "com.fasterxml.jackson.core/jackson-core",
                        "com.fasterxml.jackson.core/jackson-annotations",
                        "org.apache.lucene/lucene-core",
                        "org.apache.lucene/lucene-analysis-common",
                        "info.picocli/picocli",
                        "com.aparapi/aparapi",
                        "com.aparapi/aparapi-jni",
                        "org.apache.bcel/bcel")
                .allSatisfy((part, version) -> assertThat(version).matches("\\d+(\\.\\d+)+.*"));
    }

    @Test
    void theBillListsTheSamePartsEachWithItsLicence() throws IOException {
        JsonNode bill = bill();
        assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
        List<JsonNode> listed = Stream.concat(
                        Stream.of(bill.get("metadata").get("component")),
                        StreamSupport.stream(bill.get("components").spliterator(), false))
                .toList();
        assertThat(listed.stream()
                        .collect(toMap(
                                part -> part.get("group").asText() + "/"
                                        + part.get("name").asText(),
                                part -> part.get("version").asText())))
                .isEqualTo(parts);
        assertThat(listed).allSatisfy(part -> {
            assertThat(part.get("purl").asText()).startsWith("pkg:maven/");
            assertThat(part.get("licenses").findValuesAsText("id")).isNotEmpty();
        });
    }

    @Test
    void theManifestLeadsToTheBillThatAlsoLiesBesideTheJar() throws IOException {
        Attributes manifest = jar.getManifest().getMainAttributes();
        assertThat(manifest.getValue("Sbom-Format")).isEqualTo("CycloneDX");
        assertThat(bytesOfBill()).isEqualTo(Files.readAllBytes(BESIDE));
        assertThat(BESIDE.resolveSibling(BUNDLE.getFileName().toString().replaceFirst("\\.jar$", ".cdx.json")))
                .isEqualTo(BESIDE);
    }

    @Test
    void theBillHoldsNothingOfTheBuildsOwnTime() throws IOException {
        JsonNode bill = bill();
        assertThat(bill.has("serialNumber")).isFalse();
        assertThat(bill.findValues("timestamp")).isEmpty();
    }

    /** The oldest one without the class files that make it write out of bounds, and without later advisories. */
    @Test
    void aparapiReadsByteCodeWithABcelThatScannersAccept() {
        assertThat(Version.parse(parts.get("org.apache.bcel/bcel"))).isGreaterThanOrEqualTo(Version.parse("6.10"));
    }

    @Tag("distribution")
    @ParameterizedTest
    @MethodSource(SparkHome.EACH)
    void jacksonIsNotOlderThanSparks(SparkHome home) throws IOException {
        try (Stream<Path> jars = Files.list(home.folder().resolve("jars"))) {
            String sparks = jars.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("jackson-databind-[\\d.]+\\.jar"))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll("^jackson-databind-|\\.jar$", "");
            assertThat(Version.parse(parts.get(JACKSON))).isGreaterThanOrEqualTo(Version.parse(sparks));
        }
    }

    private static JsonNode bill() throws IOException {
        return new ObjectMapper().readTree(bytesOfBill());
    }

    private static byte[] bytesOfBill() throws IOException {
        boolean offline = System.getProperty("mamba.maven").equals("offline=true");
        String name = jar.getManifest().getMainAttributes().getValue("Sbom-Location");
        assumeThat(offline && jar.getEntry(name) == null)
                .as("Maven makes no bill of materials offline")
                .isFalse();
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return in.readAllBytes();
        }
    }
}
