package io.dayflow.hub.people;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OpenID Connect issuer that says of its visitor what a test wants, and lies where a test wants that: it signs in whoever
 * comes, checks PKCE and the client's secret, and signs what it says.
 */
final class StandInIssuer implements AutoCloseable {

    static final String CLIENT = "hub";
    static final String SECRET = "the secret of the hub at the issuer";

    private final HttpServer server;
    private final RSAKey key;
    private final ECKey curve;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    /** What it says of the next visitor, over what is true. */
    final Map<String, Object> claims = new ConcurrentHashMap<>();
    /** Signs with a key that nobody knows. */
    volatile boolean forges;
    /** How it signs. */
    volatile Algorithm algorithm = JWSAlgorithm.RS256;
    /** Does not describe itself. */
    volatile boolean away;
    /** How often it was asked to describe itself. */
    final AtomicInteger described = new AtomicInteger();

    StandInIssuer() {
        try {
            key = new RSAKeyGenerator(2048).keyID("1").generate();
            curve = new ECKeyGenerator(Curve.P_256).keyID("2").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (JOSEException failed) {
            throw new IllegalStateException(failed);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> {
            described.incrementAndGet();
            json(exchange, away ? 503 : 200, """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                 "jwks_uri": "%1$s/keys", "response_types_supported": ["code"], "subject_types_supported": ["public"],
                 "id_token_signing_alg_values_supported": ["none", "HS256", "RS256", "ES256", "PS256", "EdDSA"],
                 "token_endpoint_auth_methods_supported": ["client_secret_basic"]}
                """.formatted(address()));
        });
        server.createContext(
                "/keys",
                exchange ->
                        json(exchange, 200, new JWKSet(List.of(key.toPublicJWK(), curve.toPublicJWK())).toString()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        var asked = parameters(exchange.getRequestURI().getRawQuery());
        var code = UUID.randomUUID().toString();
        codes.put(code, asked);
        exchange.getResponseHeaders()
                .add("Location", asked.get("redirect_uri") + "?code=" + code + "&state=" + encoded(asked.get("state")));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        var given = parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var asked = codes.remove(given.getOrDefault("code", ""));
        var basic = "Basic "
                + Base64.getEncoder().encodeToString((CLIENT + ":" + encoded(SECRET)).getBytes(StandardCharsets.UTF_8));
        boolean proved = basic.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (asked == null || !proved || !challenge(given.get("code_verifier")).equals(asked.get("code_challenge"))) {
            json(exchange, 400, "{\"error\": \"invalid_grant\"}");
            return;
        }
        json(exchange, 200, """
                {"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": "%s"}
                """.formatted(idToken(asked.get("nonce"))));
    }

    private String idToken(String nonce) {
        try {
            var now = Instant.now();
            var said = new JWTClaimsSet.Builder()
                    .issuer(address())
                    .audience(CLIENT)
                    .subject("subject")
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plusSeconds(60)))
                    .claim("nonce", nonce);
            claims.forEach((name, value) ->
                    said.claim(name, name.equals("exp") ? Date.from(Instant.ofEpochSecond((Long) value)) : value));
            if (!(algorithm instanceof JWSAlgorithm way)) {
                return new PlainJWT(said.build()).serialize();
            }
            boolean elliptic = JWSAlgorithm.Family.EC.contains(way);
            var token = new SignedJWT(
                    new JWSHeader.Builder(way).keyID(elliptic ? "2" : "1").build(), said.build());
            token.sign(elliptic ? new ECDSASigner(curve) : signer(way));
            return token.serialize();
        } catch (JOSEException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private JWSSigner signer(JWSAlgorithm way) throws JOSEException {
        return JWSAlgorithm.Family.HMAC_SHA.contains(way)
                ? new MACSigner(SECRET)
                : new RSASSASigner(forges ? new RSAKeyGenerator(2048).keyID("1").generate() : key);
    }

    private static String challenge(String verifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> parameters(String text) {
        var values = new HashMap<String, String>();
        for (var pair : text.split("&")) {
            var parts = pair.split("=", 2);
            values.put(parts[0], URLDecoder.decode(parts.length == 2 ? parts[1] : "", StandardCharsets.UTF_8));
        }
        return values;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void json(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
