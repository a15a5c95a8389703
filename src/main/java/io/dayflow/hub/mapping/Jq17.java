package io.dayflow.hub.mapping;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Bridges what the engine reads otherwise than jq 1.7 does, by brackets and branches written into the source: a definition
 * reaches over everything that follows it, not only over the first operand, and an {@code if} may go without {@code else}.
 * Lines stay where they were. A source that is no jq comes out as it is.
 */
final class Jq17 {

    private static final Set<String> ENDS = Set.of("then", "elif", "else", "end");

    private final String source;
    private final Map<Integer, StringBuilder> inserts = new TreeMap<>();
    private int at;

    private Jq17(String source) {
        this.source = source;
    }

    static String bridged(String source) {
        var bridge = new Jq17(source);
        try {
            bridge.expression(false);
            return bridge.at == source.length() ? bridge.written() : source;
        } catch (IndexOutOfBoundsException e) {
            return source; // it ends within a string or bracket: the engine says so better
        }
    }

    /** Reads up to what ends an expression: a closing bracket, a semicolon, a keyword, or the end of the source. */
    private void expression(boolean inObject) {
        while (skipBlanks()) {
            char c = source.charAt(at);
            if (c == ')' || c == ']' || c == '}' || c == ';') {
                return;
            }
            if (Character.isLetter(c) || c == '_') {
                int from = at;
                String word = word();
                if (isName(from, inObject)) {
                    continue;
                }
                if (ENDS.contains(word)) {
                    at = from;
                    return;
                }
                if (word.equals("if")) {
                    condition();
                } else if (word.equals("def")) {
                    definition();
                    if (!skipBlanks() || !startsWithDefinition()) {
                        insert(at, "(");
                        expression(inObject);
                        insert(at, ")");
                        return;
                    }
                }
            } else if (c == '"') {
                string();
            } else {
                at++;
                if (c == '(' || c == '[' || c == '{') {
                    bracket(c);
                }
            }
        }
    }

    private boolean startsWithDefinition() {
        return source.startsWith("def", at)
                && at + 3 < source.length()
                && Character.isWhitespace(source.charAt(at + 3));
    }

    /** After an opening bracket, up to and including the closing one. */
    private void bracket(char opening) {
        char closing = opening == '(' ? ')' : opening == '[' ? ']' : '}';
        expression(opening == '{');
        while (source.charAt(at) == ';') {
            at++;
            expression(opening == '{');
        }
        if (source.charAt(at) != closing) {
            throw new IndexOutOfBoundsException(at);
        }
        at++;
    }

    private void condition() {
        boolean otherwise = false;
        for (; ; ) {
            expression(false);
            int from = at;
            String word = word();
            if (word.equals("end")) {
                if (!otherwise) {
                    insert(from, "else . ");
                }
                return;
            }
            if (!ENDS.contains(word)) {
                throw new IndexOutOfBoundsException(from);
            }
            otherwise |= word.equals("else");
        }
    }

    /** After {@code def}, up to and including its semicolon. */
    private void definition() {
        while (source.charAt(at) != ':') {
            if (source.charAt(at) == '(') {
                at = source.indexOf(')', at);
                if (at < 0) {
                    throw new IndexOutOfBoundsException(at);
                }
            }
            at++;
        }
        at++;
        expression(false);
        if (source.charAt(at) != ';') {
            throw new IndexOutOfBoundsException(at);
        }
        at++;
    }

    private void string() {
        at++;
        while (source.charAt(at) != '"') {
            if (source.charAt(at) == '\\') {
                at++;
                if (source.charAt(at) == '(') {
                    at++;
                    bracket('(');
                    continue;
                }
            }
            at++;
        }
        at++;
    }

    /** Whether a word is no keyword here: a field, a variable, a format, or a key of an object. */
    private boolean isName(int from, boolean inObject) {
        char before = from == 0 ? ' ' : source.charAt(from - 1);
        if (before == '.' || before == '$' || before == '@' || before == ':') {
            return before != ':' || from > 1 && source.charAt(from - 2) == ':';
        }
        int next = at;
        while (inObject && next < source.length() && Character.isWhitespace(source.charAt(next))) {
            next++;
        }
        return inObject && next < source.length() && source.charAt(next) == ':';
    }

    private String word() {
        int from = at;
        while (at < source.length() && (Character.isLetterOrDigit(source.charAt(at)) || source.charAt(at) == '_')) {
            at++;
        }
        return source.substring(from, at);
    }

    /** Moves to what means something; false at the end of the source. */
    private boolean skipBlanks() {
        while (at < source.length()) {
            if (source.charAt(at) == '#') {
                int end = source.indexOf('\n', at);
                at = end < 0 ? source.length() : end;
            } else if (Character.isWhitespace(source.charAt(at))) {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private void insert(int place, String text) {
        inserts.computeIfAbsent(place, p -> new StringBuilder()).append(text);
    }

    private String written() {
        StringBuilder written = new StringBuilder();
        int done = 0;
        for (var insert : inserts.entrySet()) {
            written.append(source, done, insert.getKey()).append(insert.getValue());
            done = insert.getKey();
        }
        return written.append(source, done, source.length()).toString();
    }
}
