package io.dayflow.hub.icalendar;

import io.dayflow.hub.provider.Mapped;
import java.util.List;

/**
 * What an object holds.
 *
 * @param problems of what could not be read; a key that is empty means the object as a whole
 */
public record Reading(List<Mapped.Part> parts, List<Mapped.Problem> problems) {

    public Reading {
        parts = List.copyOf(parts);
        problems = List.copyOf(problems);
    }
}
