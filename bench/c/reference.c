/* The yardstick of the gateway: the same work in C on one epoll loop and nothing more.
 *
 *     reference LOG_FILE
 *
 * Takes connections on a free port of the loopback (printed first), cuts and proves frames, appends their raw bytes of
 * one turn to LOG_FILE, makes that durable (fdatasync), and only then sends the general answers of that turn. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "jt808.h"

enum { TAKEN_AT_ONCE = 65536, EVENTS = 4096 };

struct line {
    uint8_t *open; /* bytes of a frame that is not closed yet, its flag first */
    uint32_t open_size;
    uint16_t serial;
};

struct bytes {
    uint8_t *data;
    size_t used, room;
};

struct pending {
    int fd;
    size_t from, size;
};

static struct line *lines;
static struct bytes frames, answers;
static struct pending *pending;
static size_t pendings;

static uint8_t *room_for(struct bytes *b, size_t n) {
    if (b->used + n > b->room) {
        b->room = 2 * (b->used + n);
        if (!(b->data = realloc(b->data, b->room))) exit(1);
    }
    return b->data + b->used;
}

static void answer(struct line *line, const struct head *asked) {
    uint8_t clean[32];
    size_t head = put_head(clean, asked->newer, GENERAL_ANSWER, 5, asked->identity, line->serial++);
    put16(clean + head, asked->serial);
    put16(clean + head + 2, asked->id);
    clean[head + 4] = 0;
    answers.used += put_frame(clean, head + 5, room_for(&answers, 2 * sizeof clean));
}

static void take_frame(struct line *line, const uint8_t *inner, size_t n) {
    static uint8_t clean[LONGEST];
    struct head head;
    if (n > LONGEST || !read_frame(inner, n, clean, &head)) return;
    memcpy(room_for(&frames, n + 2), inner - 1, n + 2);
    frames.used += n + 2;
    answer(line, &head);
}

static void hear(int fd, const uint8_t *at, const uint8_t *end) {
    struct line *line = &lines[fd];
    size_t before = answers.used;
    const uint8_t *opened = memchr(at, FLAG, (size_t)(end - at)), *closed;
    while (opened && (closed = memchr(opened + 1, FLAG, (size_t)(end - opened - 1)))) {
        if (closed > opened + 1) take_frame(line, opened + 1, (size_t)(closed - opened - 1));
        opened = closed;
    }
    size_t rest = opened && opened + 1 < end ? (size_t)(end - opened) : 0;
    free(line->open);
    line->open = NULL;
    line->open_size = 0;
    if (rest && rest < LONGEST && (line->open = malloc(rest))) {
        memcpy(line->open, opened, rest);
        line->open_size = (uint32_t)rest;
    }
    if (answers.used > before) pending[pendings++] = (struct pending){fd, before, answers.used - before};
}

static void take_lines(int listening, int poll) {
    int on = 1, fd;
    while ((fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        lines[fd] = (struct line){0};
        epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
    }
}

static void end_line(int fd) {
    free(lines[fd].open);
    lines[fd] = (struct line){0};
    close(fd);
}

static int listen_on_loopback(void) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t size = sizeof at;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(fd, (void *)&at, size) || listen(fd, 65535) || getsockname(fd, (void *)&at, &size)) exit(1);
    printf("%d\n", ntohs(at.sin_port));
    fflush(stdout);
    return fd;
}

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    lines = calloc(files.rlim_max, sizeof *lines);
    pending = calloc(EVENTS, sizeof *pending);
    static struct epoll_event events[EVENTS];
    static uint8_t bytes[TAKEN_AT_ONCE + LONGEST];
    int listening = listen_on_loopback(), poll = epoll_create1(0);
    int log = open(argv[1], O_CREAT | O_WRONLY | O_APPEND | O_TRUNC, 0644);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listening};
    epoll_ctl(poll, EPOLL_CTL_ADD, listening, &event);
    for (;;) {
        int n = epoll_wait(poll, events, EVENTS, -1);
        frames.used = answers.used = pendings = 0;
        for (int i = 0; i < n; i++) {
            int fd = events[i].data.fd;
            if (fd == listening) {
                take_lines(listening, poll);
                continue;
            }
            size_t open_size = lines[fd].open_size;
            if (open_size) memcpy(bytes, lines[fd].open, open_size);
            ssize_t size = recv(fd, bytes + open_size, TAKEN_AT_ONCE, 0);
            if (size > 0) hear(fd, bytes, bytes + open_size + size);
            else if (size == 0 || errno != EAGAIN) end_line(fd);
        }
        if (!frames.used) continue;
        if (write(log, frames.data, frames.used) != (ssize_t)frames.used || fdatasync(log)) return 1;
        for (size_t i = 0; i < pendings; i++)
            if (send(pending[i].fd, answers.data + pending[i].from, pending[i].size, MSG_NOSIGNAL) < 0 && errno != EPIPE &&
                errno != ECONNRESET)
                perror("send");
    }
}
