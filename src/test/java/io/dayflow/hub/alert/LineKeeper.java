package io.dayflow.hub.alert;

import java.util.Queue;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** Keeps the lines of an answer that does not end. */
final class LineKeeper implements Subscriber<String> {

    private final Queue<String> lines;

    LineKeeper(Queue<String> lines) {
        this.lines = lines;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        lines.add(line);
    }

    @Override
    public void onError(Throwable failed) {
        lines.add("failed");
    }

    @Override
    public void onComplete() {
        lines.add("over");
    }
}
