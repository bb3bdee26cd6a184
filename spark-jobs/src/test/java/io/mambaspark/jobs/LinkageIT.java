package io.mambaspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.resolvers.ClassResolver;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar is compiled against one Spark: all that its classes use of another is there. No query meets all of it. */
@Tag("distribution")
class LinkageIT {
    /** Spark itself, and libraries that the bundle and its shaded parts take from the cluster. */
    private static final List<String> PACKAGES =
            List.of("org.apache.spark", "org.apache.hadoop", "org.apache.commons.lang3", "com.ibm.icu", "org.slf4j");

    @ParameterizedTest
    @MethodSource(SparkHome.EACH)
    void whatTheBundleUsesOfSparkIsThere(SparkHome home) throws IOException {
        try (JarFile bundle = new JarFile(System.getProperty("mamba.bundle"))) {
            List<AccessTarget> used = ArchConfiguration.withThreadLocalScope(configuration -> {
                configuration.setClassResolver(Distribution.class);
                configuration.setClassResolverArguments(
                        home.folder().resolve("jars").toString());
                return usedOfSpark(new ClassFileImporter().importJar(bundle));
            });
            assertThat(used).as("what is used of Spark").hasSizeGreaterThan(500);
            assertThat(used)
                    .extracting(target -> target.getOwner().getPackageName())
                    .as("what BCEL uses")
                    .contains("org.apache.commons.lang3");
            assertThat(used)
                    .filteredOn(target -> target.resolveMember().isEmpty())
                    .extracting(AccessTarget::getFullName)
                    .isEmpty();
        }
    }

    private static List<AccessTarget> usedOfSpark(JavaClasses classes) {
        return classes.stream()
                .filter(ours -> ours.getPackageName().startsWith("io.mambaspark"))
                .flatMap(ours -> ours.getAccessesFromSelf().stream())
                .<AccessTarget>map(access -> access.getTarget())
                .filter(target -> PACKAGES.stream().anyMatch(target.getOwner().getPackageName()::startsWith))
                .distinct()
                .toList();
    }

    /** Finds what is not in the bundle in a distribution, instead of on the class path of the tests. */
    public static final class Distribution implements ClassResolver {
        private final ClassLoader jars;
        private ClassUriImporter importer;

        /** ArchUnit's: the folder of the distribution's jars. */
        public Distribution(List<String> arguments) throws IOException {
            List<URL> urls = new ArrayList<>();
            try (Stream<Path> files = Files.list(Path.of(arguments.get(0)))) {
                for (Path file : files.toList()) {
                    urls.add(file.toUri().toURL());
                }
            }
            jars = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        }

        @Override
        public void setClassUriImporter(ClassUriImporter importer) {
            this.importer = importer;
        }

        @Override
        public Optional<JavaClass> tryResolve(String typeName) {
            URL file = jars.getResource(typeName.replace('.', '/') + ".class");
            return file == null ? Optional.empty() : importer.tryImport(uri(file));
        }

        private static URI uri(URL file) {
            try {
                return file.toURI();
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }
}
