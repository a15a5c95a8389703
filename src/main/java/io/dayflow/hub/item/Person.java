package io.dayflow.hub.item;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Who calls a meeting. {@code email} is an address without {@code mailto:}, or another calendar user URI. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Person(String email, @Nullable String name) {}
