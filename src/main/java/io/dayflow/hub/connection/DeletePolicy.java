package io.dayflow.hub.connection;

/** What a deletion on one side does on the other. */
public enum DeletePolicy implements SettingChoice {
    PROPAGATE,
    /** The other side keeps its copy, and the link ends. */
    KEEP
}
