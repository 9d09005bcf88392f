/*
 * limit: the ceiling to measure a pinger against.
 *
 * One thread sends ICMPv4 echo requests and takes the replies, with sendmmsg and recvmmsg on one socket, and does
 * nothing else: it keeps no state per host, has no timeouts and checks no reply. What it reaches is what the kernel
 * of this machine gives to one thread; a pinger that does real work cannot be faster, and how near it comes, measured
 * in the same minute, is its cost.
 *
 *     gcc -O2 -Wall -o limit limit.c
 *     ./limit BASE COUNT RAW BATCH WINDOW [same]
 *
 *   BASE    the first address; one request goes to each of the COUNT addresses from it on (to BASE alone: "same")
 *   RAW     1: a raw socket (CAP_NET_RAW); 0: a ping socket (net.ipv4.ping_group_range)
 *   BATCH   messages handed to one system call
 *   WINDOW  requests without a reply at which it stops sending
 *
 * It ends when each request has its reply, or half a second after the last packet once all are sent. It goes as fast
 * as it can: send it to addresses of your own only, and run one at a time, as two raw ones take each other's replies.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/icmp.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define IDENTIFIER 0x6e70     /* of the raw socket; on a ping socket the kernel puts its own */
#define PAYLOAD_BYTES 56      /* as ping(8) */
#define RECEIVE_BYTES 192     /* IP header with options, ICMP header, payload */
#define BUFFER_BYTES (64 << 20)
#define QUIET_SECONDS 0.5     /* without any packet: what is missing is lost */

struct echo {
    struct icmphdr header;
    uint32_t number;          /* the rest of the payload stays zero */
    unsigned char rest[PAYLOAD_BYTES - sizeof(uint32_t)];
};

_Static_assert(sizeof(struct echo) == 64, "an echo request of 56 payload bytes");

struct options {
    uint32_t base;            /* host order */
    long count;
    bool raw;
    int batch;
    long window;
    bool same;
};

/* The messages of one direction; the arrays have one element per message of a batch. */
struct batch {
    struct mmsghdr *messages;
    struct iovec *vectors;
    struct sockaddr_in *peers;
};

struct run {
    const struct options *options;
    int fd;
    struct batch out, in;
    struct echo *requests;
    long sent, received;
    long send_calls, receive_calls;
    double last_packet;       /* seconds; when something was last sent or received */
};

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void *array(int count, size_t size)
{
    void *memory = calloc((size_t)count, size);
    if (!memory) {
        fail("calloc");
    }
    return memory;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- Socket ---------------------------------------------------------------------------------------------------- */

/* Past the limit of the sysctl where that is permitted, up to it elsewhere. */
static void set_buffer(int fd, int forced_option, int plain_option)
{
    int bytes = BUFFER_BYTES;
    if (setsockopt(fd, SOL_SOCKET, forced_option, &bytes, sizeof bytes) < 0
        && setsockopt(fd, SOL_SOCKET, plain_option, &bytes, sizeof bytes) < 0) {
        fail("setsockopt(SO_RCVBUF or SO_SNDBUF)");
    }
}

/* A raw socket sees every ICMP packet of its namespace, also our own requests on loopback: let only echo replies
 * with our identifier in. It lies at byte 24, behind an IP header without options. */
static void filter_replies(int fd)
{
    struct icmp_filter types = { .data = ~(1u << ICMP_ECHOREPLY) };   /* bits set are blocked */
    struct sock_filter instructions[] = {
        BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 20 + offsetof(struct icmphdr, un.echo.id)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IDENTIFIER, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
        BPF_STMT(BPF_RET | BPF_K, 0),
    };
    struct sock_fprog program = { .len = sizeof instructions / sizeof instructions[0], .filter = instructions };
    if (setsockopt(fd, SOL_RAW, ICMP_FILTER, &types, sizeof types) < 0) {
        fail("setsockopt(ICMP_FILTER)");
    }
    if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) < 0) {
        fail("setsockopt(SO_ATTACH_FILTER)");
    }
}

static int open_socket(bool raw)
{
    int fd = socket(AF_INET, (raw ? SOCK_RAW : SOCK_DGRAM) | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_ICMP);
    if (fd < 0) {
        fail(raw ? "socket(SOCK_RAW, IPPROTO_ICMP)" : "socket(SOCK_DGRAM, IPPROTO_ICMP)");
    }
    set_buffer(fd, SO_RCVBUFFORCE, SO_RCVBUF);
    set_buffer(fd, SO_SNDBUFFORCE, SO_SNDBUF);
    if (raw) {
        filter_replies(fd);
    }
    return fd;
}

/* ---- Batches --------------------------------------------------------------------------------------------------- */

/* Ties messages, peers and the slices of a buffer together, once for the whole run. recvmmsg overwrites msg_namelen,
 * with the same value each time. */
static struct batch new_batch(int size, void *buffer, size_t slice_bytes)
{
    struct batch batch = {
        .messages = array(size, sizeof *batch.messages),
        .vectors = array(size, sizeof *batch.vectors),
        .peers = array(size, sizeof *batch.peers),
    };
    for (int i = 0; i < size; i++) {
        batch.peers[i].sin_family = AF_INET;
        batch.vectors[i].iov_base = (unsigned char *)buffer + (size_t)i * slice_bytes;
        batch.vectors[i].iov_len = slice_bytes;
        batch.messages[i].msg_hdr.msg_name = &batch.peers[i];
        batch.messages[i].msg_hdr.msg_namelen = sizeof batch.peers[i];
        batch.messages[i].msg_hdr.msg_iov = &batch.vectors[i];
        batch.messages[i].msg_hdr.msg_iovlen = 1;
    }
    return batch;
}

/* RFC 1071: one's complement of the one's complement sum of the 16-bit words, in whatever byte order they lie. */
static uint16_t internet_checksum(const void *data, size_t bytes)
{
    const unsigned char *from = data;
    uint32_t sum = 0;
    for (size_t i = 0; i < bytes; i += sizeof(uint16_t)) {
        uint16_t word;
        memcpy(&word, from + i, sizeof word);
        sum += word;
    }
    sum = (sum >> 16) + (sum & 0xffff);
    sum += sum >> 16;
    return (uint16_t)~sum;
}

/* Request NUMBER of the run, at place I of the batch. */
static void prepare(struct run *run, int i, uint32_t number)
{
    struct echo *request = &run->requests[i];
    request->header.type = ICMP_ECHO;
    request->header.code = 0;
    request->header.checksum = 0;
    request->header.un.echo.id = htons(IDENTIFIER);
    request->header.un.echo.sequence = htons((uint16_t)number);
    request->number = number;
    if (run->options->raw) {   /* ping sockets: the kernel does it */
        request->header.checksum = internet_checksum(request, sizeof *request);
    }
    run->out.peers[i].sin_addr.s_addr = htonl(run->options->base + (run->options->same ? 0 : number));
}

/* ---- Run ------------------------------------------------------------------------------------------------------- */

static void send_batch(struct run *run)
{
    long left = run->options->count - run->sent;
    int size = left < run->options->batch ? (int)left : run->options->batch;
    for (int i = 0; i < size; i++) {
        prepare(run, i, (uint32_t)(run->sent + i));
    }
    int accepted = sendmmsg(run->fd, run->out.messages, (unsigned)size, 0);
    run->send_calls++;
    if (accepted > 0) {
        run->sent += accepted;   /* a short count: the rest comes with the next batch */
        run->last_packet = seconds();
    } else if (errno != EAGAIN && errno != ENOBUFS) {
        fail("sendmmsg");
    }
}

/* Takes what is queued: a batch that is not full was the last. */
static void receive_all(struct run *run)
{
    int taken;
    do {
        taken = recvmmsg(run->fd, run->in.messages, (unsigned)run->options->batch, 0, NULL);
        run->receive_calls++;
        if (taken > 0) {
            run->received += taken;
            run->last_packet = seconds();
        } else if (taken < 0 && errno != EAGAIN) {
            fail("recvmmsg");
        }
    } while (taken == run->options->batch);
}

static void wait_for_reply(int fd)
{
    struct pollfd entry = { .fd = fd, .events = POLLIN };
    poll(&entry, 1, 1);
}

static void send_and_receive(struct run *run)
{
    long count = run->options->count;
    long window = run->options->window;
    while (run->received < count) {
        long missing = run->sent - run->received;
        if (run->sent < count && missing < window) {
            send_batch(run);
        } else if (missing > 0) {
            wait_for_reply(run->fd);
        }
        receive_all(run);

        missing = run->sent - run->received;
        if ((run->sent == count || missing >= window) && seconds() - run->last_packet > QUIET_SECONDS) {
            if (run->sent == count) {
                return;
            }
            window += missing;   /* they are lost and hold no place for ever */
        }
    }
}

static bool parse(int argc, char **argv, struct options *options)
{
    struct in_addr base;
    if (argc < 6 || argc > 7 || inet_pton(AF_INET, argv[1], &base) != 1) {
        return false;
    }
    options->base = ntohl(base.s_addr);
    options->count = atol(argv[2]);
    options->raw = atoi(argv[3]) != 0;
    options->batch = atoi(argv[4]);
    options->window = atol(argv[5]);
    options->same = argc == 7;
    return (argc < 7 || strcmp(argv[6], "same") == 0)
        && options->count > 0 && options->batch > 0 && options->window > 0;
}

int main(int argc, char **argv)
{
    struct options options;
    if (!parse(argc, argv, &options)) {
        fprintf(stderr, "usage: limit BASE COUNT RAW BATCH WINDOW [same]\n");
        return 2;
    }
    struct run run = { .options = &options, .fd = open_socket(options.raw) };
    run.requests = array(options.batch, sizeof *run.requests);
    run.out = new_batch(options.batch, run.requests, sizeof *run.requests);
    run.in = new_batch(options.batch, array(options.batch, RECEIVE_BYTES), RECEIVE_BYTES);

    double start = run.last_packet = seconds();
    send_and_receive(&run);
    double elapsed = seconds() - start;

    printf("%s, batch %d: sent %ld, received %ld in %.3f s, %.0f round trips/s (%ld sendmmsg, %ld recvmmsg)\n",
           options.raw ? "raw" : "ping", options.batch, run.sent, run.received, elapsed,
           (double)run.received / elapsed, run.send_calls, run.receive_calls);
    return 0;
}
