package io.dayflow.hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.richtext.Markdown;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** Functions for rich text and names, and those of jq 1.7 that the engine lacks. */
final class TextFunctions {

    /** Our own namespace for name-based UUIDs; to change it would give every name another UUID. */
    private static final UUID NAMESPACE = UUID.fromString("6b8f1c1e-2d0a-5e57-9a43-0c7d1b6f2a90");

    private static final Pattern BREAK = Pattern.compile("\\s*[\r\n]\\s*");

    private TextFunctions() {}

    static void addTo(Functions.Book book) {
        book.add("md_to_html", each(Markdown::toHtml));
        book.add("html_to_md", each(Markdown::ofHtml));
        book.add("md_to_text", each(Markdown::toText));
        book.add("text_to_md", each(Markdown::ofText));
        book.add("html_to_text", each(html -> Markdown.toText(Markdown.ofHtml(html))));
        book.add("text_to_html", each(text -> Markdown.toHtml(Markdown.ofText(text))));
        book.add("name_uuid", each(TextFunctions::nameUuid));
        book.add("sha256", each(text -> HexFormat.of().formatHex(digest("SHA-256", bytes(text)))));
        book.add("trim", each(String::strip));
        book.add("ltrim", each(String::stripLeading));
        book.add("rtrim", each(String::stripTrailing));
        book.add("one_line", each(TextFunctions::oneLine));
        book.add("unix_lines", each(TextFunctions::unixLines));
        book.add("ascii_downcase", each(text -> ascii(text, 'A', 'Z', 32)));
        book.add("ascii_upcase", each(text -> ascii(text, 'a', 'z', -32)));
        book.add("abs", TextFunctions::abs);
        book.add(
                "toarray",
                input -> input.isArray()
                        ? input
                        : JsonNodeFactory.instance.arrayNode(1).add(input));
        book.add("in_list", 1, (input, args) -> BooleanNode.valueOf(contains(args.get(0), input)));
    }

    /** RFC 9562, version 5. */
    private static String nameUuid(String name) {
        byte[] text = bytes(name);
        byte[] whole = ByteBuffer.allocate(16 + text.length)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .put(text)
                .array();
        ByteBuffer hash = ByteBuffer.wrap(digest("SHA-1", whole));
        long high = hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x5000L;
        long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private static String oneLine(String text) {
        return (isOneLine(text) ? text : BREAK.matcher(text).replaceAll(" ")).strip();
    }

    private static boolean isOneLine(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
    }

    private static String unixLines(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String ascii(String text, char from, char to, int by) {
        StringBuilder changed = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            changed.append(c >= from && c <= to ? (char) (c + by) : c);
        }
        return changed.toString();
    }

    private static JsonNode abs(JsonNode input) throws JsonQueryException {
        if (!input.isNumber()) {
            throw new JsonQueryException("abs takes a number, not " + Shape.named(input));
        }
        if (input.isIntegralNumber()) {
            return input.longValue() < 0 ? Functions.number(-input.longValue()) : input;
        }
        return JsonNodeFactory.instance.numberNode(Math.abs(input.doubleValue()));
    }

    private static boolean contains(JsonNode list, JsonNode value) throws JsonQueryException {
        if (!list.isArray()) {
            throw new JsonQueryException("in_list takes a list, not " + Shape.named(list));
        }
        for (JsonNode element : list) {
            if (element.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static Functions.OfInput each(UnaryOperator<String> change) {
        return input -> {
            if (!input.isTextual()) {
                throw new JsonQueryException("a text is taken here, not " + Shape.named(input));
            }
            return TextNode.valueOf(change.apply(input.textValue()));
        };
    }
}
