package io.dayflow.hub.web;

import io.dayflow.hub.refusal.InvalidRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with a form, by field. */
public record FormErrors(Map<String, String> byField) {

    static final FormErrors NONE = new FormErrors(Map.of());

    /** @param prefix what the use case puts before the names of the form's fields */
    static FormErrors of(InvalidRequest refused, String prefix) {
        var byField = new LinkedHashMap<String, String>();
        refused.errors()
                .forEach(error -> byField.putIfAbsent(
                        error.field().startsWith(prefix) ? error.field().substring(prefix.length()) : error.field(),
                        error.message()));
        return new FormErrors(byField);
    }

    /** What is wrong with this field: goes on after its name. Null if nothing is. */
    public @Nullable String at(String field) {
        return byField.get(field);
    }

    public boolean isAny() {
        return !byField.isEmpty();
    }
}
