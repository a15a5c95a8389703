package io.dayflow.hub.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses who takes no JSON before anything is done: Spring looks at what is accepted only when it writes the answer, and
 * then says 406 about what has been done.
 */
@Configuration(proxyBeanMethods = false)
class AcceptCheck implements WebMvcConfigurer, HandlerInterceptor {

    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON);
    private static final MediaType LIKE_JSON = new MediaType("application", "*+json");

    /** Of more Spring says that there are too many. */
    private static final int MOST = 50;

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException {
        if (answersJson(request, handler) && !takesJson(request)) {
            throw new HttpMediaTypeNotAcceptableException(JSON);
        }
        return true;
    }

    /** Calls that answer nothing, or another type that they name, are left to Spring. */
    private static boolean answersJson(HttpServletRequest request, Object handler) {
        return handler instanceof HandlerMethod method
                && !method.isVoid()
                && request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) == null;
    }

    private static boolean takesJson(HttpServletRequest request) {
        var named = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
        try {
            var types = MediaType.parseMediaTypes(named);
            return named.isEmpty()
                    || types.size() <= MOST
                            && types.stream().anyMatch(type -> type.isCompatibleWith(MediaType.APPLICATION_JSON))
                            && types.stream().allMatch(AcceptCheck::canBeWritten);
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    /** Spring may choose any of those it could answer in, and none of them in another charset. */
    private static boolean canBeWritten(MediaType type) {
        var charset = type.getCharset();
        return charset == null
                || charset.equals(StandardCharsets.UTF_8)
                || !type.isCompatibleWith(MediaType.APPLICATION_JSON) && !type.isCompatibleWith(LIKE_JSON);
    }
}
