package io.github.nettyping.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.SocketTrial.Echo;
import io.github.nettyping.channel.SocketTrial.Refusal;
import io.github.nettyping.channel.SocketTrial.TimeStamps;
import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.KernelSide;
import io.github.nettyping.internal.linux.MmsgArray;
import io.github.nettyping.internal.linux.NativeMemory;
import io.github.nettyping.internal.linux.SockAddrs;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.internal.linux.Syscalls;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.testing.FakeSyscalls;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SocketTrialTest {

    private static final int GRANTED_BYTES = 425_984;

    @BeforeAll
    static void loadNatives() {
        Epoll.ensureAvailability();
    }

    @Test
    void refusedSocketIsToldByCallAndErrno() throws IOException {
        FakeSyscalls kernel = new FakeSyscalls().refuseSocket(SocketHeader.SOCK_RAW, Errno.EAFNOSUPPORT);

        SocketTrial trial = TrialRun.of(kernel, SocketKind.IPV6_RAW);

        assertThat(trial)
                .isEqualTo(new SocketTrial.Refused(
                        SocketKind.IPV6_RAW,
                        new Refusal("socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6)", 97, "EAFNOSUPPORT")));
    }

    @Test
    void whatTheKernelGrantsIsToldRatherThanWhatWasWanted() throws IOException {
        Loopback kernel = new Loopback();
        kernel.forces = false;

        SocketTrial.Opened trial = opened(kernel, SocketKind.IPV4_DGRAM);

        assertThat(trial.receiveBufferBytes()).isEqualTo(GRANTED_BYTES);
        assertThat(trial.sendBufferBytes()).isEqualTo(GRANTED_BYTES);
        assertThat(trial.buffersForced()).isFalse();
        assertThat(opened(new Loopback(), SocketKind.IPV4_DGRAM).buffersForced())
                .isTrue();
    }

    @Test
    void repliesAndStampsThatComeAreSeen() throws IOException {
        SocketTrial.Opened trial = opened(new Loopback(), SocketKind.IPV4_RAW);

        assertThat(trial.echo()).isEqualTo(new Echo(Optional.empty(), true));
        assertThat(trial.timeStamps())
                .isEqualTo(new TimeStamps(Optional.of(true), Optional.of(true), Optional.of(true)));
    }

    @Test
    void replyWithoutStampIsAReplyWithoutStamp() throws IOException {
        Loopback kernel = new Loopback();
        kernel.stamps = false;

        SocketTrial.Opened trial = opened(kernel, SocketKind.IPV4_RAW);

        assertThat(trial.echo()).isEqualTo(new Echo(Optional.empty(), true));
        assertThat(trial.timeStamps())
                .isEqualTo(new TimeStamps(Optional.of(false), Optional.of(false), Optional.empty()));
    }

    @Test
    void silenceSaysNothingAboutStamps() throws IOException {
        Loopback kernel = new Loopback();
        kernel.replies = false;
        kernel.stamps = false;

        SocketTrial.Opened trial = opened(kernel, SocketKind.IPV4_RAW);

        assertThat(trial.echo()).isEqualTo(new Echo(Optional.empty(), false));
        assertThat(trial.timeStamps()).isEqualTo(TimeStamps.NOT_TRIED);
    }

    @Test
    void refusedEchoLeavesStampsUntried() throws IOException {
        Loopback kernel = new Loopback();
        kernel.sendErrno = Errno.EPERM;

        SocketTrial.Opened trial = opened(kernel, SocketKind.IPV4_RAW);

        assertThat(trial.echo())
                .isEqualTo(new Echo(Optional.of(new Refusal("sendmmsg to 127.0.0.1", 1, "EPERM")), false));
        assertThat(trial.timeStamps()).isEqualTo(TimeStamps.NOT_TRIED);
    }

    @Test
    void kernelThatRefusesTransmitStampsHasNone() throws IOException {
        Loopback kernel = new Loopback();
        kernel.takesTransmitStamps = false;

        assertThat(opened(kernel, SocketKind.IPV4_RAW).timeStamps())
                .isEqualTo(new TimeStamps(Optional.of(true), Optional.of(false), Optional.empty()));
    }

    @Test
    void olderKernelCallsAChosenKeyInvalid() throws IOException {
        Loopback kernel = new Loopback();
        kernel.takesKeys = false;

        assertThat(opened(kernel, SocketKind.IPV4_RAW).timeStamps())
                .isEqualTo(new TimeStamps(Optional.of(true), Optional.of(true), Optional.of(false)));
    }

    @Test
    void rawIpv4RequestCarriesItsChecksum() throws IOException {
        FakeSyscalls kernel = new FakeSyscalls().onSend(1, -Errno.EPERM);

        TrialRun.of(kernel, SocketKind.IPV4_RAW);

        byte[] sent = kernel.sent().get(0).bytes();
        int sum = 0;
        for (int i = 0; i < sent.length; i += 2) {
            sum += ((sent[i] & 0xff) << 8) | (sent[i + 1] & 0xff);
        }
        assertThat(sent).startsWith(8, 0);
        assertThat((sum & 0xffff) + (sum >>> 16)).isEqualTo(0xffff);
    }

    private static SocketTrial.Opened opened(Syscalls kernel, SocketKind kind) throws IOException {
        return (SocketTrial.Opened) TrialRun.of(kernel, kind);
    }

    /** A kernel that answers each echo request itself; what it cannot do is switched off. */
    private static final class Loopback implements Syscalls {

        private final FakeSyscalls rest = new FakeSyscalls();
        private boolean forces = true;
        private boolean replies = true;
        private boolean stamps = true;
        private boolean takesTransmitStamps = true;
        private boolean takesKeys = true;
        private int sendErrno;
        private int waiting;
        private int transmitted;
        private boolean stampsTransmissions;

        @Override
        public int sendmmsg(int fd, MmsgArray messages, int count, int flags) {
            boolean keyed = messages.controlLength(0) > 0;
            if (sendErrno != 0 || (keyed && !takesKeys)) {
                return -(sendErrno != 0 ? sendErrno : Errno.EINVAL);
            }
            waiting += replies ? 1 : 0;
            transmitted += stampsTransmissions ? 1 : 0;
            return 1;
        }

        @Override
        public int recvmmsg(int fd, MmsgArray messages, int count, int flags) {
            boolean errorQueue = (flags & SocketHeader.MSG_ERRQUEUE) != 0;
            if ((errorQueue ? transmitted : waiting) == 0) {
                return -Errno.EAGAIN;
            }
            transmitted -= errorQueue ? 1 : 0;
            waiting -= errorQueue ? 0 : 1;
            // The pair is checked without room for control messages.
            boolean stamped = stamps && messages.controlLength(0) > 0;
            if (stamped) {
                putStamp(messages.controlBytes(), messages.controlOffset(0));
            }
            KernelSide.deliver(messages, 0, 16, SockAddrs.SOCKADDR_IN_BYTES, stamped ? 64 : 0, 0);
            return 1;
        }

        // struct cmsghdr and struct scm_timestamping, cmsg(3) and linux/errqueue.h.
        private static void putStamp(ByteBuffer out, int at) {
            out.putLong(at, 64).putInt(at + 8, SocketHeader.SOL_SOCKET).putInt(at + 12, SocketHeader.SO_TIMESTAMPING);
            out.putLong(at + 16, 1_700_000_000L).putLong(at + 24, 5);
        }

        @Override
        public int setsockopt(int fd, int level, int option, NativeMemory value, int length) {
            if (level == SocketHeader.SOL_SOCKET && option == SocketHeader.SO_TIMESTAMPING) {
                // SOF_TIMESTAMPING_TX_SOFTWARE
                boolean transmit = (value.bytes().getInt(0) & (1 << 1)) != 0;
                if (transmit && !takesTransmitStamps) {
                    return -Errno.EINVAL;
                }
                stampsTransmissions = transmit;
            }
            boolean force = option == SocketHeader.SO_RCVBUFFORCE || option == SocketHeader.SO_SNDBUFFORCE;
            return force && !forces ? -Errno.EPERM : rest.setsockopt(fd, level, option, value, length);
        }

        @Override
        public int ioctl(int fd, long request, NativeMemory argument) {
            return rest.ioctl(fd, request, argument);
        }

        @Override
        public int getsockopt(int fd, int level, int option, NativeMemory value) {
            if (option == SocketHeader.SO_RCVBUF || option == SocketHeader.SO_SNDBUF) {
                value.bytes().putInt(0, GRANTED_BYTES);
                return Integer.BYTES;
            }
            return rest.getsockopt(fd, level, option, value);
        }

        @Override
        public int socket(int domain, int type, int protocol) {
            return rest.socket(domain, type, protocol);
        }

        @Override
        public int bind(int fd, NativeMemory address, int length) {
            return rest.bind(fd, address, length);
        }

        @Override
        public int connect(int fd, NativeMemory address, int length) {
            return rest.connect(fd, address, length);
        }

        @Override
        public int getsockname(int fd, NativeMemory address) {
            return rest.getsockname(fd, address);
        }
    }
}
