/* How frames between flags look: `tonggui.wire.framing.Framing` compiled. The Python methods of the same names are the
 * reference; `Framing.grammar` gives the tuple that read_grammar takes. */
#ifndef TONGGUI_GRAMMAR_H
#define TONGGUI_GRAMMAR_H

#include "native.h"

enum { MAX_HEADS = 8, MAX_IDENTITY = 16 };

/* Numbers of tonggui.wire.framing.Reason. */
enum reason { OK = 0, CHECKSUM = 1, LENGTH = 2, ESCAPE = 3, SHORT_HEAD = 4, OVERSIZE = 5, FOREIGN_PROTOCOL = 9, INCOMPLETE = 10 };

struct layout {
    unsigned short mask, value, length_mask, parts_mask;
    unsigned short id_at, attributes_at, identity_at, identity_size, serial_at, size;
};

struct grammar {
    uint8_t flag, escape;
    int16_t meant[256];   /* byte after the escape byte -> byte that is meant, or -1 */
    int16_t written[256]; /* byte that must not stand in a frame -> byte after the escape byte, or -1 */
    uint32_t max_frame;   /* raw bytes, flags included */
    int heads;
    struct layout head[MAX_HEADS];
};

struct head {
    uint8_t layout; /* index into grammar.head */
    uint16_t message_id, serial, part_total, part_index;
    uint32_t body_start, body_end; /* from the start of the unescaped frame */
};

/* Fill a grammar from Framing.grammar; -1 with an exception set where it cannot be right. */
int read_grammar(PyObject *spec, struct grammar *g);

/* Unescape the bytes between two flags into `clean` (room for n), prove and drop the check byte, read the head. */
enum reason unframe(const struct grammar *g, const uint8_t *inner, size_t n, uint8_t *clean, size_t *clean_size,
                    struct head *head);

/* Add the check byte to `clean` (room for one more), escape and put flags around; returns bytes written to `out`, which
 * needs room for 2 * (n + 1) + 2. */
size_t put_frame(const struct grammar *g, uint8_t *clean, size_t n, uint8_t *out);

#endif
