package io.dayflow.hub.call;

import java.net.SocketTimeoutException;

/** An answer took longer than {@code hub.call.total-timeout}. */
final class AnswerTooSlow extends SocketTimeoutException {

    AnswerTooSlow() {
        super("The answer took longer than hub.call.total-timeout allows");
    }
}
