package io.dayflow.hub.routing;

import io.dayflow.hub.mapping.Mappings;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the bean that routes run documents with. */
@Configuration(proxyBeanMethods = false)
class MappingConfiguration {

    @Bean
    Mappings mappings(@Value("${hub.home:.}") Path home) {
        return new Mappings(home.resolve("routes"));
    }

    @Bean("jq")
    JqSteps jq(Mappings mappings, Clock clock) {
        return new JqSteps(mappings, clock);
    }
}
