package io.dayflow.hub.fault;

import io.dayflow.hub.RunningHub;
import io.dayflow.hub.server.ServerLogs;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.test.context.TestPropertySource;

/** A test with a whole hub in this process whose waits are short. All of them share one hub; each scene has its own user. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RunningHub
@ExtendWith(ServerLogs.class)
@TestPropertySource(
        properties = {
            "hub.security.allow-private-addresses=true",
            "hub.sync.run-retry-delay=1s",
            "hub.sync.retry-delay=500ms",
            "hub.sync.retry-longest=3s",
            "hub.sync.page-size=20",
            "hub.call.response-timeout=2s",
            "hub.call.longest-wait=3s",
            "hub.call.circuit.open-for=2s"
        })
@interface ImpatientHub {}
