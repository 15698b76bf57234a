/* As much of JT/T 808 as a load generator and a reference gateway need: frames of both editions, checked and answered. */
#ifndef BENCH_JT808_H
#define BENCH_JT808_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { FLAG = 0x7e, ESCAPE = 0x7d, POSITION = 0x0200, GENERAL_ANSWER = 0x8001, LONGEST = 2092 };

static inline uint16_t get16(const uint8_t *p) { return (uint16_t)(p[0] << 8 | p[1]); }
static inline void put16(uint8_t *p, unsigned v) { p[0] = (uint8_t)(v >> 8), p[1] = (uint8_t)v; }
static inline void put32(uint8_t *p, uint32_t v) { put16(p, v >> 16), put16(p + 2, v & 0xffff); }

static inline void put_bcd(uint8_t *p, int n, uint64_t v) {
    for (int i = n - 1; i >= 0; i--, v /= 100) p[i] = (uint8_t)(v % 100 / 10 << 4 | v % 10);
}

/* Head and body (room for one byte more) to a whole frame; returns its size. */
static inline size_t put_frame(uint8_t *clean, size_t n, uint8_t *out) {
    uint8_t check = 0, *to = out;
    for (size_t i = 0; i < n; i++) check ^= clean[i];
    clean[n] = check;
    *to++ = FLAG;
    for (size_t i = 0; i <= n; i++) {
        if (clean[i] == FLAG || clean[i] == ESCAPE) *to++ = ESCAPE, *to++ = clean[i] == FLAG ? 2 : 1;
        else *to++ = clean[i];
    }
    *to++ = FLAG;
    return (size_t)(to - out);
}

struct head {
    uint16_t id, serial;
    uint8_t newer, size, identity[11]; /* version and number in the edition of 2019 */
};

static inline size_t put_head(uint8_t *p, int newer, uint16_t id, size_t body, const uint8_t *identity, uint16_t serial) {
    size_t copied = newer ? 11 : 6;
    put16(p, id);
    put16(p + 2, (unsigned)body | (newer ? 0x4000u : 0));
    memcpy(p + 4, identity, copied);
    put16(p + 4 + copied, serial);
    return copied + 6;
}

/* The bytes between two flags, unescaped into `clean` and proved; 0 where they are no good frame. */
static inline size_t read_frame(const uint8_t *inner, size_t n, uint8_t *clean, struct head *head) {
    uint8_t check = 0;
    size_t size = 0;
    for (size_t i = 0; i < n; i++) {
        uint8_t byte = inner[i];
        if (byte == ESCAPE && i + 1 < n) byte = inner[++i] == 2 ? FLAG : ESCAPE;
        clean[size++] = byte;
        check ^= byte;
    }
    if (size < 13 || check) return 0;
    uint16_t attributes = get16(clean + 2);
    head->newer = (attributes & 0x4000) != 0;
    head->size = (uint8_t)((head->newer ? 17 : 12) + (attributes & 0x2000 ? 4 : 0));
    if (head->size + (attributes & 0x3ffu) != --size) return 0;
    head->id = get16(clean);
    memcpy(head->identity, clean + 4, head->newer ? 11 : 6);
    head->serial = get16(clean + (head->newer ? 15 : 10));
    return size;
}

#endif
