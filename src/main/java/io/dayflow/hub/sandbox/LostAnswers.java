package io.dayflow.hub.sandbox;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/** Cuts the connection instead of answering, for requests that ask for it: as if the answer was lost on its way. */
public final class LostAnswers extends ValveBase {

    private static final String LOST = LostAnswers.class.getName();

    LostAnswers() {
        super(true);
    }

    /** Nothing of the answer to this request is sent. Call it before anything is written. */
    public static void lose(HttpServletRequest request) {
        request.setAttribute(LOST, true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (request.getAttribute(LOST) != null) {
            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, new IOException("an answer lost on request"));
        }
    }
}
