package io.dayflow.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The jar tells what it is made of. */
class SbomIT {

    private static final Path JAR = Path.of(System.getProperty("hub.jar", "target/dayflow-hub.jar"));
    private static final String SBOM = "META-INF/sbom/application.cdx.json";
    private static final Pattern LIBRARY = Pattern.compile("BOOT-INF/lib/(.+)\\.jar");

    @Test
    void theBillOfMaterialsInTheJarNamesEveryLibraryInIt() throws IOException {
        assumeTrue(
                Files.exists(JAR) || "true".equals(System.getenv("CI")), "skipped: the jar is built by ./mvnw package");
        try (var jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Sbom-Location"))
                    .isEqualTo(SBOM);
            var sbom = new ObjectMapper().readTree(jar.getInputStream(jar.getEntry(SBOM)));
            assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
            Set<String> named = new TreeSet<>();
            for (var component : sbom.path("components")) {
                named.add(component.path("name").asText() + "-"
                        + component.path("version").asText());
                assertThat(component.path("purl").asText()).startsWith("pkg:maven/");
            }
            Set<String> libraries = new TreeSet<>();
            jar.stream().map(entry -> LIBRARY.matcher(entry.getName())).forEach(library -> {
                if (library.matches()) {
                    libraries.add(library.group(1));
                }
            });

            assertThat(libraries).hasSizeGreaterThan(100);
            assertThat(libraries)
                    .filteredOn(library -> !library.startsWith("spring-boot-jarmode"))
                    .allSatisfy(library -> assertThat(named)
                            .as(library)
                            .anyMatch(name -> library.equals(name) || library.startsWith(name + "-")));
        }
    }
}
