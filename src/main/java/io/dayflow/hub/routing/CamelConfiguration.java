package io.dayflow.hub.routing;

import java.util.Properties;
import org.apache.camel.component.quartz.QuartzComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What holds for every route. */
@Configuration(proxyBeanMethods = false)
class CamelConfiguration {

    /** Timers that only wake: what is due is decided, and leased, in PostgreSQL. */
    @Bean
    QuartzComponent quartz() {
        QuartzComponent quartz = new QuartzComponent();
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "hub");
        properties.setProperty("org.quartz.threadPool.threadCount", "4");
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        quartz.setProperties(properties);
        return quartz;
    }
}
