package io.dayflow.hub.richtext;

import org.commonmark.node.Document;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.markdown.MarkdownRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * CommonMark into other forms and back. Paragraphs, headings, emphasis, links, images, lists, quotes, code and rules come
 * back as they were; a line break stays one, since people mean it. Thread-safe.
 */
public final class Markdown {

    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer HTML = HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .softbreak("<br />\n")
            .build();
    private static final TextContentRenderer TEXT = TextContentRenderer.builder()
            .lineBreakRendering(LineBreakRendering.SEPARATE_BLOCKS)
            .build();
    private static final MarkdownRenderer MARKDOWN = MarkdownRenderer.builder().build();

    /** What stands before the text of a line in quotes and lists. */
    private static final String MARKERS = "^(?: |> ?|- |[0-9]{1,9}[.)] )*";

    private Markdown() {}

    /** As HTML without scripts: HTML within the Markdown is shown as text, and links lead to http, https and mailto only. */
    public static String toHtml(String markdown) {
        return HTML.render(PARSER.parse(markdown)).strip();
    }

    /** As plain text: emphasis is gone, links are told beside their text. */
    public static String toText(String markdown) {
        return TEXT.render(PARSER.parse(markdown)).strip();
    }

    /** From HTML; what Markdown cannot say is told by its text, and scripts, styles and comments are left out. */
    public static String ofHtml(String html) {
        return marked(written(new HtmlReader().read(html)));
    }

    /** From plain text: what would mean something in Markdown is escaped, blank lines part paragraphs. */
    public static String ofText(String text) {
        Document document = new Document();
        for (String block : text.strip().split("\\R\\s*\\R")) {
            if (block.isBlank()) {
                continue;
            }
            Paragraph paragraph = new Paragraph();
            for (String line : block.split("\\R")) {
                if (paragraph.getFirstChild() != null) {
                    paragraph.appendChild(new SoftLineBreak());
                }
                paragraph.appendChild(new Text(line.strip()));
            }
            document.appendChild(paragraph);
        }
        return marked(written(document));
    }

    /** The same Markdown in the one spelling that conversions give. */
    public static String normalized(String markdown) {
        return written(PARSER.parse(markdown));
    }

    /** Escapes what begins a list or a code block at the start of a line, and is written there as text. */
    private static String marked(String markdown) {
        StringBuilder marked = new StringBuilder();
        boolean code = false;
        for (String line : markdown.split("\n", -1)) {
            String inner = line.replaceFirst(MARKERS, "");
            if (inner.startsWith("```")) {
                code = !code;
            }
            boolean means = !code && (inner.equals("+") || inner.startsWith("+ ") || inner.startsWith("~~~"));
            int at = line.length() - inner.length();
            marked.append(line, 0, at).append(means ? "\\" : "").append(inner).append('\n');
        }
        return marked.substring(0, marked.length() - 1);
    }

    private static String written(Node document) {
        return MARKDOWN.render(document).strip();
    }
}
