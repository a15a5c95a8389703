package io.dayflow.hub.routing;

import io.dayflow.hub.webhook.Handshakes;
import io.dayflow.hub.webhook.Intake;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.stereotype.Component;

/** The steps that answer what services ask before they tell anything. Nothing of a question is kept, logged or worked on. */
@Component("handshake")
public class HandshakeSteps {

    private final WebhookMeter meter;

    HandshakeSteps(MeterRegistry registry) {
        this.meter = new WebhookMeter(registry);
    }

    /** Whether the service asks as it does where nothing is signed. */
    public boolean isUnsigned(Exchange exchange) {
        return Handshakes.isUnsigned(received(exchange));
    }

    /** Answers that with the text of its parameter, or with nothing. */
    public void answer(Exchange exchange) {
        answer(exchange, Handshakes.answer(received(exchange)));
    }

    /** Whether a verified body is a question. */
    public boolean isChallenge(Exchange exchange) {
        return Handshakes.isChallenge(received(exchange));
    }

    /** Answers that with the text it holds for this. */
    public void challenge(Exchange exchange) {
        answer(exchange, Handshakes.challenge(received(exchange)));
    }

    private static Intake.Received received(Exchange exchange) {
        return exchange.getMessage().getBody(Intake.Received.class);
    }

    /** Always as plain text, and browsers are told not to guess: a stranger may have written it. */
    private void answer(Exchange exchange, String text) {
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
        message.setBody(text.isEmpty() ? null : text.getBytes(StandardCharsets.UTF_8));
        if (!text.isEmpty()) {
            message.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
            message.setHeader("X-Content-Type-Options", "nosniff");
        }
        meter.record(WebhookMeter.started(exchange), "handshake");
    }
}
