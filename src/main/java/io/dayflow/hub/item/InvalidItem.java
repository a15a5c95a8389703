package io.dayflow.hub.item;

/** A value that no item can hold. The message says what is accepted. */
public final class InvalidItem extends IllegalArgumentException {

    private final String field;

    public InvalidItem(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The canonical name of the field that was refused. */
    public String field() {
        return field;
    }
}
