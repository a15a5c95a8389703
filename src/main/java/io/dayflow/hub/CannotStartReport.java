package io.dayflow.hub;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the operator the one sentence that matters instead of a stack trace. Named in {@code spring.factories}. */
final class CannotStartReport extends AbstractFailureAnalyzer<CannotStart> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CannotStart failure) {
        return new FailureAnalysis(String.valueOf(failure.getMessage()), action(failure.getCause()), failure);
    }

    private static @Nullable String action(@Nullable Throwable cause) {
        return cause == null ? null : "The cause was: " + cause.getMessage();
    }
}
