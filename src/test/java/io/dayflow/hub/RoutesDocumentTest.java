package io.dayflow.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docs/routes.md} names every route and every bean that integrators may rely on, and none that is gone. */
class RoutesDocumentTest {

    private static final Path DOCUMENT = Path.of("docs/routes.md");
    private static final Pattern BEAN_IN_TEXT = Pattern.compile("bean:([\\w-]+)\\?method=(\\w+)");
    private static final Pattern CODE = Pattern.compile("`([^`\\s]+)`");

    private final Set<String> routes = new TreeSet<>();
    private final Set<String> beans = new TreeSet<>();
    private final Set<String> documented = new TreeSet<>();
    private final Set<String> firstInRow = new TreeSet<>();

    RoutesDocumentTest() throws IOException {
        for (Path file : routeFiles()) {
            read(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file)), "");
        }
        String document = Files.readString(DOCUMENT);
        documented.addAll(codeIn(document));
        document.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(1, line.indexOf('|', 1)))
                .forEach(cell -> firstInRow.addAll(codeIn(cell)));
    }

    @Test
    void everyRouteIsDocumented() {
        assertThat(missing(routes, firstInRow))
                .as("routes that %s does not list: add a row to the table of the route's file", DOCUMENT)
                .isEmpty();
    }

    @Test
    void everyBeanAndMethodThatARouteNamesIsDocumented() {
        assertThat(missing(beans, firstInRow))
                .as("bean methods named in routes that %s does not list: add a row below \"Beans\"", DOCUMENT)
                .isEmpty();
    }

    @Test
    void nothingIsDocumentedThatIsGone() {
        Set<String> gone = new TreeSet<>(documented);
        gone.removeIf(word -> !looksLikeOurs(word));
        assertThat(missing(gone, union(routes, beans)))
                .as("%s still names what no route file has any more: take it away, or correct the name", DOCUMENT)
                .isEmpty();
    }

    /** A route's id, or a method of a bean that some route names. */
    private boolean looksLikeOurs(String word) {
        Set<String> beanNames = new TreeSet<>();
        beans.stream().filter(b -> b.contains(".")).forEach(b -> beanNames.add(b.substring(0, b.indexOf('.'))));
        Set<String> prefixes = new TreeSet<>();
        routes.forEach(id -> prefixes.add(id.substring(0, id.indexOf('-') + 1)));
        return prefixes.stream().anyMatch(word::startsWith)
                || beanNames.stream().anyMatch(name -> word.matches(Pattern.quote(name) + "\\.[a-z]\\w*"));
    }

    private void read(Object node, String name) {
        if (node instanceof List<?> list) {
            list.forEach(child -> read(child, name));
        } else if (node instanceof Map<?, ?> map) {
            if (name.equals("route") || name.equals("routeConfiguration")) {
                routes.add(String.valueOf(map.get("id")));
            }
            if (map.get("ref") != null && map.get("method") != null) {
                // arguments in brackets are the route's own
                beans.add(
                        map.get("ref") + "." + String.valueOf(map.get("method")).replaceFirst("\\(.*", ""));
            }
            if (map.get("aggregationStrategy") != null) {
                beans.add(String.valueOf(map.get("aggregationStrategy")));
            }
            map.forEach((key, child) -> read(child, String.valueOf(key)));
        } else if (node instanceof String text) {
            BEAN_IN_TEXT.matcher(text).results().forEach(bean -> beans.add(bean.group(1) + "." + bean.group(2)));
        }
    }

    private static List<String> codeIn(String text) {
        return CODE.matcher(text)
                .results()
                .map((MatchResult code) -> code.group(1))
                .toList();
    }

    private static Set<String> missing(Set<String> wanted, Set<String> there) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(there);
        return missing;
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> union = new TreeSet<>(a);
        union.addAll(b);
        return union;
    }

    private static List<Path> routeFiles() {
        try (var files = Files.walk(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
