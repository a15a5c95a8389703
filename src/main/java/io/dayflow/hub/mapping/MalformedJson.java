package io.dayflow.hub.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;

/** What should be JSON is none. The message says where, and quotes nothing. */
public final class MalformedJson extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedJson(IOException cause) {
        super("It is no JSON" + place(cause));
    }

    private static String place(IOException cause) {
        return cause instanceof JsonProcessingException e && e.getLocation() != null
                ? ": the error is in line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr()
                : "";
    }
}
