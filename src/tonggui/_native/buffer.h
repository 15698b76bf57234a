/* A growing array of bytes that is kept from one turn to the next. */
#ifndef TONGGUI_BUFFER_H
#define TONGGUI_BUFFER_H

#include "native.h"

struct buffer {
    uint8_t *data;
    size_t used, room;
};

/* Room for n more bytes behind the used ones, or NULL where memory is out. Moves the data. */
static inline uint8_t *reserve(struct buffer *b, size_t n) {
    if (b->used + n > b->room) {
        size_t room = (b->used + n) * 2;
        uint8_t *moved = realloc(b->data, room);
        if (!moved) return NULL;
        b->data = moved;
        b->room = room;
    }
    return b->data + b->used;
}

#endif
