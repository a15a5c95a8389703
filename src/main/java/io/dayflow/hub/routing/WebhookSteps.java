package io.dayflow.hub.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.webhook.Intake;
import io.dayflow.hub.webhook.WebhookRefused;
import io.dayflow.hub.webhook.WebhookRefused.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The steps from a service's request to a stored delivery, as {@code routes/core/webhooks.camel.yaml} names them. */
@Component("webhook")
public class WebhookSteps {

    private static final Logger log = LoggerFactory.getLogger(WebhookSteps.class);
    private static final String TYPES = "urn:dayflow-hub:problem:";

    private final Intake intake;
    private final ObjectMapper json;
    private final WebhookMeter meter;

    WebhookSteps(Intake intake, ObjectMapper json, MeterRegistry registry) {
        this.intake = intake;
        this.json = json;
        this.meter = new WebhookMeter(registry);
    }

    /** Reads the request's body whole, within the limit; body out: the request as it was received. */
    public Intake.Received receive(Exchange exchange) throws InvalidPayloadException {
        return intake.receive(exchange.getMessage().getMandatoryBody(UnreadRequest.class));
    }

    /** Passes what the service has signed. */
    public void verify(Exchange exchange) {
        intake.verify(exchange.getMessage().getBody(Intake.Received.class));
    }

    /** Stores the delivery and answers 200, without a word. */
    public void store(Exchange exchange) {
        intake.store(exchange.getMessage().getBody(Intake.Received.class));
        answer(exchange, 200);
        meter.record(WebhookMeter.started(exchange), "stored");
    }

    /** Answers a request that is not taken with a problem document. */
    public void refuse(Exchange exchange) throws JsonProcessingException {
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Reason reason = Reason.UNAVAILABLE;
        String detail = "The event is not stored; send it again.";
        if (caught instanceof WebhookRefused refused) {
            reason = refused.reason();
            detail = String.valueOf(refused.getMessage());
        } else {
            log.warn("a delivery could not be taken", caught);
        }
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", TYPES + reason.type());
        problem.put("title", reason.title());
        problem.put("status", reason.status());
        problem.put("detail", detail);
        answer(exchange, reason.status());
        meter.record(WebhookMeter.started(exchange), reason.name());
        Message message = exchange.getMessage();
        message.setBody(json.writeValueAsBytes(problem));
        message.setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
        if (reason == Reason.METHOD) {
            message.setHeader("Allow", "POST");
        }
        if (reason == Reason.UNAVAILABLE) {
            message.setHeader("Retry-After", "5");
        }
    }

    private static void answer(Exchange exchange, int status) {
        Message message = exchange.getMessage();
        message.setBody(null);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    }
}
