package io.dayflow.hub.mapping;

import org.jspecify.annotations.Nullable;

/**
 * A document that failed on an input, or whose output is not what was asked for. The message names document, line and
 * expression as near as can be told, provider and item.
 */
public final class MappingFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param place line, expression or part of the output; empty where it cannot be told */
    MappingFailed(String document, String place, String reason, Given given, @Nullable Throwable cause) {
        super(document + (place.isEmpty() ? "" : " " + place) + ": " + reason + given.inBrackets(), cause);
    }
}
