package io.dayflow.hub.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Errors that no handler saw, for example of a filter, as a page where a browser asked for one. */
@Controller
class PageErrorController implements ErrorController {

    private final MappingJackson2HttpMessageConverter json;

    PageErrorController(MappingJackson2HttpMessageConverter json) {
        this.json = json;
    }

    @RequestMapping(path = "${server.error.path:/error}", produces = MediaType.TEXT_HTML_VALUE)
    @Nullable
    ModelAndView error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        var status = code instanceof Integer number ? PageErrors.known(number) : HttpStatus.NOT_FOUND;
        var path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri ? uri : null;
        if (!PageErrors.wantsPage(request, path)) {
            // A browser that looks at a program's address gets what a program gets.
            response.setStatus(status.value());
            json.write(
                    ProblemDetail.forStatusAndDetail(status, "There is no page at this address that says more."),
                    MediaType.APPLICATION_PROBLEM_JSON,
                    new ServletServerHttpResponse(response));
            return null;
        }
        var failed = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Exception e ? e : null;
        var page = PageErrors.page(status, PageErrors.key(status), null, path, failed);
        return page;
    }
}
