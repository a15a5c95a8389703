package io.dayflow.hub.richtext;

import java.util.Set;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** Makes a CommonMark tree of HTML, as far as there is Markdown for it. Used for one document. */
final class HtmlReader {

    private static final Set<String> SILENT = Set.of("script", "style", "head", "title", "template", "noscript");
    private static final Set<String> CONTAINERS = Set.of(
            "div",
            "section",
            "article",
            "header",
            "footer",
            "main",
            "body",
            "html",
            "table",
            "tbody",
            "thead",
            "tfoot",
            "dl",
            "dt",
            "dd",
            "figure",
            "figcaption",
            "form",
            "fieldset",
            "details",
            "summary",
            "address",
            "aside",
            "nav");

    /** Where inline content goes; null where a new paragraph has to begin. */
    private @Nullable Node paragraph;

    /** Whether the text so far ends with a blank, or nothing came before in its block. */
    private boolean blank = true;

    Document read(String html) {
        Document document = new Document();
        blocks(Jsoup.parse(html).body(), document);
        return document;
    }

    private void blocks(Element element, Node parent) {
        paragraph = null;
        for (org.jsoup.nodes.Node child : element.childNodes()) {
            if (child instanceof TextNode text) {
                if (paragraph != null || !text.isBlank()) {
                    inline(text, inParagraph(parent));
                }
            } else if (child instanceof Element inner) {
                block(inner, parent);
            }
        }
        end();
    }

    private void block(Element element, Node parent) {
        String name = element.normalName();
        if (SILENT.contains(name)) {
            return;
        }
        switch (name) {
            case "p" -> filled(element, parent, new Paragraph());
            case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                Heading heading = new Heading();
                heading.setLevel(name.charAt(1) - '0');
                filled(element, parent, heading);
            }
            case "ul" -> list(element, parent, new BulletList());
            case "ol" -> {
                OrderedList list = new OrderedList();
                String start = element.attr("start");
                list.setMarkerStartNumber(start.matches("[0-9]{1,9}") ? Integer.parseInt(start) : 1);
                list(element, parent, list);
            }
            case "li", "blockquote" -> {
                end();
                Node inner = name.equals("li") ? new ListItem() : new BlockQuote();
                parent.appendChild(inner);
                blocks(element, inner);
            }
            case "pre" -> {
                end();
                FencedCodeBlock code = new FencedCodeBlock();
                code.setFenceCharacter("`");
                String text = element.wholeText();
                code.setLiteral(text.endsWith("\n") ? text : text + "\n");
                code.setInfo(element.select("code").attr("class").replaceFirst("^language-", ""));
                parent.appendChild(code);
            }
            case "hr" -> {
                end();
                ThematicBreak rule = new ThematicBreak();
                rule.setLiteral("---");
                parent.appendChild(rule);
            }
            case "tr" -> row(element, parent);
            default -> {
                if (CONTAINERS.contains(name)) {
                    end();
                    blocks(element, parent);
                } else {
                    inline(element, inParagraph(parent));
                }
            }
        }
    }

    /** A block that holds inline content only. */
    private void filled(Element element, Node parent, Node block) {
        end();
        paragraph = block;
        inlines(element, block);
        end();
        if (block.getFirstChild() != null) {
            parent.appendChild(block);
        }
    }

    private void list(Element element, Node parent, Node list) {
        end();
        boolean tight = element.select("> li > p").isEmpty();
        if (list instanceof BulletList bullets) {
            bullets.setTight(tight);
            bullets.setMarker("-");
        } else if (list instanceof OrderedList numbers) {
            numbers.setTight(tight);
            numbers.setMarkerDelimiter(".");
        }
        for (Element item : element.children()) {
            ListItem inner = new ListItem();
            list.appendChild(inner);
            blocks(item, inner);
        }
        if (list.getFirstChild() != null) {
            parent.appendChild(list);
        }
    }

    /** Tables have no Markdown of their own: a row is a line of its cells. */
    private void row(Element row, Node parent) {
        Node line = inParagraph(parent);
        if (line.getFirstChild() != null) {
            line.appendChild(new SoftLineBreak());
            blank = true;
        }
        boolean first = true;
        for (Element cell : row.children()) {
            if (!first) {
                line.appendChild(new Text(" | "));
                blank = true;
            }
            inlines(cell, line);
            first = false;
        }
    }

    private void inlines(Element element, Node parent) {
        element.childNodes().forEach(child -> inline(child, parent));
    }

    private void inline(org.jsoup.nodes.Node node, Node parent) {
        if (node instanceof TextNode text) {
            text(text.getWholeText(), parent);
            return;
        }
        if (!(node instanceof Element element) || SILENT.contains(element.normalName())) {
            return;
        }
        switch (element.normalName()) {
            case "br" -> {
                parent.appendChild(new SoftLineBreak());
                blank = true;
            }
            case "em", "i" -> wrapped(element, parent, new Emphasis("*"));
            case "strong", "b" -> wrapped(element, parent, new StrongEmphasis("**"));
            case "code", "tt", "kbd", "samp" -> {
                parent.appendChild(new Code(element.wholeText()));
                blank = false;
            }
            case "a" -> {
                if (element.attr("href").isBlank()) {
                    inlines(element, parent);
                } else {
                    wrapped(element, parent, new Link(element.attr("href"), titleOf(element)));
                }
            }
            case "img" -> {
                Image image = new Image(element.attr("src"), titleOf(element));
                image.appendChild(new Text(element.attr("alt")));
                parent.appendChild(image);
                blank = false;
            }
            default -> inlines(element, parent);
        }
    }

    private void wrapped(Element element, Node parent, Node wrapper) {
        inlines(element, wrapper);
        if (wrapper.getFirstChild() != null) {
            parent.appendChild(wrapper);
        }
    }

    private static @Nullable String titleOf(Element element) {
        String title = element.attr("title");
        return title.isEmpty() ? null : title;
    }

    /** Text with its white space as a browser shows it. */
    private void text(String raw, Node parent) {
        StringBuilder shown = new StringBuilder();
        raw.codePoints().forEach(c -> {
            boolean white = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
            if (!white || !blank) {
                shown.appendCodePoint(white ? ' ' : c);
            }
            blank = white;
        });
        if (!shown.isEmpty()) {
            parent.appendChild(new Text(shown.toString()));
        }
    }

    private Node inParagraph(Node parent) {
        Node open = paragraph;
        if (open == null) {
            open = new Paragraph();
            parent.appendChild(open);
            paragraph = open;
            blank = true;
        }
        return open;
    }

    /** Ends the open paragraph, without the blanks and breaks at its end. */
    private void end() {
        Node last = paragraph == null ? null : paragraph.getLastChild();
        while (last instanceof SoftLineBreak
                || last instanceof Text text && text.getLiteral().isBlank()) {
            Node before = last.getPrevious();
            last.unlink();
            last = before;
        }
        if (last instanceof Text text) {
            text.setLiteral(text.getLiteral().stripTrailing());
        }
        paragraph = null;
        blank = true;
    }
}
