package io.dayflow.hub.routing;

import com.fasterxml.jackson.databind.JsonNode;
import io.dayflow.hub.call.Answer;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** Spares parsing an answer for each of the documents that look at it, without keeping a large one in memory. */
final class ParsedAnswer {

    static final String PROPERTY = "hub.jq.parsed";

    private final WeakReference<Answer> answer;
    private final WeakReference<JsonNode> json;

    ParsedAnswer(Answer answer, JsonNode json) {
        this.answer = new WeakReference<>(answer);
        this.json = new WeakReference<>(json);
    }

    /** The answer's JSON; null if this is another answer's, or nobody held on to it. */
    @SuppressWarnings("ReferenceEquality") // the very same answer is meant
    @Nullable
    JsonNode of(Answer asked) {
        return answer.get() == asked ? json.get() : null;
    }
}
