package io.dayflow.hub.sync;

import io.dayflow.hub.RunningHub;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/**
 * A test of the use cases of agreement on a real database, against a {@link ListService}. The routes stand still: a
 * {@link ListAccount} calls what they would call. All of them share one hub.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RunningHub
@TestPropertySource(properties = {"hub.config-dir=src/test/resources/engine", "camel.main.auto-startup=false"})
public @interface EngineTest {}
