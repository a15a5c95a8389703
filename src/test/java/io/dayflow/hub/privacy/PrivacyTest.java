package io.dayflow.hub.privacy;

import io.dayflow.hub.FakeEngine;
import io.dayflow.hub.RunningHub;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** A test of what happens to a user's data, against a running hub whose routes stand still. All of them share one hub. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RunningHub
@Import({FakeEngine.class, People.class})
@TestPropertySource(properties = {"hub.config-dir=src/test/resources/config", "camel.main.auto-startup=false"})
@interface PrivacyTest {}
