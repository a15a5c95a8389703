package io.dayflow.hub.web;

import java.io.Serializable;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What a form did, told on the page that comes after it.
 *
 * @param tone {@code good}, {@code attention} or {@code broken}
 * @param key of the message
 * @param values in the message
 */
public record Notice(String tone, String key, Object... values) implements Serializable {

    static final String NAME = "notice";

    static void good(RedirectAttributes next, String key, Object... values) {
        next.addFlashAttribute(NAME, new Notice("good", key, values));
    }

    static void attention(RedirectAttributes next, String key, Object... values) {
        next.addFlashAttribute(NAME, new Notice("attention", key, values));
    }
}
