package io.github.nettyping.cli;

/** Text in HTML and SVG. Stateless. */
final class Html {

    private Html() {}

    /** Returns text as it must stand between tags and in attributes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
