/* Terminals for a bench: connections on one thread, each keeping `depth` reports unanswered, or (depth 0) staying idle.
 *
 *     load PORT CONNECTIONS DEPTH WARM_SECONDS SECONDS PID
 *
 * Prints one JSON object: answers a second, latency in microseconds, and the CPU that process PID took for an answer.
 * Idle, it prints after connecting and holds the connections until its input ends. Both editions take turns. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "jt808.h"

enum { DEEPEST = 16, OPENING = 256, BUCKETS = 64 * 32 };

struct terminal {
    int fd, connected;
    uint8_t identity[11], newer, in_frame;
    uint16_t serial, behind_flag;
    unsigned first, count;
    double sent[DEEPEST];
};

static uint64_t latency[BUCKETS]; /* 32 steps in each doubling of microseconds */
static int measuring;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double cpu_of(pid_t pid) {
    clockid_t clock;
    struct timespec t = {0};
    if (!clock_getcpuclockid(pid, &clock)) clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void note(double seconds) {
    uint64_t us = (uint64_t)(seconds * 1e6) + 1;
    int doubling = 63 - __builtin_clzll(us);
    uint64_t step = doubling >= 5 ? us >> (doubling - 5) : us << (5 - doubling);
    latency[doubling * 32 + (int)(step & 31)]++;
}

static double percentile(double share) {
    uint64_t total = 0, seen = 0;
    for (int i = 0; i < BUCKETS; i++) total += latency[i];
    for (int i = 0; i < BUCKETS; i++)
        if (total && (double)(seen += latency[i]) >= share * (double)total)
            return (32.0 + i % 32) / 32.0 * (double)(1ull << i / 32);
    return 0;
}

static void report(struct terminal *t) {
    uint8_t clean[128], frame[256], *body;
    size_t head = put_head(clean, t->newer, POSITION, 48, t->identity, t->serial);
    body = clean + head;
    put32(body, 0), put32(body + 4, 3);
    put32(body + 8, 30000000u + t->serial * 7919u % 1000000u), put32(body + 12, 114000000u + t->serial * 6151u % 1000000u);
    put16(body + 16, 50), put16(body + 18, 300 + t->serial % 700u), put16(body + 20, t->serial % 360u);
    put_bcd(body + 22, 6, 261122120000u + t->serial % 60u);
    memcpy(body + 28, "\1\4\0\0\1\0\2\2\1\1\3\2\1\1\x30\1\x19\x31\1\xe", 20);
    size_t size = put_frame(clean, head + 48, frame);
    t->serial++;
    t->sent[(t->first + t->count++) % DEEPEST] = now();
    if (send(t->fd, frame, size, MSG_NOSIGNAL) != (ssize_t)size) fail("send");
}

/* Count whole frames among the bytes; each is the answer to the oldest report. */
static uint64_t hear(struct terminal *t, const uint8_t *p, ssize_t n, double at) {
    uint64_t answers = 0;
    for (ssize_t i = 0; i < n; i++) {
        if (p[i] != FLAG) {
            t->behind_flag++;
        } else if (t->in_frame && t->behind_flag) {
            t->in_frame = 0;
            if (measuring) note(at - t->sent[t->first]);
            t->first = (t->first + 1) % DEEPEST;
            t->count--;
            answers++;
        } else {
            t->in_frame = 1;
            t->behind_flag = 0;
        }
    }
    return answers;
}

static void open_line(struct terminal *t, int port, int poll, uint32_t index) {
    int on = 1;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if ((t->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) < 0) fail("socket");
    setsockopt(t->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(t->fd, (void *)&to, sizeof to) && errno != EINPROGRESS) fail("connect");
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.u32 = index};
    epoll_ctl(poll, EPOLL_CTL_ADD, t->fd, &event);
    t->newer = index % 2;
    t->identity[0] = 1; /* version of the newer head; the number overwrites it in the older */
    put_bcd(t->identity + t->newer, t->newer ? 10 : 6, 13800000000ull + index);
}

int main(int argc, char **argv) {
    if (argc != 7) return 2;
    int port = atoi(argv[1]), wanted = atoi(argv[2]), depth = atoi(argv[3]), opened = 0, connected = 0, poll = epoll_create1(0);
    double warm = atof(argv[4]), seconds = atof(argv[5]), begun = now(), ready = 0, from = 0, cpu = 0;
    pid_t pid = (pid_t)atoi(argv[6]);
    uint64_t answers = 0;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    struct terminal *terminals = calloc((size_t)wanted, sizeof *terminals);
    static struct epoll_event events[2048];
    static uint8_t bytes[65536];
    for (;;) {
        while (opened < wanted && opened - connected < OPENING) {
            open_line(&terminals[opened], port, poll, (uint32_t)opened);
            opened++;
        }
        int n = epoll_wait(poll, events, 2048, 100);
        double at = now();
        for (int i = 0; i < n; i++) {
            struct terminal *t = &terminals[events[i].data.u32];
            if (events[i].events & (EPOLLERR | EPOLLHUP)) fail("a connection was lost");
            if (!t->connected) {
                t->connected = 1;
                connected++;
                events[i].events = EPOLLIN;
                epoll_ctl(poll, EPOLL_CTL_MOD, t->fd, &events[i]);
                continue;
            }
            ssize_t size = recv(t->fd, bytes, sizeof bytes, 0);
            if (size <= 0) fail("a connection was closed");
            uint64_t heard = hear(t, bytes, size, at);
            if (measuring) answers += heard;
            while (t->count < (unsigned)depth) report(t);
        }
        if (connected < wanted) continue;
        if (!ready) {
            ready = at;
            for (int i = 0; depth && i < wanted; i++)
                while (terminals[i].count < (unsigned)depth) report(&terminals[i]);
            if (!depth) {
                printf("{\"connections\": %d, \"connect_seconds\": %.3f}\n", connected, ready - begun);
                fflush(stdout);
                while (getchar() != EOF) continue;
                return 0;
            }
        }
        if (!measuring && at - ready > warm) measuring = 1, from = now(), cpu = cpu_of(pid);
        if (measuring && at - from > seconds) break;
    }
    double took = now() - from, used = cpu_of(pid) - cpu;
    printf("{\"connections\": %d, \"depth\": %d, \"connect_seconds\": %.3f, \"answers_a_second\": %.0f, "
           "\"p50_us\": %.0f, \"p99_us\": %.0f, \"cpu_us\": %.4f, \"cpu_share\": %.3f}\n",
           wanted, depth, ready - begun, (double)answers / took, percentile(0.5), percentile(0.99),
           answers ? used * 1e6 / (double)answers : 0, used / took);
    return 0;
}
