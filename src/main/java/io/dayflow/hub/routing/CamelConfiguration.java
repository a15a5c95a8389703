package io.dayflow.hub.routing;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.DefaultErrorHandlerBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What holds for every route. */
@Configuration(proxyBeanMethods = false)
class CamelConfiguration {

    /** Timers that only wake: what is due is decided, and leased, in PostgreSQL. */
    @Bean
    QuartzComponent quartz() {
        QuartzComponent quartz = new QuartzComponent();
        java.util.Properties properties = new java.util.Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "hub");
        properties.setProperty("org.quartz.threadPool.threadCount", "4");
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        quartz.setProperties(properties);
        return quartz;
    }

    /** Nothing is repeated and nothing logged but where a route says so: faults travel to the route that knows what they mean. */
    @Bean
    CamelContextConfiguration quietErrors() {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                DefaultErrorHandlerBuilder quiet = new DefaultErrorHandlerBuilder();
                quiet.logExhausted(false);
                context.getCamelContextExtension().setErrorHandlerFactory(quiet);
            }

            @Override
            public void afterApplicationStart(CamelContext context) {
                // routes are started by then
            }
        };
    }
}
