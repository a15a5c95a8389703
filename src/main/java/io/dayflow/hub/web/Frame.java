package io.dayflow.hub.web;

import io.dayflow.hub.dayflow.Users.User;
import java.util.List;

/**
 * What surrounds the content of every page.
 *
 * @param section where the visitor is
 * @param users whom the visitor may act as, if there is a choice; else empty
 * @param theme {@code light}, {@code dark}, or empty for the reader's setting
 * @param demo whether demo accounts are possible
 */
public record Frame(
        Visitor visitor, String section, List<Entry> entries, List<User> users, String theme, boolean demo) {

    /**
     * A place to go.
     *
     * @param section names icon and text
     * @param count how much needs attention there
     * @param working whether something is going on there
     */
    public record Entry(String section, String href, long count, boolean working, boolean current) {}

    public User user() {
        return visitor.user();
    }

    public String account() {
        return visitor.account();
    }
}
