package io.dayflow.hub.sandbox;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** Lets WebDAV's methods through to the calendar server and nowhere else; all other rules are those of everybody. */
final class DavFirewall implements HttpFirewall {

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "OPTIONS", "PUT", "POST", "DELETE", "PROPFIND", "PROPPATCH", "REPORT", "MKCALENDAR");

    private final HttpFirewall everywhere;
    private final StrictHttpFirewall calendars = new StrictHttpFirewall();

    DavFirewall(HttpFirewall everywhere) {
        this.everywhere = everywhere;
        calendars.setAllowedHttpMethods(METHODS);
    }

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        var path = request.getRequestURI();
        boolean dav = path.startsWith("/sandbox/caldav/dav/") || path.equals("/.well-known/caldav");
        return (dav ? calendars : everywhere).getFirewalledRequest(request);
    }

    @Override
    public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
        return everywhere.getFirewalledResponse(response);
    }
}
