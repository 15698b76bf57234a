/* One frame at a time: unescape, check, head; and the way back. */
#include "grammar.h"

int read_grammar(PyObject *spec, struct grammar *g) {
    PyObject *escapes, *heads;
    memset(g, 0, sizeof *g);
    if (!PyTuple_Check(spec)) {
        PyErr_SetString(PyExc_TypeError, "a grammar is the tuple of Framing.grammar");
        return -1;
    }
    if (!PyArg_ParseTuple(spec, "bbO!IO!", &g->flag, &g->escape, &PyTuple_Type, &escapes, &g->max_frame, &PyTuple_Type,
                          &heads))
        return -1;
    memset(g->meant, 0xff, sizeof g->meant);
    memset(g->written, 0xff, sizeof g->written);
    for (Py_ssize_t i = 0; i < PyTuple_Size(escapes); i++) {
        uint8_t code, byte;
        if (!PyArg_ParseTuple(PyTuple_GetItem(escapes, i), "bb", &code, &byte)) return -1;
        g->meant[code] = byte;
        g->written[byte] = code;
    }
    g->heads = (int)PyTuple_Size(heads);
    if (g->heads < 1 || g->heads > MAX_HEADS) {
        PyErr_SetString(PyExc_ValueError, "a grammar has one to eight heads");
        return -1;
    }
    for (int i = 0; i < g->heads; i++) {
        struct layout *h = &g->head[i];
        if (!PyArg_ParseTuple(PyTuple_GetItem(heads, i), "HHHHHHHHHH", &h->mask, &h->value, &h->length_mask,
                              &h->parts_mask, &h->id_at, &h->attributes_at, &h->identity_at, &h->identity_size,
                              &h->serial_at, &h->size))
            return -1;
        if (h->id_at + 2 > h->size || h->attributes_at + 2 > h->size || h->serial_at + 2 > h->size ||
            h->identity_at + h->identity_size > h->size || h->identity_size > MAX_IDENTITY) {
            PyErr_SetString(PyExc_ValueError, "a field of the head lies outside it");
            return -1;
        }
    }
    return 0;
}

static size_t unescape(const struct grammar *g, const uint8_t *inner, size_t n, uint8_t *clean, int *lone) {
    const uint8_t *from = inner, *end = inner + n;
    uint8_t *to = clean;
    *lone = 0;
    for (;;) {
        const uint8_t *next = memchr(from, g->escape, (size_t)(end - from));
        size_t plain = (size_t)((next ? next : end) - from);
        memcpy(to, from, plain);
        to += plain;
        if (!next) return (size_t)(to - clean);
        if (next + 1 < end && g->meant[next[1]] >= 0) {
            *to++ = (uint8_t)g->meant[next[1]];
            from = next + 2;
        } else {
            *lone = 1;
            *to++ = g->escape;
            from = next + 1;
        }
    }
}

static uint8_t xor8(const uint8_t *p, size_t n) {
    uint64_t wide = 0, word;
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        memcpy(&word, p + i, 8);
        wide ^= word;
    }
    wide ^= wide >> 32;
    wide ^= wide >> 16;
    wide ^= wide >> 8;
    uint8_t value = (uint8_t)wide;
    for (; i < n; i++) value ^= p[i];
    return value;
}

static int fits(const struct layout *h, const uint8_t *clean, size_t n, struct head *head) {
    if (n < h->size) return 0;
    uint16_t attributes = read_u16(clean + h->attributes_at);
    int parts = (attributes & h->parts_mask) != 0;
    head->body_start = h->size + (parts ? 4u : 0u);
    head->body_end = head->body_start + (attributes & h->length_mask);
    if (head->body_end != n) return 0;
    head->message_id = read_u16(clean + h->id_at);
    head->serial = read_u16(clean + h->serial_at);
    head->part_total = parts ? read_u16(clean + h->size) : 0;
    head->part_index = parts ? read_u16(clean + h->size + 2) : 0;
    return 1;
}

static enum reason read_head(const struct grammar *g, const uint8_t *clean, size_t n, struct head *head) {
    int named = -1;
    size_t smallest = SIZE_MAX;
    for (int i = 0; i < g->heads; i++) {
        const struct layout *h = &g->head[i];
        if (h->size < smallest) smallest = h->size;
        if (named < 0 && n >= (size_t)h->attributes_at + 2 && (read_u16(clean + h->attributes_at) & h->mask) == h->value)
            named = i;
    }
    if (named >= 0 && fits(&g->head[named], clean, n, head)) {
        head->layout = (uint8_t)named;
        return OK;
    }
    for (int i = 0; i < (named >= 0 ? named : g->heads); i++) {
        if (!fits(&g->head[i], clean, n, head)) continue;
        head->layout = (uint8_t)i;
        return OK;
    }
    return n < (named >= 0 ? g->head[named].size : smallest) ? SHORT_HEAD : LENGTH;
}

enum reason unframe(const struct grammar *g, const uint8_t *inner, size_t n, uint8_t *clean, size_t *clean_size,
                    struct head *head) {
    int lone;
    *clean_size = 0;
    if (n + 2 > g->max_frame) return OVERSIZE;
    size_t size = unescape(g, inner, n, clean, &lone);
    if (!size) return SHORT_HEAD;
    if (xor8(clean, size)) return lone ? ESCAPE : CHECKSUM;
    enum reason reason = read_head(g, clean, size - 1, head);
    if (reason == OK) *clean_size = size - 1;
    return reason;
}

size_t put_frame(const struct grammar *g, uint8_t *clean, size_t n, uint8_t *out) {
    uint8_t *to = out;
    clean[n] = xor8(clean, n);
    *to++ = g->flag;
    for (size_t i = 0; i <= n; i++) {
        int16_t code = g->written[clean[i]];
        if (code >= 0) {
            *to++ = g->escape;
            *to++ = (uint8_t)code;
        } else {
            *to++ = clean[i];
        }
    }
    *to++ = g->flag;
    return (size_t)(to - out);
}
