package io.dayflow.hub.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Makes an input smaller as long as it goes on failing. */
final class Shrinking {

    private static final int TRIES = 500;
    private static final int LONGEST = 20_000;
    private static final Pattern MEMBER = Pattern.compile(",?\"[^\"]*\":(\"[^\"]*\"|[^,{}\\[\\]\"]+)");

    private final Predicate<Input> fails;
    private Input smallest;
    private int tries;

    private Shrinking(Input failing, Predicate<Input> fails) {
        this.smallest = failing;
        this.fails = fails;
    }

    /** @param fails whether an input fails as the first one did */
    static Input of(Input failing, Predicate<Input> fails) {
        return new Shrinking(failing, fails).shrink();
    }

    private Input shrink() {
        Input before;
        do {
            before = smallest;
            int query = smallest.path().indexOf('?');
            if (query >= 0) {
                take(smallest.withPath(smallest.path().substring(0, query)));
            }
            List.copyOf(smallest.headers()).forEach(header -> take(smallest.without(header)));
            members();
            cut();
        } while (!before.equals(smallest) && tries < TRIES);
        return smallest;
    }

    /** Whole members of JSON objects go, which bytes one by one could not. */
    private void members() {
        if (smallest.body().length > LONGEST) {
            return;
        }
        int at = 0;
        while (tries < TRIES) {
            String text = new String(smallest.body(), StandardCharsets.UTF_8);
            var member = MEMBER.matcher(text);
            if (!member.find(at)) {
                return;
            }
            String rest = (text.substring(0, member.start()) + text.substring(member.end())).replace("{,", "{");
            at = take(smallest.withBody(rest.getBytes(StandardCharsets.UTF_8))) ? member.start() : member.start() + 1;
        }
    }

    /** Pieces of the body go: halves first, at last single bytes. */
    private void cut() {
        for (int size = Math.max(1, smallest.body().length / 2); size >= 1; size /= 2) {
            for (int from = 0; from < smallest.body().length && tries < TRIES; ) {
                if (!take(smallest.withBody(without(smallest.body(), from, size)))) {
                    from += size;
                }
            }
        }
    }

    private boolean take(Input candidate) {
        tries++;
        if (tries > TRIES || !fails.test(candidate)) {
            return false;
        }
        smallest = candidate;
        return true;
    }

    private static byte[] without(byte[] body, int from, int size) {
        byte[] rest = Arrays.copyOf(body, body.length - Math.min(size, body.length - from));
        System.arraycopy(body, Math.min(body.length, from + size), rest, from, rest.length - from);
        return rest;
    }
}
