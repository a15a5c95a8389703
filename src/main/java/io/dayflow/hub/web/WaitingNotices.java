package io.dayflow.hub.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.SessionFlashMapManager;

/**
 * Keeps what a form did until the page after it is asked for. A part of a page that refreshes itself asks by the same
 * address, perhaps just before that; it shows no notice, and takes none away.
 */
final class WaitingNotices extends SessionFlashMapManager {

    @Override
    protected @Nullable List<FlashMap> retrieveFlashMaps(HttpServletRequest request) {
        return isPart(request) ? null : super.retrieveFlashMaps(request);
    }

    /** What somebody follows or sends is boosted; what a page fetches by itself is not. */
    private static boolean isPart(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && request.getHeader("HX-Request") != null
                && request.getHeader("HX-Boosted") == null;
    }
}
