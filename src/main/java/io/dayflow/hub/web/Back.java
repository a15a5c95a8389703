package io.dayflow.hub.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where to go after a form: to the page that it was on. */
final class Back {

    private Back() {}

    /** @param otherwise where no such page is known */
    static String to(HttpServletRequest request, String otherwise) {
        var path = path(request.getHeader("Referer"));
        return "redirect:" + (path == null ? otherwise : path);
    }

    /** The path of an address, which never leads off this site. */
    private static @Nullable String path(@Nullable String referer) {
        try {
            if (referer == null) {
                return null;
            }
            var address = URI.create(referer);
            var path = address.getRawPath();
            if (path == null || !path.startsWith("/") || path.startsWith("//")) {
                return null;
            }
            return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
