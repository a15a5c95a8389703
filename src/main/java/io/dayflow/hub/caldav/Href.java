package io.dayflow.hub.caldav;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a resource is, as the hub keeps it: the path of its URL with every escape decoded that can be, so that two
 * spellings of one place are equal. {@code %2F} (a slash in a name), {@code %25}, control characters and what is not
 * UTF-8 stay escaped, in capitals; so a {@code %} always begins an escape and {@link #encode} loses nothing.
 */
final class Href {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Pattern ESCAPED_SLASH = Pattern.compile("%2[Ff]");
    /** Left as they are in a path; {@code +} is not, because some servers read it as a blank. */
    private static final String LITERAL = "-._~/@:$&'(),;=!*";

    private Href() {}

    /** The path that {@code raw}, an URL, a path or a relative path found in an answer of {@code base}, stands for. */
    static String path(String raw, URI base) {
        String rest = afterAuthority(raw.strip());
        if (rest.startsWith("/")) {
            return decode(rest);
        }
        String at = base.getRawPath() == null || base.getRawPath().isEmpty() ? "/" : base.getRawPath();
        String relative = rest.startsWith("./") ? rest.substring(2) : rest;
        return decode(at.substring(0, at.lastIndexOf('/') + 1) + relative);
    }

    /** A folder's path: {@link #path} with one slash at its end. */
    static String folder(String raw, URI base) {
        String path = path(raw, base);
        return path.endsWith("/") ? path : path + "/";
    }

    /**
     * The URL that {@code raw} stands for in an answer of {@code base}, in its encoded form. A server behind a proxy
     * may call itself {@code http}: what was reached by https stays https.
     */
    static URI resolve(String raw, URI base) {
        String text = raw.strip();
        String path = encode(path(text, base));
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
            return URI.create(origin(base) + path);
        }
        URI named = authority(text);
        if (named.getHost() == null) {
            throw Dav.unreadable("The answer holds an address without a host");
        }
        boolean sameHost = named.getHost().equalsIgnoreCase(base.getHost());
        return URI.create((sameHost ? origin(base) : origin(named)) + path);
    }

    /** The URL of a kept path on the server of {@code home}. */
    static URI uri(String path, URI home) {
        return path.startsWith("/") ? URI.create(origin(home) + encode(path)) : URI.create(encodeUrl(path));
    }

    /** How a member of a kept collection is kept, whatever host the server puts before its path. */
    static String member(String collection, String raw, URI base) {
        String path = path(raw, base);
        return collection.startsWith("/") ? path : Href.origin(authority(collection)) + path;
    }

    /** How a resource is kept: its path, or its whole URL where it is on another host than {@code home}. */
    static String kept(URI resource, URI home) {
        String path = decode(resource.getRawPath());
        return origin(resource).equals(origin(home)) ? path : origin(resource) + path;
    }

    /** Scheme, host and port, without a default port, in lower case. */
    static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        String port = uri.getPort() == -1 || uri.getPort() == usual ? "" : ":" + uri.getPort();
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + port;
    }

    static String decode(String raw) {
        if (isPlain(raw)) {
            return raw;
        }
        return Arrays.stream(ESCAPED_SLASH.split(raw, -1)).map(Href::decodeName).collect(Collectors.joining("%2F"));
    }

    /** Whether nothing in it is escaped or would have to be. */
    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '%') {
                return false;
            }
        }
        return true;
    }

    private static String decodeName(String raw) {
        byte[] bytes = unescape(raw);
        StringBuilder text = new StringBuilder(bytes.length);
        int at = 0;
        while (at < bytes.length) {
            int length = sequence(bytes[at]);
            String character = length == 0 || at + length > bytes.length ? null : utf8(bytes, at, length);
            if (character == null) {
                escape(bytes[at], text);
                at++;
            } else {
                append(character, text);
                at += length;
            }
        }
        return text.toString();
    }

    /** A kept path as it goes into a request line or an XML href. */
    static String encode(String path) {
        StringBuilder text = new StringBuilder(path.length() + 16);
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || LITERAL.indexOf(c) >= 0 || c == '%')) {
                text.append(c);
            } else {
                escape(b, text);
            }
        }
        return text.toString();
    }

    private static String encodeUrl(String url) {
        int path = url.indexOf('/', url.indexOf("://") + 3);
        return path < 0 ? url : url.substring(0, path) + encode(url.substring(path));
    }

    private static URI authority(String url) {
        int path = url.indexOf('/', url.indexOf("://") + 3);
        try {
            return URI.create(path < 0 ? url : url.substring(0, path));
        } catch (IllegalArgumentException e) {
            throw Dav.unreadable("The answer holds an address that is none");
        }
    }

    private static String afterAuthority(String raw) {
        String lower = raw.toLowerCase(Locale.ROOT);
        int host = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : raw.startsWith("//") ? 2 : -1;
        if (host < 0) {
            return raw;
        }
        int path = raw.indexOf('/', host);
        return path < 0 ? "/" : raw.substring(path);
    }

    private static byte[] unescape(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int at = 0; at < raw.length(); ) {
            if (raw.charAt(at) != '%') {
                int point = raw.codePointAt(at);
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(point);
            } else if (at + 3 <= raw.length()
                    && HexFormat.isHexDigit(raw.charAt(at + 1))
                    && HexFormat.isHexDigit(raw.charAt(at + 2))) {
                bytes.write(HexFormat.fromHexDigits(raw, at + 1, at + 3));
                at += 3;
            } else {
                bytes.write('%');
                at++;
            }
        }
        return bytes.toByteArray();
    }

    private static void append(String character, StringBuilder text) {
        int point = character.codePointAt(0);
        if (point == '%' || Character.isISOControl(point)) {
            for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
                escape(b, text);
            }
        } else {
            text.append(character);
        }
    }

    private static void escape(byte b, StringBuilder text) {
        text.append('%').append(HEX.toHexDigits(b));
    }

    private static int sequence(byte first) {
        int b = first & 0xff;
        return b < 0x80 ? 1 : b < 0xc2 ? 0 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 0;
    }

    private static @Nullable String utf8(byte[] bytes, int at, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
