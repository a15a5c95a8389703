package io.dayflow.hub.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Says what keeps the bytes of a JSON document from being stored as text: PostgreSQL takes neither NUL nor half a character. */
final class JsonText {

    private JsonText() {}

    /** What is wrong with the text, or nothing. Syntax is not looked at: the JSON parser does that. */
    static Optional<String> fault(byte[] json) {
        CharSequence text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(json));
        } catch (CharacterCodingException invalid) {
            return Optional.of("is not valid UTF-8");
        }
        boolean awaitingLow = false;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '\0') {
                return Optional.of("holds a NUL character, which no text may hold");
            }
            int escaped = next == '\\' ? escape(text, i + 1) : -1;
            if (awaitingLow != (escaped >= 0 && Character.isLowSurrogate((char) escaped))) {
                return Optional.of("holds half a character: a surrogate (\\ud800 to \\udfff) without the other half");
            }
            awaitingLow = false;
            if (next == '\\') {
                if (escaped == 0) {
                    return Optional.of("holds a NUL character (\\u0000), which no text may hold");
                }
                awaitingLow = escaped > 0 && Character.isHighSurrogate((char) escaped);
                i += escaped >= 0 ? 5 : 1;
            }
        }
        return Optional.empty();
    }

    /** The character of an escape with the letter u at the index, or -1 for every other escape. */
    private static int escape(CharSequence text, int index) {
        if (index + 4 >= text.length() || text.charAt(index) != 'u') {
            return -1;
        }
        int value = 0;
        for (int i = index + 1; i <= index + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
