package io.dayflow.hub.api;

import io.dayflow.hub.FakeEngine;
import io.dayflow.hub.RunningHub;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/**
 * A test of REST calls against a running hub whose services are the test's own and whose routes stand still, so that jobs
 * stay as a test leaves them. All of them share one hub.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RunningHub
@Import({FakeEngine.class, ApiCalls.class})
@TestPropertySource(properties = {"hub.config-dir=src/test/resources/config", "camel.main.auto-startup=false"})
@interface ApiTest {}
