package io.github.nettyping.diagnosis;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes commands for a shell. Stateless. */
final class Shell {

    private Shell() {}

    /** Returns the text, quoted if a shell would otherwise change it. */
    static String quote(String text) {
        if (text.matches("[A-Za-z0-9_@%+=:,./-]+")) {
            return text;
        }
        return '"' + text.replaceAll("([\"\\\\$`])", "\\\\$1") + '"';
    }

    /** Returns the command that sets kernel parameters until the next boot. sysctl(8). */
    static String sysctl(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + '=' + quote(setting.getValue()))
                .collect(Collectors.joining(" ", "sysctl -w ", ""));
    }

    /** Returns the commands that set kernel parameters now and at every boot. sysctl.d(5). */
    static List<String> sysctlForGood(String name, Map<String, String> settings) {
        String file = "/etc/sysctl.d/60-nettyping-" + name + ".conf";
        String lines = settings.entrySet().stream()
                .map(setting -> '\'' + setting.getKey() + " = " + setting.getValue() + '\'')
                .collect(Collectors.joining(" "));
        return List.of("printf '%s\\n' " + lines + " > " + file, "sysctl -p " + file);
    }
}
