package io.dayflow.hub.merge;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.item.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What distinguishes two views, by path, in the order of the paths. */
public record Difference(List<Part> parts) {

    public Difference {
        parts = List.copyOf(parts);
    }

    /** One path whose values differ; null stands for absent. */
    public record Part(
            String path,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {

        /** The field that the path lies in. */
        public String field() {
            return Paths.field(path);
        }
    }

    /** What has to change in {@code before} to make it {@code after}. */
    public static Difference between(View before, View after) {
        SortedMap<String, JsonNode> left = Paths.flatten(before);
        SortedMap<String, JsonNode> right = Paths.flatten(after);
        SortedSet<String> paths = new TreeSet<>(left.keySet());
        paths.addAll(right.keySet());
        List<Part> parts = new ArrayList<>();
        for (String path : paths) {
            JsonNode was = left.get(path);
            JsonNode is = right.get(path);
            if (!Objects.equals(was, is)) {
                parts.add(new Part(path, was, is));
            }
        }
        return new Difference(parts);
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** The paths that differ. */
    public SortedSet<String> paths() {
        return parts.stream().map(Part::path).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The fields that differ. */
    public SortedSet<String> fields() {
        return parts.stream().map(Part::field).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Only what lies outside the given paths or fields. */
    public Difference without(Collection<String> pathsOrFields) {
        return new Difference(parts.stream()
                .filter(part -> !pathsOrFields.contains(part.path()) && !pathsOrFields.contains(part.field()))
                .toList());
    }
}
