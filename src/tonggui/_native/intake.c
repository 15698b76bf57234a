/* Intake: what many connections sent in one turn of a loop, cut into frames; their open ends; their answers.
 * `tonggui.wire.intake` says what each method means; `PlainIntake` there is the reference. */
#include "buffer.h"
#include "grammar.h"

enum kind { GENERAL = 0, SILENT = 1, SPECIAL = 2 }; /* how a message is answered; wire.intake.Kind */
enum { NO_ANSWER = 0xff, UNBOUND = 0xff };

struct link {
    uint8_t *open;       /* bytes behind the flag of a frame that is not closed yet */
    uint32_t open_size;
    uint32_t number;     /* what the log calls this connection */
    uint32_t spoilt;     /* bytes of useless pieces so far */
    uint16_t serial;     /* of the next answer */
    uint8_t inside;      /* a flag has been seen: a frame is open, or its closing flag may open the next */
    uint8_t identity_size; /* UNBOUND until a terminal is let in */
    uint8_t identity[MAX_IDENTITY]; /* without leading zero bytes */
};

struct row {
    uint32_t slot;
    uint32_t clean_at, clean_size;
    struct head head;
    uint8_t answer; /* result code of the general answer, or NO_ANSWER */
};

struct form { /* a general answer in one edition of the head; wire.intake.AnswerForm */
    uint8_t clean[64];
    unsigned short size, copy_at, copy_size, serial_at, answered_serial_at, answered_id_at, result_at;
};

struct chunk {
    const uint8_t *data;
    size_t size;
    uint32_t slot;
};

typedef struct {
    PyObject_HEAD
    struct grammar grammar;
    struct form form[MAX_HEADS];
    uint8_t kind[65536];
    struct link *links;
    uint32_t links_room;
    uint32_t spoilt_limit;
    uint64_t dropped;           /* bytes of useless pieces beyond the limit of their link, not kept */
    struct buffer chunks, rows; /* struct chunk, struct row */
    struct buffer link_column, length_column, reason_column, raw, clean, special; /* special: u32 row numbers */
    struct buffer joined, answer;
} Intake;

static size_t row_count(const Intake *self) { return self->reason_column.used; }
static struct row *row_at(const Intake *self, size_t i) { return (struct row *)self->rows.data + i; }

/* ---- cutting ---- */

static int append(struct buffer *b, const void *data, size_t size) {
    uint8_t *to = reserve(b, size);
    if (!to) return -1;
    memcpy(to, data, size);
    b->used += size;
    return 0;
}

/* Write down one piece: `size` raw bytes are the last of self->raw. */
static int add_row(Intake *self, uint32_t slot, size_t size, enum reason reason, const struct row *row) {
    struct link *link = &self->links[slot];
    uint32_t length = (uint32_t)size;
    uint8_t byte = (uint8_t)reason;
    if (reason != OK) {
        if (link->spoilt + size > self->spoilt_limit) {
            self->raw.used -= size;
            self->dropped += size;
            return 0;
        }
        link->spoilt += length;
    }
    return append(&self->link_column, &link->number, 4) || append(&self->length_column, &length, 4) ||
           append(&self->reason_column, &byte, 1) || append(&self->rows, row, sizeof *row);
}

static int add_useless(Intake *self, uint32_t slot, const uint8_t *data, size_t size, int flagged, enum reason reason) {
    struct row row = {.slot = slot, .answer = NO_ANSWER};
    if ((flagged && append(&self->raw, &self->grammar.flag, 1)) || append(&self->raw, data, size)) return -1;
    return add_row(self, slot, size + (flagged ? 1 : 0), reason, &row);
}

static int is_bound_to(const struct link *link, const uint8_t *identity, size_t size) {
    while (size && !*identity) identity++, size--;
    return link->identity_size == size && !memcmp(link->identity, identity, size);
}

/* `inner` lies between two flags. */
static int add_frame(Intake *self, uint32_t slot, const uint8_t *inner, size_t size) {
    const struct grammar *g = &self->grammar;
    struct row row = {.slot = slot, .answer = NO_ANSWER, .clean_at = (uint32_t)self->clean.used};
    size_t clean_size;
    uint8_t *clean = reserve(&self->clean, size + 1), *raw = reserve(&self->raw, size + 2);
    if (!clean || !raw) return -1;
    raw[0] = raw[size + 1] = g->flag;
    memcpy(raw + 1, inner, size);
    self->raw.used += size + 2;
    enum reason reason = unframe(g, inner, size, clean, &clean_size, &row.head);
    if (reason == OK) {
        const struct layout *h = &g->head[row.head.layout];
        uint8_t kind = self->kind[row.head.message_id];
        uint32_t number = (uint32_t)row_count(self);
        row.clean_size = (uint32_t)clean_size;
        self->clean.used += clean_size;
        row.answer = kind == GENERAL ? 0 : NO_ANSWER;
        if ((kind == SPECIAL || !is_bound_to(&self->links[slot], clean + h->identity_at, h->identity_size)) &&
            append(&self->special, &number, 4))
            return -1;
    }
    return add_row(self, slot, size + 2, reason, &row);
}

static int keep_open(struct link *link, const uint8_t *data, size_t size) {
    if (size != link->open_size) {
        free(link->open);
        link->open = size ? malloc(size) : NULL;
        link->open_size = 0;
        if (size && !link->open) return -1;
    }
    if (size) memcpy(link->open, data, size);
    link->open_size = (uint32_t)size;
    return 0;
}

static int cut(Intake *self, struct chunk chunk) {
    const struct grammar *g = &self->grammar;
    struct link *link = &self->links[chunk.slot];
    const uint8_t *at = chunk.data, *end = at + chunk.size, *flag;
    if (link->open_size) {
        self->joined.used = 0;
        if (append(&self->joined, link->open, link->open_size) || append(&self->joined, at, chunk.size)) return -1;
        at = self->joined.data;
        end = at + self->joined.used;
    }
    while (at < end && (flag = memchr(at, g->flag, (size_t)(end - at)))) {
        size_t size = (size_t)(flag - at);
        int failed = !size ? 0
                     : link->inside ? add_frame(self, chunk.slot, at, size)
                                    : add_useless(self, chunk.slot, at, size, 0, FOREIGN_PROTOCOL);
        if (failed) return -1;
        link->inside = 1;
        at = flag + 1;
    }
    size_t rest = (size_t)(end - at);
    if (rest && (!link->inside || rest + 1 >= g->max_frame)) {
        enum reason reason = link->inside ? OVERSIZE : FOREIGN_PROTOCOL;
        if (add_useless(self, chunk.slot, at, rest, link->inside, reason)) return -1;
        link->inside = 0;
        rest = 0;
    }
    return keep_open(link, at, rest);
}

static int collect(Intake *self, PyObject *inbox) {
    self->chunks.used = 0;
    for (Py_ssize_t i = 0; i < PyList_Size(inbox); i++) {
        PyObject *pair = PyList_GetItem(inbox, i);
        if (!PyTuple_Check(pair) || PyTuple_Size(pair) != 2) {
            PyErr_SetString(PyExc_TypeError, "the inbox holds (slot, bytes)");
            return -1;
        }
        PyObject *data = PyTuple_GetItem(pair, 1);
        struct chunk chunk = {.slot = (uint32_t)PyLong_AsUnsignedLong(PyTuple_GetItem(pair, 0))};
        char *bytes;
        Py_ssize_t size;
        if (PyErr_Occurred() || PyBytes_AsStringAndSize(data, &bytes, &size)) return -1;
        if (chunk.slot >= self->links_room) {
            PyErr_SetString(PyExc_IndexError, "no such slot");
            return -1;
        }
        chunk.data = (uint8_t *)bytes;
        chunk.size = (size_t)size;
        if (append(&self->chunks, &chunk, sizeof chunk)) {
            PyErr_NoMemory();
            return -1;
        }
    }
    return 0;
}

static void forget_rows(Intake *self) {
    self->rows.used = self->link_column.used = self->length_column.used = self->reason_column.used = 0;
    self->raw.used = self->clean.used = self->special.used = 0;
}

static PyObject *intake_split(Intake *self, PyObject *inbox) {
    int failed = 0;
    forget_rows(self);
    if (!PyList_Check(inbox)) return PyErr_Format(PyExc_TypeError, "the inbox is a list");
    if (collect(self, inbox)) return NULL;
    Py_BEGIN_ALLOW_THREADS
    for (size_t i = 0; !failed && i < self->chunks.used / sizeof(struct chunk); i++)
        failed = cut(self, ((struct chunk *)self->chunks.data)[i]);
    Py_END_ALLOW_THREADS
    if (failed) return PyErr_NoMemory();
    size_t specials = self->special.used / 4;
    PyObject *list = PyList_New((Py_ssize_t)specials);
    for (size_t i = 0; list && i < specials; i++) {
        PyObject *number = PyLong_FromUnsignedLong(((uint32_t *)self->special.data)[i]);
        if (!number) Py_CLEAR(list);
        else PyList_SetItem(list, (Py_ssize_t)i, number);
    }
    return list;
}

/* ---- what Python asks of rows ---- */

static long checked_row(Intake *self, PyObject *number) {
    size_t row = PyLong_AsSize_t(number);
    if (PyErr_Occurred()) return -1;
    if (row < row_count(self)) return (long)row;
    PyErr_SetString(PyExc_IndexError, "no such row");
    return -1;
}

static PyObject *intake_row(Intake *self, PyObject *number) {
    long i = checked_row(self, number);
    if (i < 0) return NULL;
    const struct row *row = row_at(self, (size_t)i);
    return Py_BuildValue("Iy#", row->slot, self->clean.data + row->clean_at, (Py_ssize_t)row->clean_size);
}

static PyObject *intake_mark(Intake *self, PyObject *args) {
    unsigned int row;
    uint8_t reason;
    PyObject *answer;
    if (!PyArg_ParseTuple(args, "IbO", &row, &reason, &answer)) return NULL;
    if (row >= row_count(self)) return PyErr_Format(PyExc_IndexError, "no such row");
    unsigned long code = answer == Py_None ? NO_ANSWER : PyLong_AsUnsignedLong(answer);
    if (PyErr_Occurred()) return NULL;
    self->reason_column.data[row] = reason;
    row_at(self, row)->answer = (uint8_t)code;
    Py_RETURN_NONE;
}

static PyObject *intake_columns(Intake *self, PyObject *none) {
    (void)none;
    const struct buffer *b[] = {&self->link_column, &self->length_column, &self->reason_column, &self->raw};
    return Py_BuildValue("y#y#y#y#", b[0]->data ? (char *)b[0]->data : "", (Py_ssize_t)b[0]->used,
                         b[1]->data ? (char *)b[1]->data : "", (Py_ssize_t)b[1]->used,
                         b[2]->data ? (char *)b[2]->data : "", (Py_ssize_t)b[2]->used,
                         b[3]->data ? (char *)b[3]->data : "", (Py_ssize_t)b[3]->used);
}

/* ---- answers ---- */

static int put_answer(Intake *self, const struct row *row) {
    const struct form *form = &self->form[row->head.layout];
    const uint8_t *asked = self->clean.data + row->clean_at;
    uint8_t clean[sizeof form->clean + 1];
    uint8_t *out = reserve(&self->answer, 2 * (sizeof clean) + 2);
    if (!out) return -1;
    memcpy(clean, form->clean, form->size);
    memcpy(clean + form->copy_at, asked + form->copy_at, form->copy_size);
    write_u16(clean + form->serial_at, self->links[row->slot].serial++);
    write_u16(clean + form->answered_serial_at, row->head.serial);
    write_u16(clean + form->answered_id_at, row->head.message_id);
    clean[form->result_at] = row->answer;
    self->answer.used += put_frame(&self->grammar, clean, form->size, out);
    return 0;
}

static int hand_over(Intake *self, PyObject *list, uint32_t slot) {
    if (!self->answer.used) return 0;
    PyObject *pair = Py_BuildValue("Iy#", slot, self->answer.data, (Py_ssize_t)self->answer.used);
    self->answer.used = 0;
    int failed = !pair || PyList_Append(list, pair);
    Py_XDECREF(pair);
    return failed ? -1 : 0;
}

static PyObject *intake_answers(Intake *self, PyObject *none) {
    PyObject *list = PyList_New(0);
    uint32_t slot = 0;
    (void)none;
    for (size_t i = 0; list && i < row_count(self); i++) {
        const struct row *row = row_at(self, i);
        if (row->answer == NO_ANSWER) continue;
        if (row->slot != slot && hand_over(self, list, slot)) Py_CLEAR(list);
        slot = row->slot;
        if (list && put_answer(self, row)) {
            PyErr_NoMemory();
            Py_CLEAR(list);
        }
    }
    if (list && hand_over(self, list, slot)) Py_CLEAR(list);
    return list;
}

/* ---- links ---- */

static struct link *checked_link(Intake *self, unsigned int slot) {
    if (slot < self->links_room) return &self->links[slot];
    PyErr_SetString(PyExc_IndexError, "no such slot");
    return NULL;
}

static PyObject *intake_open(Intake *self, PyObject *args) {
    unsigned int slot, number;
    if (!PyArg_ParseTuple(args, "II", &slot, &number)) return NULL;
    if (slot >= self->links_room) {
        uint32_t room = slot + slot / 4 + 64;
        struct link *moved = realloc(self->links, room * sizeof *moved);
        if (!moved) return PyErr_NoMemory();
        memset(moved + self->links_room, 0, (room - self->links_room) * sizeof *moved);
        self->links = moved;
        self->links_room = room;
    }
    free(self->links[slot].open);
    self->links[slot] = (struct link){.number = number, .identity_size = UNBOUND};
    Py_RETURN_NONE;
}

static PyObject *intake_close(Intake *self, PyObject *args) {
    unsigned int slot;
    struct link *link;
    if (!PyArg_ParseTuple(args, "I", &slot) || !(link = checked_link(self, slot))) return NULL;
    PyObject *rest = PyBytes_FromStringAndSize((char *)link->open, link->open_size);
    free(link->open);
    *link = (struct link){.identity_size = UNBOUND};
    return rest;
}

static PyObject *intake_bind(Intake *self, PyObject *args) {
    unsigned int slot;
    const uint8_t *identity;
    Py_ssize_t size;
    struct link *link;
    if (!PyArg_ParseTuple(args, "Iz#", &slot, &identity, &size) || !(link = checked_link(self, slot))) return NULL;
    if (identity)
        while (size && !*identity) identity++, size--;
    if (size > MAX_IDENTITY) return PyErr_Format(PyExc_ValueError, "an identity has at most %d bytes", MAX_IDENTITY);
    link->identity_size = identity ? (uint8_t)size : UNBOUND;
    if (identity) memcpy(link->identity, identity, (size_t)size);
    Py_RETURN_NONE;
}

static PyObject *intake_next_serial(Intake *self, PyObject *args) {
    unsigned int slot;
    struct link *link;
    if (!PyArg_ParseTuple(args, "I", &slot) || !(link = checked_link(self, slot))) return NULL;
    return PyLong_FromUnsignedLong(link->serial++);
}

static PyObject *intake_dropped(Intake *self, PyObject *none) {
    (void)none;
    return PyLong_FromUnsignedLongLong(self->dropped);
}

/* ---- life ---- */

static int read_form(PyObject *spec, const struct layout *asked, struct form *form) {
    const uint8_t *clean;
    Py_ssize_t size;
    if (!PyArg_ParseTuple(spec, "y#HHHHHH", &clean, &size, &form->copy_at, &form->copy_size, &form->serial_at,
                          &form->answered_serial_at, &form->answered_id_at, &form->result_at))
        return -1;
    if ((size_t)size > sizeof form->clean || form->copy_at + form->copy_size > size || form->serial_at + 2 > size ||
        form->copy_at + form->copy_size > asked->size || form->answered_serial_at + 2 > size ||
        form->answered_id_at + 2 > size || form->result_at >= size) {
        PyErr_SetString(PyExc_ValueError, "a field of the answer lies outside it");
        return -1;
    }
    memcpy(form->clean, clean, (size_t)size);
    form->size = (unsigned short)size;
    return 0;
}

static int intake_init(Intake *self, PyObject *args, PyObject *named) {
    PyObject *spec, *forms;
    const char *kind;
    Py_ssize_t kinds;
    unsigned int limit;
    (void)named;
    if (!PyArg_ParseTuple(args, "Oy#O!I", &spec, &kind, &kinds, &PyTuple_Type, &forms, &limit)) return -1;
    if (read_grammar(spec, &self->grammar)) return -1;
    if (kinds != sizeof self->kind || PyTuple_Size(forms) != self->grammar.heads) {
        PyErr_SetString(PyExc_ValueError, "one kind for each message id and one answer form for each head");
        return -1;
    }
    memcpy(self->kind, kind, sizeof self->kind);
    self->spoilt_limit = limit;
    for (int i = 0; i < self->grammar.heads; i++)
        if (read_form(PyTuple_GetItem(forms, i), &self->grammar.head[i], &self->form[i])) return -1;
    return 0;
}

static void intake_dealloc(Intake *self) {
    PyTypeObject *type = Py_TYPE((PyObject *)self);
    for (uint32_t i = 0; i < self->links_room; i++) free(self->links[i].open);
    free(self->links);
    struct buffer *all[] = {&self->chunks, &self->rows, &self->link_column, &self->length_column, &self->reason_column,
                            &self->raw, &self->clean, &self->special, &self->joined, &self->answer};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]->data);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}

static PyMethodDef methods[] = {
    {"open", (PyCFunction)intake_open, METH_VARARGS, NULL},
    {"close", (PyCFunction)intake_close, METH_VARARGS, NULL},
    {"bind", (PyCFunction)intake_bind, METH_VARARGS, NULL},
    {"split", (PyCFunction)intake_split, METH_O, NULL},
    {"row", (PyCFunction)intake_row, METH_O, NULL},
    {"mark", (PyCFunction)intake_mark, METH_VARARGS, NULL},
    {"columns", (PyCFunction)intake_columns, METH_NOARGS, NULL},
    {"answers", (PyCFunction)intake_answers, METH_NOARGS, NULL},
    {"next_serial", (PyCFunction)intake_next_serial, METH_VARARGS, NULL},
    {"dropped", (PyCFunction)intake_dropped, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot type_slots[] = {
    {Py_tp_doc, "See tonggui.wire.intake."},
    {Py_tp_init, intake_init},
    {Py_tp_dealloc, intake_dealloc},
    {Py_tp_methods, methods},
    {0, NULL},
};

static PyType_Spec type_spec = {"tonggui._native.Intake", sizeof(Intake), 0, Py_TPFLAGS_DEFAULT, type_slots};

int add_intake(PyObject *module) {
    PyObject *type = PyType_FromSpec(&type_spec);
    int failed = !type || PyModule_AddObjectRef(module, "Intake", type);
    Py_XDECREF(type);
    return failed ? -1 : 0;
}
