package io.dayflow.hub.conflict;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a person decides a conflict. */
public enum Resolution {
    @JsonProperty("keep_dayflow")
    KEEP_DAYFLOW,
    @JsonProperty("keep_external")
    KEEP_EXTERNAL,
    /** By values given per field. */
    @JsonProperty("merge")
    MERGE
}
