package io.dayflow.hub.provider;

import io.dayflow.hub.item.Kind;
import java.util.Map;

/** One element of what {@code <provider>.collections} answers. */
public record FoundCollection(
        String externalId, Kind kind, String name, boolean readOnly, Map<String, String> attributes) {}
