package io.dayflow.hub.scenario;

import io.dayflow.hub.RunningHub;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/** A test against a running hub that may reach servers on this machine. All of them share one hub. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RunningHub
@TestPropertySource(properties = "hub.security.allow-private-addresses=true")
@interface ScenarioTest {}
