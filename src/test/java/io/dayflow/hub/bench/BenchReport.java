package io.dayflow.hub.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Collects rows of figures with their limits, prints them as a table, and writes them to a JSON file. */
final class BenchReport {

    private final List<Row> rows = new ArrayList<>();

    /**
     * One figure.
     *
     * @param limit the largest value that is good, in the same unit
     * @param met whether measured is at most the limit
     * @param detail what the figure was made of
     */
    record Row(String what, double measured, double limit, String unit, boolean met, Map<String, Object> detail) {}

    void add(String what, double measured, double limit, String unit, Map<String, Object> detail) {
        rows.add(new Row(what, measured, limit, unit, measured <= limit, new LinkedHashMap<>(detail)));
    }

    String table() {
        StringBuilder table = new StringBuilder("\n| what | measured | at most | met |\n| --- | ---: | ---: | --- |\n");
        for (Row row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.3f %s | %.3f %s | %s |%n",
                    row.what(),
                    row.measured(),
                    row.unit(),
                    row.limit(),
                    row.unit(),
                    row.met() ? "yes" : "NO"));
        }
        rows.forEach(row ->
                table.append(row.what()).append(": ").append(row.detail()).append('\n'));
        return table.append(machine()).append('\n').toString();
    }

    void write(Path file) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("at", Instant.now().toString());
        document.put("machine", machine());
        document.put("rows", rows);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> machine() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("cpu", firstValue("/proc/cpuinfo", "model name"));
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("memory", firstValue("/proc/meminfo", "MemTotal"));
        machine.put("java", Runtime.version().toString());
        return machine;
    }

    private static String firstValue(String file, String key) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
