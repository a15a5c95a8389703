package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Cuts lists into pages. A cursor is bound to its account and to the parameters of the request that gave it. */
final class Pages {

    private static final int USUAL = 50;
    private static final int MOST = 200;

    private Pages() {}

    static ObjectNode page(String account, Request request, String key, List<ObjectNode> all) {
        int limit = limit(request.query("limit"));
        int from = offset(account, request);
        int to = Math.min(all.size(), from + limit);
        var page = Ledger.object();
        var list = page.putArray(key);
        if (from < to) {
            all.subList(from, to).forEach(list::add);
        }
        page.put("next_cursor", to < all.size() ? encode(seal(account, request) + "." + to) : null);
        return page;
    }

    private static int limit(@Nullable String given) {
        if (given == null) {
            return USUAL;
        }
        if (given.matches("[0-9]{1,6}")) {
            int limit = Integer.parseInt(given);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        }
        throw ApiError.invalid("limit", "A number from 1 to " + MOST);
    }

    private static int offset(String account, Request request) {
        var cursor = request.query("cursor");
        if (cursor == null || cursor.isEmpty()) {
            return 0;
        }
        try {
            var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            var own = seal(account, request) + ".";
            if (text.startsWith(own)) {
                return Integer.parseInt(text.substring(own.length()));
            }
        } catch (IllegalArgumentException foreign) {
            // refused below
        }
        throw ApiError.invalid("cursor", "A cursor given for the same request");
    }

    private static String seal(String account, Request request) {
        var parameters = new TreeMap<>(request.query());
        parameters.remove("cursor");
        return Integer.toHexString((account + request.path() + parameters).hashCode());
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
