package io.dayflow.hub.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with an answer, whatever was asked. */
final class Verdicts {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** As text, as HTML, and within a text of JSON. */
    private static final Pattern TRACE = Pattern.compile("(?m)(\t|\\\\t|^ +)at [a-zA-Z_.$]+\\(|(Exception|Error): ");

    private static final List<String> INSIDE =
            List.of("Exception", "java.", "org.", "\tat ", "select ", "insert into", "PSQL", "io.dayflow");

    private Verdicts() {}

    /** The fault in a few words, the same for the same fault; null where there is none. */
    static @Nullable String fault(String method, Wire.Answer answer) {
        int status = answer.status();
        if (status >= 500) {
            return "the hub broke";
        }
        if (status == 429) {
            return "limits hide what is behind them";
        }
        if (TRACE.matcher(answer.body()).find()) {
            return "a stack trace";
        }
        return status < 400 || method.equals("HEAD") ? null : problem(answer);
    }

    private static @Nullable String problem(Wire.Answer answer) {
        if (!answer.type().startsWith("application/problem+json")) {
            return "no problem document";
        }
        try {
            if (JSON.readTree(answer.body()).path("status").asInt() != answer.status()) {
                return "another status in the document";
            }
        } catch (JsonProcessingException e) {
            return "no JSON";
        }
        return INSIDE.stream()
                .filter(answer.body()::contains)
                .findFirst()
                .map(word -> "it tells of the inside (" + word.strip() + ")")
                .orElse(null);
    }
}
