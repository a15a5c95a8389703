package io.dayflow.hub.connection;

import io.dayflow.hub.refusal.InvalidRequest;

/** What a user calls a connection. */
final class DisplayName {

    private static final int LONGEST = 100;

    private DisplayName() {}

    static String check(String name) {
        var stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST) {
            throw new InvalidRequest("displayName", "takes 1 to " + LONGEST + " characters");
        }
        if (stripped.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequest("displayName", "takes one line without control characters");
        }
        return stripped;
    }
}
