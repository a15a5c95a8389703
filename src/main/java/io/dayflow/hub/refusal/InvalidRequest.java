package io.dayflow.hub.refusal;

import java.util.List;

/** The request cannot be understood as it is: 400, with what is wrong field by field. */
public final class InvalidRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    public InvalidRequest(List<FieldError> errors) {
        super("The request has fields that are not accepted.");
        this.errors = List.copyOf(errors);
    }

    /** For a single field. */
    public InvalidRequest(String field, String message) {
        this(List.of(new FieldError(field, message)));
    }

    public List<FieldError> errors() {
        return errors;
    }
}
