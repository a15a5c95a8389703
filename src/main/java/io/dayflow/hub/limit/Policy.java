package io.dayflow.hub.limit;

import java.util.Locale;

/** For whom a limit is. */
enum Policy {
    /** A DayFlow user, whoever calls on their behalf. */
    USER("this user"),
    /** One personal token. */
    TOKEN("this token"),
    /** The service token: all that DayFlow's backend asks for, of all users together. */
    SERVICE("this service token"),
    /** The pages of one signed-in person. */
    PAGES("this person"),
    /** Tokens that are not valid, from one address. */
    WRONG_TOKENS("this address with tokens that are not valid");

    private final String words;

    Policy(String words) {
        this.words = words;
    }

    /** As headers and metrics name it. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As a sentence names it. */
    String words() {
        return words;
    }
}
