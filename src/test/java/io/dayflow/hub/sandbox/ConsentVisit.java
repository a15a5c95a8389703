package io.dayflow.hub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A user of a service in a browser without script, from the address that the hub names to the address that brings them back. */
public final class ConsentVisit {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private ConsentVisit() {}

    /** What stands in the address that the service sends its user back to. */
    public static Map<String, String> allow(String authUrl, String account) {
        return decide(authUrl, "Allow", account);
    }

    public static Map<String, String> deny(String authUrl) {
        return decide(authUrl, "Deny", "");
    }

    /** The parameters of an address. */
    public static Map<String, String> parameters(String address) {
        var query = URI.create(address).getRawQuery();
        return query == null
                ? Map.of()
                : Arrays.stream(query.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(
                                pair -> decoded(pair[0]), pair -> decoded(pair[1]), (a, b) -> a, LinkedHashMap::new));
    }

    /** What the service answers to whoever comes by this address; redirects are not followed. */
    public static HttpResponse<String> come(String authUrl) {
        return send(HttpRequest.newBuilder(URI.create(authUrl)).header("Accept", "text/html"));
    }

    private static Map<String, String> decide(String authUrl, String verb, String account) {
        var asked = come(authUrl);
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(302);
        var page = asked.uri().resolve(asked.headers().firstValue("Location").orElseThrow());
        assertThat(page.getPath()).as("%s", page).endsWith("/oauth/consent");
        var shown = send(HttpRequest.newBuilder(page).header("Accept", "text/html"));
        assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
        Document document = Jsoup.parse(shown.body(), page.toString());
        var form = document.select("form").stream()
                .filter(candidate -> candidate.select("button").text().equals(verb))
                .findFirst()
                .orElseThrow();
        var body = form.select("input").stream()
                .map(input -> encoded(input.attr("name")) + "="
                        + encoded(input.attr("name").equals("account") ? account : input.val()))
                .collect(Collectors.joining("&"));
        var decided = send(HttpRequest.newBuilder(page.resolve(form.attr("action")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
        assertThat(decided.statusCode()).as(decided.body()).isEqualTo(302);
        return parameters(decided.headers().firstValue("Location").orElseThrow());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
