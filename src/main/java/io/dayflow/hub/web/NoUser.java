package io.dayflow.hub.web;

/** DayFlow has no user yet: there is nobody to show anything of. */
final class NoUser extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoUser() {
        super("DayFlow has no user yet.");
    }
}
