package io.dayflow.hub.refusal;

/**
 * One thing that is wrong with a request.
 *
 * @param field its path in the request, for example {@code settings.syncInterval}
 * @param message what is accepted there, for the caller to read; never the value where it may be a secret
 */
public record FieldError(String field, String message) {}
