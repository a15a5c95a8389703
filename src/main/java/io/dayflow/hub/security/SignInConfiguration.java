package io.dayflow.hub.security;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

/** How passwords are checked, on the pages and by HTTP Basic: whatever provider checks them, the throttle stands before it. */
@Configuration(proxyBeanMethods = false)
class SignInConfiguration {

    @Bean
    static BeanPostProcessor signInThrottling(
            ObjectProvider<SignInThrottle> throttle,
            ObjectProvider<MeterRegistry> meters,
            ApplicationEventPublisher events) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof AuthenticationProvider provider
                                && provider.supports(UsernamePasswordAuthenticationToken.class)
                        ? new ThrottledSignIn(
                                provider,
                                throttle.getObject(),
                                events,
                                meters.getObject().counter("hub.sign-ins.refused"))
                        : bean;
            }
        };
    }
}
