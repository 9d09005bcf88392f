package io.github.nettyping.cli.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.RequiresLocalhost;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The resolver of this machine. */
class NameLookupIT {

    private static final long LIMIT_SECONDS = Await.LIMIT.toSeconds();

    @Test
    @RequiresLocalhost
    void localhostIsALoopbackAddress() throws Exception {
        try (NameLookup lookup = new NameLookup(Optional.empty())) {
            assertThat(lookup.addresses("localhost").get(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .isNotEmpty()
                    .allMatch(InetAddress::isLoopbackAddress);
        }
    }

    @Test
    void aNameThatDoesNotExistFailsInTheWordsOfTheCLibrary() {
        try (NameLookup lookup = new NameLookup(Optional.empty())) {
            // RFC 6761, section 6.4: such names exist nowhere. Without a network the failure is a temporary one.
            assertThatThrownBy(() -> lookup.addresses("nosuch.invalid").get(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(UnknownHostException.class)
                    .extracting(Throwable::getMessage)
                    .isIn(
                            "nosuch.invalid: Name or service not known",
                            "nosuch.invalid: Temporary failure in name resolution");
        }
    }

    @Test
    @RequiresLocalhost
    void theNameOfTheLoopbackAddressIsTheOneThatLeadsToIt() throws Exception {
        try (NameLookup lookup = new NameLookup(Optional.empty())) {
            InetAddress localhost = lookup.addresses("localhost")
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .get(0);
            assertThat(lookup.name(localhost).get(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .hasValueSatisfying(name -> assertThat(name).isNotEqualTo(localhost.getHostAddress()));
        }
    }

    @Test
    void anAddressWithoutANameHasNone() throws Exception {
        try (NameLookup lookup = new NameLookup(Optional.empty())) {
            InetAddress nameless = InetAddress.getByAddress("remembered", new byte[] {127, 77, 66, 55});
            assertThat(lookup.name(nameless).get(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .isEmpty();
        }
    }
}
