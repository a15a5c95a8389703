package io.dayflow.hub.live;

import java.util.UUID;

/**
 * What an event is about.
 *
 * @param type {@code job}, {@code integration}, {@code conflict} or {@code alert} with the id of one; {@code items} with the user's id:
 *     some of what the user holds in DayFlow, or of what is parked, changed
 */
public record Subject(String type, UUID id) {}
