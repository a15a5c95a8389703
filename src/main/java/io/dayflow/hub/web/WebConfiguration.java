package io.dayflow.hub.web;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.FlashMapManager;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Joins the pages to Spring's web layer. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private static final List<String> NO_PAGES =
            List.of("/api/**", "/actuator/**", "/v3/**", "/assets/**", "/webjars/**", "/sandbox/**");

    /** Shows nothing of a user, or tells of itself. */
    private static final List<String> NOBODYS =
            List.of("/", "/login", "/logout", "/error", "/account/**", "/security/privacy/receipts/**");

    private final Visitors visitors;
    private final Frames frames;
    private final ErasurePause pause;
    private final ActsForPages actsFor;

    WebConfiguration(Visitors visitors, Frames frames, ErasurePause pause, ActsForPages actsFor) {
        this.visitors = visitors;
        this.frames = frames;
        this.pause = pause;
        this.actsFor = actsFor;
    }

    /** By the name under which Spring's web layer looks for it. */
    @Bean
    static FlashMapManager flashMapManager() {
        return new WaitingNotices();
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(visitors);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(frames).excludePathPatterns(NO_PAGES);
        registry.addInterceptor(actsFor).excludePathPatterns(NO_PAGES).excludePathPatterns(NOBODYS);
        registry.addInterceptor(pause)
                .excludePathPatterns(NO_PAGES)
                .excludePathPatterns("/login", "/logout", "/account/**", "/security/privacy/**");
    }
}
