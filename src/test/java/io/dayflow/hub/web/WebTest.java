package io.dayflow.hub.web;

import io.dayflow.hub.FakeEngine;
import io.dayflow.hub.RunningHub;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/**
 * A test of pages against a running hub whose services are the test's own, that offers demo accounts there, and whose
 * routes stand still. All of them share one hub.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RunningHub
@Import({FakeEngine.class, FakeDemo.class, PageVisits.class})
@TestPropertySource(properties = {"hub.config-dir=src/test/resources/config", "camel.main.auto-startup=false"})
@interface WebTest {}
