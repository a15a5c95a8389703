package io.dayflow.hub.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NulTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void itIsTakenOutOfTexts() {
        assertThat(Nul.outOf("\u0000a\u0000\u0000b")).isEqualTo("ab");
        assertThat(Nul.outOfOrNull(null)).isNull();
        assertThat(Nul.outOfOrNull("a\u0000")).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "\u0000",
                "a\u0000\u0000b",
                "\\\u0000",
                "\\\\\u0000\\u0000\u0000",
                "\\u0000",
                "\\\\u0000",
                "\\\\\\u0000b",
                "\"\\u0000\"",
                "\\"
            })
    void aDocumentSaysTheSameWithoutIt(String text) throws JsonProcessingException {
        String document = JSON.writeValueAsString(Map.of(text, text));

        assertThat(JSON.readTree(Nul.outOfJson(document)))
                .isEqualTo(JSON.valueToTree(Map.of(text.replace("\u0000", ""), text.replace("\u0000", ""))));
    }
}
