package io.dayflow.hub.oauth;

import java.util.Collection;
import java.util.List;

/**
 * What a permission covers. Services name scopes otherwise than they were asked for: fewer, since one covers another, by longer
 * names, or none. So what is missing is told by what was asked for, too.
 *
 * @param asked what the user was asked for at the last consent, without what the service took away since
 * @param granted what the service last named; what was asked for as long as it names none
 * @param named whether the service named {@code granted}
 */
public record Scopes(List<String> asked, List<String> granted, boolean named) {

    public Scopes {
        asked = List.copyOf(asked);
        granted = List.copyOf(granted);
    }

    /**
     * What a consent covers.
     *
     * @param said what the service named in its answer; empty: all that was asked for (RFC 6749 section 5.1)
     */
    static Scopes of(List<String> asked, Collection<String> said) {
        return said.isEmpty() ? new Scopes(asked, asked, false) : new Scopes(asked, List.copyOf(said), true);
    }

    /**
     * What is left after a refresh.
     *
     * @param said what the service named in its answer, fewer perhaps; empty: what it was (RFC 6749 section 6)
     */
    Scopes after(Collection<String> said) {
        if (said.isEmpty()) {
            return this;
        }
        var next = new Scopes(asked, List.copyOf(said), true);
        var gone = lost(next);
        return new Scopes(without(asked, gone), next.granted, true);
    }

    /** What the service had named and does not name any more. What it never named cannot be told to be gone. */
    public List<String> lost(Scopes next) {
        return named ? without(granted, next.granted) : List.of();
    }

    /** What is wanted, and was neither asked for nor granted. */
    public List<String> missing(List<String> wanted) {
        return without(without(wanted, asked), granted);
    }

    /** What was asked for and is not among what was granted, where the service names that. */
    List<String> refused() {
        return without(asked, granted);
    }

    private static List<String> without(List<String> scopes, List<String> others) {
        return scopes.stream()
                .filter(scope -> others.stream().noneMatch(other -> same(scope, other)))
                .toList();
    }

    /** Microsoft answers with the address of what the scope is for before its name. */
    private static boolean same(String one, String other) {
        return one.equals(other) || one.endsWith("/" + other) || other.endsWith("/" + one);
    }
}
