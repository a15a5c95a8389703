package io.dayflow.hub;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may know whom. A failure names the class; the reason in each rule says what to do. */
@AnalyzeClasses(packages = "io.dayflow.hub", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.dayflow.hub";
    private static final Path SOURCES = Path.of("src/main/java/io/dayflow/hub");
    private static final Pattern DAYFLOW_TABLE = Pattern.compile(
            "\\b(from|into|update|join)\\s+(public\\.)?(tasks|calendar_events|task_tags|event_tags|categories|tags)\\b",
            Pattern.CASE_INSENSITIVE);

    @ArchTest
    static final ArchRule noCycles = slices().matching(ROOT + ".(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true)
            .because("a feature that knows another and is known by it cannot be read alone:"
                    + " let the lower one offer an interface that the upper one implements");

    @ArchTest
    static final ArchRule onlyRoutingKnowsCamel = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .and()
            .resideOutsideOfPackages(ROOT, ROOT + ".routing..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..")
            .allowEmptyShould(true)
            .because("Camel moves messages, the rest is plain Java: put a thin bean into the package routing");

    @ArchTest
    static final ArchRule theModelIsPlain = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + ".item..",
                    ROOT + ".merge..",
                    ROOT + ".icalendar..",
                    ROOT + ".recurrence..",
                    ROOT + ".richtext..",
                    ROOT + ".zone..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.camel..", "java.sql..", "javax.sql..")
            .allowEmptyShould(true)
            .because("model, merge and conversions are pure and usable without a running hub:"
                    + " hand them values and act on what they return");

    @ArchTest
    static final ArchRule theModelKnowsNobody = noClasses()
            .that()
            .resideInAPackage(ROOT + ".item..")
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAPackage(ROOT + ".item.."))))
            .allowEmptyShould(true)
            .because("everybody knows the item, the item knows nobody: move what needs others to its caller");

    @ArchTest
    static final ArchRule theMergeKnowsTheItemOnly = noClasses()
            .that()
            .resideInAPackage(ROOT + ".merge..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(ROOT + ".item..", ROOT + ".merge.."))))
            .allowEmptyShould(true)
            .because("the merge is a function of items: storage and use cases call it, not the other way round");

    @ArchTest
    static final ArchRule theEngineIsPlain = noClasses()
            .that()
            .resideInAPackage(ROOT + ".sync")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("org.springframework.jdbc..", "java.sql..", "javax.sql..", ROOT + ".sync.jdbc..")
                            .or(type(Thread.class))
                            .or(type(ThreadLocalRandom.class)))
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .because("the same engine runs on PostgreSQL and in the simulation:"
                    + " storage is behind ports, time, chance and ids are handed in");

    @ArchTest
    static final ArchRule nobodyKnowsTheSandbox = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .and()
            .resideOutsideOfPackage(ROOT + ".sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".sandbox..")
            .allowEmptyShould(true)
            .because("the hub treats stand-ins as it treats the real services: by address and configuration only");

    @ArchTest
    static final ArchRule nobodyKnowsApiAndPages = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .and()
            .resideOutsideOfPackages(ROOT, ROOT + ".api..", ROOT + ".web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".api..", ROOT + ".web..")
            .allowEmptyShould(true)
            .because("REST and pages call use cases and hold no rules: throw an exception of your own package"
                    + " and let api translate it");

    @ArchTest
    static final ArchRule noCollectiveNames = classes()
            .that()
            .resideInAPackage(ROOT + "..")
            .should()
            .resideOutsideOfPackages(
                    ROOT + "..util..",
                    ROOT + "..common..",
                    ROOT + "..helper..",
                    ROOT + "..manager..",
                    ROOT + "..impl..",
                    ROOT + "..dto..")
            .because("packages are nouns of the domain: name it after what it owns");

    @Test
    void everyPackageSaysWhatItOwnsAndIsNullMarked() {
        var silent = javaFiles()
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !read(folder.resolve("package-info.java")).contains("@NullMarked"))
                .toList();

        assertThat(silent)
                .as("these packages need a package-info.java with @NullMarked that says in a few lines what they own")
                .isEmpty();
    }

    @Test
    void onlyThePackageDayflowNamesDayflowsTables() {
        var naming = javaFiles()
                .filter(file -> !file.startsWith(SOURCES.resolve("dayflow")))
                .filter(file ->
                        DAYFLOW_TABLE.matcher(withoutComments(read(file))).find())
                .toList();

        assertThat(naming)
                .as("only the package dayflow may name DayFlow's tables: move the statement there")
                .isEmpty();
    }

    /** Todoist, for one. */
    @Test
    void noJavaButTheSandboxNamesAProviderThatDocumentsDescribe() {
        var naming = javaFiles()
                .filter(file -> !file.startsWith(SOURCES.resolve("sandbox")))
                .filter(file -> foldersMappedByDocuments()
                        .anyMatch(id -> read(file).toLowerCase(Locale.ROOT).contains(id)))
                .toList();

        assertThat(foldersMappedByDocuments()).contains("todoist");
        assertThat(naming)
                .as(
                        "a provider whose JSON is mapped by jq documents needs no Java: say it in its routes, its documents or"
                                + " its file in config/providers")
                .isEmpty();
    }

    private static Stream<String> foldersMappedByDocuments() {
        try (var files = Files.walk(Path.of("routes"))) {
            return files
                    .filter(file -> file.toString().endsWith(".camel.yaml"))
                    .filter(file -> read(file).contains("ref: jq, method: \"mapped("))
                    .map(file -> file.getParent().getFileName().toString())
                    .distinct()
                    .toList()
                    .stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void filesAreSmall() {
        var large = javaFiles()
                .filter(file -> read(file).lines().count() > 300)
                .map(file -> file + " has " + read(file).lines().count() + " lines")
                .toList();

        assertThat(large)
                .as("a file over 300 lines holds two things: part them")
                .isEmpty();
    }

    private static Stream<Path> javaFiles() {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String withoutComments(String source) {
        return source.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)(^|\\s)//.*$", "");
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
