package io.dayflow.hub.provider;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.springframework.boot.convert.DurationStyle;

/**
 * A mapping in a YAML file, read strictly: every refusal names file, line and key. After all keys were asked for,
 * {@link #end()} refuses the rest.
 */
final class YamlSection {

    private final Path file;
    private final String path;
    private final MappingNode node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    private YamlSection(Path file, String path, MappingNode node) {
        this.file = file;
        this.path = path;
        this.node = node;
        for (var entry : node.getValue()) {
            var name = entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
            if (values.put(name, entry.getValueNode()) != null) {
                throw refused(entry.getKeyNode(), name, "is there twice");
            }
        }
    }

    static YamlSection read(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            var root = new Compose(LoadSettings.builder().setUseMarks(true).build()).composeReader(reader);
            if (root.isPresent() && root.get() instanceof MappingNode mapping) {
                return new YamlSection(file, "", mapping);
            }
            throw new InvalidProviderFile(file, 1, "the file holds no keys; it begins with \"id:\"");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new InvalidProviderFile(file, line, e.getProblem() + "; accepted is YAML 1.2");
        } catch (IOException e) {
            throw new InvalidProviderFile(file, 0, "the file cannot be read: " + e);
        }
    }

    /** All keys, as they are written. */
    List<String> keys() {
        return List.copyOf(values.keySet());
    }

    boolean has(String key) {
        asked.add(key);
        var value = values.get(key);
        return value != null && !Tag.NULL.equals(value.getTag());
    }

    String text(String key) {
        var value = required(key, "a text");
        if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        throw refused(value, key, "takes a text");
    }

    @Nullable
    String textOrNull(String key) {
        return has(key) ? text(key) : null;
    }

    String oneOf(String key, List<String> accepted) {
        var text = text(key);
        if (!accepted.contains(text)) {
            throw refused(required(key, ""), key, "takes one of " + String.join(", ", accepted) + ", not " + text);
        }
        return text;
    }

    boolean flag(String key) {
        var value = required(key, "true or false");
        if (Tag.BOOL.equals(value.getTag()) && value instanceof ScalarNode scalar) {
            return scalar.getValue().equalsIgnoreCase("true");
        }
        throw refused(value, key, "takes true or false");
    }

    int count(String key) {
        var value = required(key, "a whole number from 1");
        if (Tag.INT.equals(value.getTag()) && value instanceof ScalarNode scalar) {
            try {
                int number = Integer.parseInt(scalar.getValue());
                if (number >= 1) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw refused(value, key, "takes a whole number from 1 to " + Integer.MAX_VALUE);
            }
        }
        throw refused(value, key, "takes a whole number from 1");
    }

    Duration duration(String key) {
        var value = required(key, "a time with its unit");
        if (value instanceof ScalarNode scalar && scalar.getValue().matches("[1-9][0-9]{0,5}(s|m|h|d)")) {
            return DurationStyle.SIMPLE.parse(scalar.getValue());
        }
        throw refused(value, key, "takes a time with its unit, for example 30s, 15m or 1h");
    }

    List<String> texts(String key) {
        var value = required(key, "a list of texts");
        var texts = new ArrayList<String>();
        if (value instanceof SequenceNode sequence) {
            for (Node element : sequence.getValue()) {
                if (!(element instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
                    throw refused(element, key, "takes a list of texts");
                }
                texts.add(scalar.getValue());
            }
            return texts;
        }
        throw refused(value, key, "takes a list of texts");
    }

    YamlSection section(String key) {
        var value = required(key, "keys of its own");
        if (value instanceof MappingNode mapping) {
            return new YamlSection(file, path + key + ".", mapping);
        }
        throw refused(value, key, "takes keys of its own");
    }

    List<YamlSection> sections(String key) {
        var value = required(key, "a list");
        if (!(value instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            throw refused(value, key, "takes a list of at least one entry");
        }
        var sections = new ArrayList<YamlSection>();
        for (Node element : sequence.getValue()) {
            if (!(element instanceof MappingNode mapping)) {
                throw refused(element, key, "takes a list of entries with keys");
            }
            sections.add(new YamlSection(file, path + key + "[" + sections.size() + "].", mapping));
        }
        return sections;
    }

    /** Refuses keys that nobody asked for. */
    void end() {
        for (var entry : node.getValue()) {
            var name = entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
            if (!asked.contains(name)) {
                throw refused(entry.getKeyNode(), name, "is no key here; accepted are " + String.join(", ", asked));
            }
        }
    }

    InvalidProviderFile refused(String key, String reason) {
        return refused(values.getOrDefault(key, node), key, reason);
    }

    private Node required(String key, String accepted) {
        asked.add(key);
        var value = values.get(key);
        if (value == null) {
            throw refused(node, key, "is missing; it takes " + accepted);
        }
        return value;
    }

    private InvalidProviderFile refused(Node place, String key, String reason) {
        int line = place.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        return new InvalidProviderFile(file, line, "\"" + path + key + "\" " + reason);
    }
}
