/* Many frames at once. `unframe_batch` reads frames that are already cut apart into columns; `Intake` cuts what many
 * connections sent in one turn of a loop, remembers their open ends, and writes their answers. The plain forms are
 * `Framing.batch_reference` and `tonggui.wire.intake.PlainIntake`. */
#include "buffer.h"
#include "grammar.h"

int add_intake(PyObject *module); /* intake.c */

/* Bytes of the identity as hex digits without leading zeros, padded with NUL to `width`. */
static void put_digits(const uint8_t *identity, size_t size, char *out, size_t width) {
    static const char digits[] = "0123456789abcdef";
    size_t used = 0;
    memset(out, 0, width);
    for (size_t i = 0; i < 2 * size; i++) {
        uint8_t nibble = i % 2 ? identity[i / 2] & 15 : identity[i / 2] >> 4;
        if (used || nibble || i + 1 == 2 * size) out[used++] = digits[nibble];
    }
}

enum { CLEAN, START, END, REASON, MESSAGE_ID, HEAD_LAYOUT, IDENTITY, SERIAL, BODY_START, BODY_END, PART_TOTAL, PART_INDEX, COLUMNS };

static size_t read_rows(const struct grammar *g, const uint8_t *raw, const int64_t *start, const int64_t *end, size_t n,
                        size_t width, uint8_t *column[COLUMNS]) {
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        const uint8_t *frame = raw + start[i];
        size_t size = (size_t)(end[i] - start[i]), clean_size = 0;
        struct head head = {0};
        uint8_t *clean = column[CLEAN] + used;
        enum reason reason = FOREIGN_PROTOCOL;
        if (size >= 2 && frame[0] == g->flag && frame[size - 1] == g->flag)
            reason = unframe(g, frame + 1, size - 2, clean, &clean_size, &head);
        if (reason != OK) head = (struct head){0};
        ((int64_t *)column[START])[i] = (int64_t)used;
        ((int64_t *)column[END])[i] = (int64_t)(used + clean_size);
        ((int64_t *)column[BODY_START])[i] = reason == OK ? (int64_t)(used + head.body_start) : 0;
        ((int64_t *)column[BODY_END])[i] = reason == OK ? (int64_t)(used + head.body_end) : 0;
        column[REASON][i] = (uint8_t)reason;
        column[HEAD_LAYOUT][i] = head.layout;
        ((uint16_t *)column[MESSAGE_ID])[i] = head.message_id;
        ((uint16_t *)column[SERIAL])[i] = head.serial;
        ((uint16_t *)column[PART_TOTAL])[i] = head.part_total;
        ((uint16_t *)column[PART_INDEX])[i] = head.part_index;
        if (reason == OK) {
            const struct layout *h = &g->head[head.layout];
            put_digits(clean + h->identity_at, h->identity_size, (char *)column[IDENTITY] + i * width, width);
        } else {
            memset(column[IDENTITY] + i * width, 0, width);
        }
        used += clean_size;
    }
    return used;
}

static int bounds_ok(const int64_t *start, const int64_t *end, size_t n, int64_t size) {
    for (size_t i = 0; i < n; i++)
        if (start[i] < 0 || end[i] < start[i] || end[i] > size) return 0;
    return 1;
}

static PyObject *read_batch(const struct grammar *g, Py_buffer *raw, Py_buffer *start, Py_buffer *end) {
    size_t n = (size_t)start->len / 8, width = 0, total = 0;
    if (start->len != end->len || !bounds_ok(start->buf, end->buf, n, raw->len)) {
        PyErr_SetString(PyExc_ValueError, "start and end are int64 bounds of frames inside raw");
        return NULL;
    }
    for (int i = 0; i < g->heads; i++)
        if (2u * g->head[i].identity_size > width) width = 2u * g->head[i].identity_size;
    for (size_t i = 0; i < n; i++) total += (size_t)(((int64_t *)end->buf)[i] - ((int64_t *)start->buf)[i]);
    const size_t sizes[COLUMNS] = {total, 8 * n, 8 * n, n, 2 * n, n, width * n, 2 * n, 8 * n, 8 * n, 2 * n, 2 * n};
    PyObject *columns = PyTuple_New(COLUMNS);
    uint8_t *data[COLUMNS];
    for (int i = 0; columns && i < COLUMNS; i++) {
        PyObject *column = PyByteArray_FromStringAndSize(NULL, (Py_ssize_t)sizes[i]);
        if (!column) {
            Py_CLEAR(columns);
            break;
        }
        data[i] = (uint8_t *)PyByteArray_AsString(column);
        PyTuple_SetItem(columns, i, column);
    }
    if (!columns) return NULL;
    size_t used;
    Py_BEGIN_ALLOW_THREADS
    used = read_rows(g, raw->buf, start->buf, end->buf, n, width, data);
    Py_END_ALLOW_THREADS
    if (PyByteArray_Resize(PyTuple_GetItem(columns, CLEAN), (Py_ssize_t)used)) Py_CLEAR(columns);
    return columns;
}

static PyObject *unframe_batch(PyObject *self, PyObject *args) {
    PyObject *spec, *columns = NULL;
    Py_buffer raw, start, end;
    struct grammar g;
    (void)self;
    if (!PyArg_ParseTuple(args, "Oy*y*y*", &spec, &raw, &start, &end)) return NULL;
    if (read_grammar(spec, &g) == 0) columns = read_batch(&g, &raw, &start, &end);
    PyBuffer_Release(&raw);
    PyBuffer_Release(&start);
    PyBuffer_Release(&end);
    return columns;
}

static PyMethodDef functions[] = {
    {"unframe_batch", unframe_batch, METH_VARARGS,
     "unframe_batch(grammar, raw, start, end) -> (clean, start, end, reason, message_id, head_layout, identity, serial,\n"
     "body_start, body_end, part_total, part_index), bytearrays in the types of FrameBatch."},
    {NULL, NULL, 0, NULL},
};

int add_frames(PyObject *module) { return PyModule_AddFunctions(module, functions) || add_intake(module) ? -1 : 0; }
