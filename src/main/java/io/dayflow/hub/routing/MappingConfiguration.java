package io.dayflow.hub.routing;

import io.dayflow.hub.livefile.Refusals;
import io.dayflow.hub.mapping.Mapping;
import io.dayflow.hub.mapping.Mappings;
import io.dayflow.hub.provider.MappingCheck;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the bean that routes run documents with. */
@Configuration(proxyBeanMethods = false)
class MappingConfiguration {

    @Bean
    Refusals refusals(Clock clock) {
        return new Refusals(clock);
    }

    @Bean
    Mappings mappings(@Value("${hub.home:.}") Path home, Refusals refusals) {
        return new Mappings(home.resolve("routes"), refusals);
    }

    @Bean
    MappingCheck mappingCheck(Mappings mappings) {
        return new MappingCheck() {
            @Override
            public void document(String name) {
                mappings.get(name);
            }

            @Override
            public void expression(String source) {
                Mapping.compile("the expression", source);
            }
        };
    }

    @Bean("jq")
    JqSteps jq(Mappings mappings, Clock clock) {
        return new JqSteps(mappings, clock);
    }
}
