package io.dayflow.hub.sync.memory;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.dao.DuplicateKeyException;

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

    /** Stores a row that is not there yet, as an INSERT does. */
    public void insert(K key, V value) {
        if (rows.containsKey(key)) {
            throw new DuplicateKeyException("there is a row already at " + key);
        }
        put(key, value);
    }

    /** Changes a row, if it is there, as an UPDATE does. */
    public void updateIfPresent(K key, UnaryOperator<V> change) {
        find(key).ifPresent(before -> put(key, change.apply(before)));
    }

    public void remove(K key) {
        if (rows.containsKey(key)) {
            Map<K, V> before = new LinkedHashMap<>(rows);
            rows.remove(key);
            store.onRollback(() -> {
                // in its old place
                rows.clear();
                rows.putAll(before);
            });
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
