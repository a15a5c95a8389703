package io.dayflow.hub.provider;

import io.dayflow.hub.CannotStart;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Where the providers' files lie, and what the operator set beside them. */
@Configuration(proxyBeanMethods = false)
class ProviderConfiguration {

    @Bean
    ProviderCatalog providerCatalog(Environment environment, ObjectProvider<MappingCheck> check) {
        try {
            return new ProviderCatalog(
                    folder(environment),
                    id -> environment.getProperty("hub.providers." + id + ".base-url"),
                    check.getIfAvailable(() -> MappingCheck.NONE));
        } catch (InvalidProviderFile broken) {
            throw new CannotStart(String.valueOf(broken.getMessage()), broken);
        }
    }

    private static Path folder(Environment environment) {
        var config = environment.getProperty("hub.config-dir");
        return (config == null ? Path.of(environment.getProperty("hub.home", ""), "config") : Path.of(config))
                .resolve("providers");
    }
}
