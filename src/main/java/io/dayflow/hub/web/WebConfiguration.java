package io.dayflow.hub.web;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Joins the pages to Spring's web layer. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private final Visitors visitors;
    private final Frames frames;

    WebConfiguration(Visitors visitors, Frames frames) {
        this.visitors = visitors;
        this.frames = frames;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(visitors);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(frames)
                .excludePathPatterns("/api/**", "/actuator/**", "/v3/**", "/assets/**", "/webjars/**", "/sandbox/**");
    }
}
