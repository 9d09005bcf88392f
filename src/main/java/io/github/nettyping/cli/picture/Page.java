package io.github.nettyping.cli.picture;

/** A page that needs nothing else, no network: what reports of all kinds have in common. Confined to one thread. */
public final class Page {

    private static final String STYLE = """
            :root { color-scheme: light dark; --page: #f6f7f9; --card: #ffffff; --ink: #1c2430; --soft: #5d6879;
              --line: #dfe3ea; --bad: #cf3030; }
            @media (prefers-color-scheme: dark) { :root { --page: #14181f; --card: #1c222c; --ink: #e6e9ee;
              --soft: #98a2b3; --line: #323b49; --bad: #ff6b6b; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
            main { max-width: 1040px; margin: 0 auto; padding: 28px 20px 48px; }
            h1 { font-size: 24px; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
            h2 { font-size: 16px; margin: 0 0 8px; }
            .lead { color: var(--soft); margin: 4px 0 20px; }
            section { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
              padding: 18px 20px; margin: 0 0 16px; overflow-x: auto; }
            .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px;
              margin: 0 0 16px; }
            .tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; }
            .tile b { display: block; font-size: 22px; font-weight: 600; line-height: 1.3;
              font-variant-numeric: tabular-nums; white-space: nowrap; }
            .tile span { color: var(--soft); font-size: 13px; }
            .tile.bad b { color: var(--bad); }
            svg { display: block; width: 100%; min-width: 560px; height: auto; }
            svg text { fill: var(--soft); font: 12px system-ui, sans-serif; }
            .grid { stroke: var(--line); }
            .hover { fill: transparent; } .hover:hover { fill: var(--ink); opacity: 0.08; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { text-align: right; padding: 6px 8px; border-bottom: 1px solid var(--line); white-space: nowrap; }
            th:first-child, td:first-child { text-align: left; padding-left: 0; }
            tr:last-child td { border-bottom: 0; }
            th { color: var(--soft); font-weight: 500; font-size: 13px; }
            .facts td { white-space: normal; text-align: left; overflow-wrap: anywhere; vertical-align: top; }
            .facts td:first-child { color: var(--soft); width: 220px; }
            li { margin: 2px 0; } ul { margin: 0; padding-left: 20px; }
            """;

    private final StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n");

    /** Returns text as it must stand between tags and in attributes, of HTML and of SVG. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Begins a page; {@code style} is added to what all have. */
    public Page(String title, String style) {
        html.append("<meta charset=\"utf-8\">\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
        html.append(escape(title)).append("</title>\n<style>\n").append(STYLE).append(style);
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
