package io.dayflow.hub.merge;

import java.util.Map;

/**
 * Some fields with a strategy of their own.
 *
 * @param otherwise for fields that {@code byField} does not name
 * @param byField by the name of a field, never by the path of an element
 */
public record FieldStrategies(Strategy otherwise, Map<String, Strategy> byField) implements Strategies {

    public FieldStrategies {
        byField = Map.copyOf(byField);
    }

    @Override
    public Strategy at(String path) {
        return byField.getOrDefault(Paths.field(path), otherwise);
    }
}
