package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request or command that the service refuses, in the service's own form. */
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int REQUIRED_ARGUMENT = 19;
    private static final int INVALID_ARGUMENT = 20;
    private static final int LIMITS = 35;
    private static final int EXPIRED_TOKEN = 477;
    private static final int NO_OBJECT = 478;

    private final int status;
    private final int code;
    private final String tag;
    private final transient ObjectNode extra;

    private ApiError(int status, int code, String tag, String message, ObjectNode extra) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.tag = tag;
        this.extra = extra;
    }

    static ApiError missing(String argument) {
        return new ApiError(
                400, REQUIRED_ARGUMENT, "ARGUMENT_MISSING", "Required argument is missing", argument(argument));
    }

    static ApiError invalid(String argument, String expected) {
        return new ApiError(
                400,
                INVALID_ARGUMENT,
                "INVALID_ARGUMENT_VALUE",
                "Invalid argument value",
                argument(argument).put("expected", expected).put("explanation", expected));
    }

    static ApiError invalidToken() {
        return new ApiError(
                400, INVALID_ARGUMENT, "INVALID_SYNC_TOKEN", "Sync token is invalid", argument("sync_token"));
    }

    static ApiError notFound(String what) {
        return new ApiError(404, NO_OBJECT, "NOT_FOUND", what + " not found", extra());
    }

    static ApiError unauthorized(boolean expired) {
        return new ApiError(401, expired ? EXPIRED_TOKEN : 401, "UNAUTHORIZED", "Unauthorized", extra());
    }

    static ApiError limited(long seconds) {
        return new ApiError(
                429,
                LIMITS,
                "LIMITS_REACHED",
                "Too many requests. Limits reached. Try again later",
                extra().put("retry_after", seconds));
    }

    /** What an operation of the sandbox or a broken server answers. */
    static ApiError of(int status, String message) {
        return new ApiError(status, status, "HTTP_" + status, message, extra());
    }

    int status() {
        return status;
    }

    ObjectNode body() {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("error", getMessage());
        body.put("error_code", code);
        body.set("error_extra", extra);
        body.put("error_tag", tag);
        body.put("http_code", status);
        return body;
    }

    private static ObjectNode argument(String name) {
        return extra().put("argument", name);
    }

    private static ObjectNode extra() {
        return JsonNodeFactory.instance.objectNode();
    }
}
