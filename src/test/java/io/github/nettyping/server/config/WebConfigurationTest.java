package io.github.nettyping.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebConfigurationTest {

    @TempDir
    private Path dir;

    private WebConfiguration read(String text) throws IOException, ConfigurationException {
        return WebConfiguration.read(Files.writeString(dir.resolve("web.yml"), text));
    }

    @Test
    void usersAndHeadersAreThoseOfPrometheus() throws IOException, ConfigurationException {
        String hash = "$2y$10$" + "a".repeat(53);

        WebConfiguration web = read("basic_auth_users: {ada: \"" + hash + "\"}\n"
                + "http_server_config: {http2: false, headers: {Strict-Transport-Security: max-age=1}}\n");

        assertThat(web.users()).containsEntry("ada", hash);
        assertThat(web.headers()).containsEntry("Strict-Transport-Security", "max-age=1");
        assertThat(web.tls()).isEmpty();
        assertThat(read("")).isEqualTo(WebConfiguration.NONE);
    }

    @Test
    void aPasswordInPlainTextIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> read("basic_auth_users: {ada: secret}\n"))
                .hasMessageContaining("web.yml:1:25: no hash of a password (expected: one of bcrypt")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tls_server_config: {cert_file: a.pem} | TLS without certificate and key (expected: cert_file and key_file)",
                "tls_server_config: {cert_file: no.pem, key_file: no.key} | 1:32: cannot be used with its key",
                "tls_server_config: {cert: a} | unknown field \"cert\" (expected: cert_file, key_file",
                "http_server_config: {headers: {Server: x}} | unknown field \"Server\"",
                "basic_auth_user: {} | unknown field \"basic_auth_user\" (expected: tls_server_config",
            })
    void aTypoIsNamedWithItsPlaceAndWhatWasExpected(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("web.yml:1:")
                .hasMessageContaining(message);
    }

    @Test
    void aHashThatTakesMinutesIsRefused() {
        assertThatThrownBy(() -> read("basic_auth_users: {ada: \"$2y$31$" + "a".repeat(53) + "\"}"))
                .hasMessageContaining("at most 16 rounds");
    }
}
