package io.dayflow.hub.item;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets of the model, held as sorted lists so that equal sets have equal JSON. */
final class Lists {

    static final Comparator<Reminder> BY_REMINDER = Comparator.comparing(Reminder::toString);

    private Lists() {}

    static <T extends Comparable<? super T>> List<T> distinct(@Nullable List<T> values) {
        return values == null ? List.of() : List.copyOf(new TreeSet<>(values));
    }

    static <T> List<T> distinct(@Nullable List<T> values, Comparator<T> order) {
        if (values == null) {
            return List.of();
        }
        TreeSet<T> sorted = new TreeSet<>(order);
        sorted.addAll(values);
        return List.copyOf(sorted);
    }

    /** One element a key, the last one given, sorted by key. */
    static <T, K extends Comparable<? super K>> List<T> byKey(@Nullable List<T> values, Function<T, K> key) {
        if (values == null) {
            return List.of();
        }
        Map<K, T> byKey = new LinkedHashMap<>();
        values.forEach(value -> byKey.put(key.apply(value), value));
        return byKey.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }
}
