package io.dayflow.hub.security;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.config.web.PathPatternRequestMatcherBuilderFactoryBean;

/**
 * Security rules match a path by its pattern alone. The older way asks Spring MVC which controller a path belongs to, and
 * where it is at hand Spring Security looks that up for every request, before anything else and once more than needed.
 */
@Configuration(proxyBeanMethods = false)
class PathMatching {

    @Bean
    static PathPatternRequestMatcherBuilderFactoryBean pathPatterns() {
        return new PathPatternRequestMatcherBuilderFactoryBean();
    }

    @Bean
    static WithoutIntrospector withoutIntrospector() {
        return new WithoutIntrospector();
    }

    /** Runs before Spring Security looks for the introspector, whose absence is all it can be told by. */
    static final class WithoutIntrospector implements BeanDefinitionRegistryPostProcessor, Ordered {

        private static final String INTROSPECTOR = "mvcHandlerMappingIntrospector";

        @Override
        public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
            if (registry.containsBeanDefinition(INTROSPECTOR)) {
                registry.removeBeanDefinition(INTROSPECTOR);
            }
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }
}
