package io.dayflow.hub.api;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.AbstractJackson2HttpMessageConverter;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.http.converter.xml.AbstractXmlHttpMessageConverter;
import org.springframework.http.converter.xml.SourceHttpMessageConverter;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Bodies are JSON. Spring would also read and write whatever else a library among the hub's can, such as YAML, with a mapper
 * that {@link StrictJson} and {@link JsonBodyAdvice} know nothing of.
 */
@Configuration(proxyBeanMethods = false)
class JsonOnly implements WebMvcConfigurer {

    @Override
    public void extendMessageConverters(List<HttpMessageConverter<?>> converters) {
        converters.removeIf(JsonOnly::speaksAnotherFormat);
    }

    private static boolean speaksAnotherFormat(HttpMessageConverter<?> converter) {
        return switch (converter) {
            case MappingJackson2HttpMessageConverter json -> false;
            case AbstractJackson2HttpMessageConverter other -> true;
            case AbstractXmlHttpMessageConverter<?> xml -> true;
            case SourceHttpMessageConverter<?> xml -> true;
            default -> false;
        };
    }
}
