package io.dayflow.hub.sync.memory;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Rows by key, in the order in which they came; what a transaction did to them can be taken back. For one thread. */
public final class Table<K, V> {

    private final Map<K, V> rows = new LinkedHashMap<>();
    private final MemoryStore store;

    Table(MemoryStore store) {
        this.store = store;
    }

    public Optional<V> find(K key) {
        return Optional.ofNullable(rows.get(key));
    }

    /** @throws NullPointerException if there is no such row */
    public V get(K key) {
        return Objects.requireNonNull(rows.get(key), () -> "no row " + key);
    }

    public void put(K key, V value) {
        V before = rows.put(key, value);
        store.onRollback(() -> {
            if (before == null) {
                rows.remove(key);
            } else {
                rows.put(key, before);
            }
        });
    }

    public void update(K key, UnaryOperator<V> change) {
        put(key, change.apply(get(key)));
    }

    public void remove(K key) {
        V before = rows.remove(key);
        if (before != null) {
            store.onRollback(() -> rows.put(key, before));
        }
    }

    public List<K> keys() {
        return List.copyOf(rows.keySet());
    }

    public Collection<V> all() {
        return rows.values();
    }

    public Stream<V> stream() {
        return rows.values().stream();
    }
}
