package io.dayflow.hub.richtext;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {

    private static final List<String> INLINES = List.of(
            "plain words",
            "**bold**",
            "*emphasis*",
            "`code with * and _`",
            "[a link](https://example.org/a?b=c&d=e)",
            "![an image](https://example.org/i.png)",
            "5 \\* 3 \\[x\\] and \\_under\\_",
            "Zähne 🦷 日本語",
            "a < b & c > d");
    private static final List<String> BLOCKS = List.of(
            "# Heading",
            "### Lower",
            "> A quote\n> in two lines",
            "- one\n- two\n- three",
            "1. first\n2. second",
            "- outer\n  - inner\n- last",
            "```java\nint a = 1;\n\n  int b;\n```",
            "---");

    @Test
    void whatWentToHtmlComesBack() {
        for (long seed = 1; seed <= 2_000; seed++) {
            String markdown = Markdown.normalized(document(new Random(seed * 0x9E3779B97F4A7C15L)));
            assertThat(Markdown.ofHtml(Markdown.toHtml(markdown)))
                    .as("seed %d", seed)
                    .isEqualTo(markdown);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one line",
                "1. no list",
                "# no heading\n- no item\n+ no item\n> no quote",
                "a *b* _c_ `d` [e](f) <g> &amp; \\ !",
                "first\nsecond\n\nnew paragraph",
                "=====\n---\n~~~\n+",
                "100% of 5 * 3 = 15"
            })
    void plainTextComesBack(String text) {
        assertThat(Markdown.toText(Markdown.ofText(text))).isEqualTo(text);
    }

    @Test
    void whatAServiceWritesReadsAsItsPeopleSeeIt() {
        assertThat(Markdown.ofHtml("""
                        <html><head><style>p {}</style></head><body>
                        <div>Hello <b>Ana</b>,<br>see   <a href="https://example.org">this</a></div>
                        <div><br></div><ul><li>one</li><li><p>two</p></li></ul>
                        <table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>
                        <script>alert(1)</script><!-- no --></body></html>
                        """)).isEqualTo("""
                        Hello **Ana**,
                        see [this](https://example.org)

                        - one

                        - two

                        a | b
                        c | d""");
    }

    @Test
    void htmlWithinMarkdownAndBadLinksDoNoHarm() {
        assertThat(Markdown.toHtml("<script>alert(1)</script>\n\n[x](javascript:alert(1))"))
                .doesNotContain("<script>", "javascript:");
    }

    @Test
    void lineBreaksStay() {
        assertThat(Markdown.toHtml("a\nb")).isEqualTo("<p>a<br />\nb</p>");
        assertThat(Markdown.ofHtml("<p>a<br>b</p>")).isEqualTo("a\nb");
        assertThat(Markdown.toText("# Title\n\nSee **[this](https://example.org)**"))
                .contains("Title", "this", "https://example.org")
                .doesNotContain("*", "#");
    }

    @Test
    void nothingStaysNothing() {
        assertThat(Markdown.toHtml("")).isEmpty();
        assertThat(Markdown.ofHtml("<p> </p><p><br></p>")).isEmpty();
        assertThat(Markdown.ofText(" \n ")).isEmpty();
    }

    private static String document(Random random) {
        List<String> blocks = new ArrayList<>();
        for (int more = 1 + random.nextInt(4); more > 0; more--) {
            if (random.nextBoolean()) {
                blocks.add(BLOCKS.get(random.nextInt(BLOCKS.size())));
            } else {
                List<String> inlines = new ArrayList<>();
                for (int words = 1 + random.nextInt(4); words > 0; words--) {
                    inlines.add(INLINES.get(random.nextInt(INLINES.size())));
                }
                blocks.add(String.join(random.nextInt(3) == 0 ? "\n" : " ", inlines));
            }
        }
        return String.join("\n\n", blocks);
    }
}
