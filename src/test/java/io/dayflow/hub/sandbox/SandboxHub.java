package io.dayflow.hub.sandbox;

import io.dayflow.hub.RunningHub;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** A test against a running hub with its sandbox. All of them share one hub, so faults are set for one account. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RunningHub
@ActiveProfiles("sandbox")
@TestPropertySource(
        properties = {
            "hub.sandbox.webhook-retry-delay=200ms",
            "hub.privacy.revoke-delay=100ms",
            "hub.privacy.revoke-attempts=3"
        })
public @interface SandboxHub {}
