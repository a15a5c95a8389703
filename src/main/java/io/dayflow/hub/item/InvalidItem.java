package io.dayflow.hub.item;

import java.util.Objects;

/** A value that no item can hold. The message says what is accepted. */
public final class InvalidItem extends IllegalArgumentException {

    private final String field;

    public InvalidItem(String field, String message) {
        super(message);
        this.field = field;
    }

    /** What is accepted. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** The canonical name of the field that was refused. */
    public String field() {
        return field;
    }
}
