package io.dayflow.hub.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.AbstractJackson2HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Looks at the text of every JSON body before it is parsed. */
@ControllerAdvice
class JsonBodyAdvice extends RequestBodyAdviceAdapter {

    /** The body is no text that can be kept. */
    static final class UnreadableText extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableText(String why) {
            super(why);
        }
    }

    /** The body is in another charset, as far as its type says. */
    static final class OtherCharset extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type target, Class<? extends HttpMessageConverter<?>> converter) {
        return AbstractJackson2HttpMessageConverter.class.isAssignableFrom(converter);
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type target,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        var type = message.getHeaders().getContentType();
        var charset = type == null ? null : type.getCharset();
        // the parser would read the bytes in that charset, and they are looked at as UTF-8
        if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
            throw new OtherCharset();
        }
        var body = message.getBody().readAllBytes();
        ApiWatch.remember(body);
        JsonText.fault(body).ifPresent(why -> {
            throw new UnreadableText(why);
        });
        return new HttpInputMessage() {
            @Override
            public InputStream getBody() {
                return new ByteArrayInputStream(body);
            }

            @Override
            public HttpHeaders getHeaders() {
                return message.getHeaders();
            }
        };
    }
}
