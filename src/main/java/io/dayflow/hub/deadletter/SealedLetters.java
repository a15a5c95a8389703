package io.dayflow.hub.deadletter;

import io.dayflow.hub.security.SealedColumn;
import io.dayflow.hub.security.SealedPayloads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What dead letters keep sealed. */
@Configuration(proxyBeanMethods = false)
class SealedLetters {

    @Bean
    SealedColumn sealedDeadLetters() {
        return new SealedColumn("hub.dead_letter", "sealed", "sealed_key", SealedPayloads.DEAD_LETTER);
    }
}
