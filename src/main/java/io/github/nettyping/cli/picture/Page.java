package io.github.nettyping.cli.picture;

import io.github.nettyping.internal.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A page that needs nothing else, no network: what reports of all kinds have in common. Confined to one thread. */
public final class Page {

    private final StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n");

    /** Returns text as it must stand between tags and in attributes, of HTML and of SVG, and is safe to read there. */
    public static String escape(String text) {
        return VisibleText.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Returns a text that stands beside a class in the jar. */
    public static String resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside " + beside);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins a page; {@code style} is added to what all have. */
    public Page(String title, String style) {
        html.append("<meta charset=\"utf-8\">\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
        html.append(escape(title))
                .append("</title>\n<style>\n")
                .append(resource(Page.class, "page.css"))
                .append(style);
        html.append("</style>\n</head>\n<body>\n<main>\n");
    }

    /** Says what the page is about, and circumstances of it below. */
    public void heading(String heading, String lead) {
        html.append("<h1>").append(escape(heading)).append("</h1>\n<p class=\"lead\">");
        html.append(escape(lead)).append("</p>\n");
    }

    public Page append(String part) {
        html.append(part);
        return this;
    }

    /** Adds a figure to those that stand out; in the colour of something wrong, or not. */
    public void tile(boolean bad, String figure, String words) {
        html.append("<div class=\"tile")
                .append(bad ? " bad" : "")
                .append("\"><b>")
                .append(escape(figure));
        html.append("</b><span>").append(escape(words)).append("</span></div>\n");
    }

    public void fact(String name, String fact) {
        html.append("<tr><td>").append(escape(name)).append("</td><td>");
        html.append(escape(fact)).append("</td></tr>\n");
    }

    public String end() {
        return html + "</main>\n</body>\n</html>\n";
    }
}
