package io.dayflow.hub.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.media.UUIDSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The OpenAPI description at {@code /v3/api-docs}: its head, and what all calls have in common. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String WEBHOOKS = "/api/webhooks/{service}";

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("DayFlow Hub")
                        .version("1")
                        .description("Connections, syncs, conflicts and history of DayFlow's integrations."
                                + " Calls with the service token name their user in the header X-User-Id."))
                .components(new Components()
                        .addSecuritySchemes(
                                "token",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer"))
                        .addSecuritySchemes(
                                "session",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.COOKIE)
                                        .name("SESSION")
                                        .description("Of the hub's pages. What changes something also needs the header"
                                                + " X-CSRF-TOKEN: the _csrf of a form of the pages.")))
                .addSecurityItem(new SecurityRequirement().addList("token"))
                .addSecurityItem(new SecurityRequirement().addList("session"));
    }

    /** What every call may be answered before anybody looks at what it asks for. */
    @Bean
    OpenApiCustomizer describedRefusals() {
        return api -> {
            api.getComponents().addSchemas("Problem", problem());
            api.getPaths().forEach((path, item) -> {
                if (path.startsWith("/api/")) {
                    item.readOperations()
                            .forEach(operation -> operation
                                    .getResponses()
                                    .addApiResponse(
                                            "401",
                                            refusal(
                                                    "No token and no session, or one that is wrong, expired or revoked"))
                                    .addApiResponse("429", tooMany()));
                }
            });
            // routes of Camel: nobody else tells of them
            api.path(WEBHOOKS, webhook(false)).path(WEBHOOKS + "/{integrationId}", webhook(true));
        };
    }

    /** Services have no credentials here: they sign. */
    private static PathItem webhook(boolean ofOneIntegration) {
        var item = new PathItem()
                .addParametersItem(parameter("service", new StringSchema(), "As the list of integrations names it"));
        if (ofOneIntegration) {
            item.addParametersItem(parameter("integrationId", new UUIDSchema(), "Whose own address it is"));
        }
        var suffix = ofOneIntegration ? "OfIntegration" : "";
        return item.post(new Operation()
                        .operationId("webhook" + suffix)
                        .addTagsItem("Incoming webhooks")
                        .summary("A service tells of changes")
                        .description("It is answered once it is stored; what it means is looked at soon after."
                                + " Header and way of the signature are the service's.")
                        .security(List.of())
                        .requestBody(new RequestBody()
                                .description("As the service sends it; empty for those handshakes that have a query")
                                .content(new Content()
                                        .addMediaType("application/json", new MediaType().schema(new ObjectSchema()))))
                        .responses(new ApiResponses()
                                .addApiResponse(
                                        "200",
                                        new ApiResponse()
                                                .description("Stored, now or before; or the answer to a handshake")
                                                .content(new Content()
                                                        .addMediaType(
                                                                "text/plain",
                                                                new MediaType().schema(new StringSchema()))))
                                .addApiResponse(
                                        "400",
                                        refusal("Signed, but no JSON object or array; or a handshake whose text cannot"
                                                + " be answered"))
                                .addApiResponse("401", refusal("Not signed by the service"))
                                .addApiResponse(
                                        "404", refusal("No such service, none with webhooks, or no such integration"))
                                .addApiResponse("408", refusal("The body took too long"))
                                .addApiResponse("413", refusal("The body is larger than 1 MiB"))
                                .addApiResponse("415", refusal("The content type is a pattern, such as */*"))
                                .addApiResponse(
                                        "503",
                                        refusal("Not stored: the database does not answer, or too much waits. The"
                                                + " service sends it again"))))
                .head(new Operation()
                        .operationId("webhookHandshake" + suffix)
                        .addTagsItem("Incoming webhooks")
                        .summary("A service asks whether anybody answers")
                        .security(List.of())
                        .responses(new ApiResponses()
                                .addApiResponse("200", new ApiResponse().description("Somebody does"))
                                .addApiResponse("404", new ApiResponse().description("No such address"))
                                .addApiResponse("405", new ApiResponse().description("This service does not ask so"))));
    }

    private static Parameter parameter(String name, Schema<?> schema, String says) {
        return new PathParameter().name(name).schema(schema).description(says);
    }

    private static ApiResponse tooMany() {
        return refusal("More calls than allowed, by this caller or from this address")
                .addHeaderObject("Retry-After", header("Seconds until the next call is let in"))
                .addHeaderObject(
                        "RateLimit", header("What is left of the quota that refused, and when it is full again"))
                .addHeaderObject("RateLimit-Policy", header("The quotas of this caller"));
    }

    private static Header header(String says) {
        return new Header().description(says).schema(new StringSchema());
    }

    private static ApiResponse refusal(String says) {
        return new ApiResponse()
                .description(says)
                .content(new Content()
                        .addMediaType(
                                "application/problem+json",
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("A problem document, RFC 9457")
                .addProperty("type", new StringSchema())
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema())
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(new ObjectSchema()
                                        .addProperty("field", new StringSchema())
                                        .addProperty("message", new StringSchema())));
    }
}
