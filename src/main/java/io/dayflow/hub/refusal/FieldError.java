package io.dayflow.hub.refusal;

/**
 * One thing that is wrong with a request.
 *
 * @param field where, as the caller wrote it: {@code settings.syncInterval}, {@code collections[2].id}
 * @param message what is wrong and what is accepted
 */
public record FieldError(String field, String message) {}
