package io.dayflow.hub.endpoint;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An endpoint with the secret that was just made for it: the only time that it is told.
 *
 * @param secret {@code whsec_} and base64
 */
@Schema(name = "WebhookEndpointWithSecret")
public record EndpointSecret(
        @JsonUnwrapped EndpointCard endpoint,

        @Schema(description = "whsec_ and base64. It is shown this once")
        String secret) {

    /** For logs: without the secret. */
    @Override
    public String toString() {
        return "EndpointSecret[" + endpoint.endpointId() + "]";
    }
}
