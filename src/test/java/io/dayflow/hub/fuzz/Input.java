package io.dayflow.hub.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request, such that a smaller one can be made of it.
 *
 * @param number which one of its seed it is
 * @param call what it is meant for, as the mappings name it
 * @param signed whether it is signed as the service would, whatever its body is when it is sent
 */
record Input(int number, String call, String method, String path, List<Header> headers, byte[] body, boolean signed) {

    static final String SECRET = "the-secret-of-the-test-app";

    record Header(String name, String value) {
        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    Input {
        headers = List.copyOf(headers);
    }

    /** As it goes over the wire. */
    byte[] bytes(String host) {
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
        headers.forEach(header ->
                head.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        if (signed) {
            head.append("X-Test-Signature: ").append(signature(body)).append("\r\n");
        }
        if (body.length > 0 || !method.equals("GET")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        var bytes = new ByteArrayOutputStream(head.length() + body.length + 2);
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    Input withPath(String other) {
        return new Input(number, call, method, other, headers, body, signed);
    }

    Input without(Header header) {
        var fewer = new ArrayList<>(headers);
        fewer.remove(header);
        return new Input(number, call, method, path, fewer, body, signed);
    }

    Input withBody(byte[] other) {
        return new Input(number, call, method, path, headers, other, signed);
    }

    private static String signature(byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that it takes to send it again by hand. */
    @Override
    public String toString() {
        String text = new String(body, StandardCharsets.UTF_8);
        boolean plain = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), body)
                && text.chars().noneMatch(c -> c < ' ');
        return "#" + number + " " + method + " " + path + " " + headers + (signed ? " signed" : "") + " "
                + (plain ? text : "base64:" + Base64.getEncoder().encodeToString(body));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Input input && toString().equals(input.toString());
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, path);
    }
}
