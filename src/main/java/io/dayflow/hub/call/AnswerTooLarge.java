package io.dayflow.hub.call;

import java.io.IOException;

/** An answer exceeds {@code hub.call.max-answer-size}. */
final class AnswerTooLarge extends IOException {

    AnswerTooLarge() {
        super("The answer is larger than hub.call.max-answer-size allows");
    }
}
