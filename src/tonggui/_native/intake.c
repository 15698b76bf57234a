/* Intake: what many connections sent in one turn of a loop, cut into frames; their open ends; their answers.
 * `tonggui.wire.intake` says what each method means; `PlainIntake` there is the reference. */
#define _GNU_SOURCE
#include <errno.h>
#include <sys/socket.h>
#include <time.h>

#include "buffer.h"
#include "grammar.h"

enum kind { GENERAL = 0, SILENT = 1, SPECIAL = 2 }; /* how a message is answered; wire.intake.Kind */
enum { NO_ANSWER = 0xff, UNBOUND = 0xff, CHUNKS_A_TURN = 2048 };

struct link {
    double heard_at;     /* monotonic seconds */
    uint8_t *open;       /* bytes behind the flag of a frame that is not closed yet */
    uint32_t open_size;
    uint32_t number;     /* what the log calls this connection */
    uint32_t spoilt;     /* bytes of useless pieces so far */
    int32_t descriptor;  /* of the socket that answers may be sent on, or -1 */
    uint16_t serial;     /* of the next answer */
    uint8_t held;        /* answers go through the transport, which still has some */
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

struct answer {
    uint32_t slot;
    size_t at, size;
};

struct chunk {
    PyObject *owner; /* of the bytes */
    const uint8_t *data;
    size_t size;
    uint32_t slot;
};

typedef struct {
    PyObject_HEAD
    struct grammar grammar;
    struct form form[MAX_HEADS];
    uint8_t kind[65536];
    PyObject *receiver_type;
    struct link *links;
    uint32_t links_room;
    uint32_t spoilt_limit;
    uint64_t dropped;           /* bytes of useless pieces beyond the limit of their link, not kept */
    struct buffer chunks, rows; /* struct chunk, struct row */
    struct buffer link_column, length_column, reason_column, raw, clean, special; /* special: u32 row numbers */
    struct buffer joined, answer, unsent; /* unsent: struct answer, its bytes in answer */
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

static size_t waiting(const Intake *self) { return self->chunks.used / sizeof(struct chunk); }

static void forget_chunks(Intake *self) {
    for (size_t i = 0; i < waiting(self); i++) Py_DECREF(((struct chunk *)self->chunks.data)[i].owner);
    self->chunks.used = 0;
}

static void forget_rows(Intake *self) {
    self->rows.used = self->link_column.used = self->length_column.used = self->reason_column.used = 0;
    self->raw.used = self->clean.used = self->special.used = 0;
}

static PyObject *intake_split(Intake *self, PyObject *none) {
    int failed = 0;
    (void)none;
    forget_rows(self);
    Py_BEGIN_ALLOW_THREADS
    for (size_t i = 0; !failed && i < waiting(self); i++) failed = cut(self, ((struct chunk *)self->chunks.data)[i]);
    Py_END_ALLOW_THREADS
    forget_chunks(self);
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

/* What the socket of a link takes of the answers at `at`; the rest stays in self->answer and is noted as unsent. */
static int send_answers(Intake *self, uint32_t slot, size_t at) {
    const struct link *link = &self->links[slot];
    struct answer rest = {slot, at, self->answer.used - at};
    ssize_t sent = 0;
    if (!rest.size) return 0;
    if (link->descriptor >= 0 && !link->held) {
        do sent = send(link->descriptor, self->answer.data + at, rest.size, MSG_DONTWAIT | MSG_NOSIGNAL);
        while (sent < 0 && errno == EINTR);
        if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK) sent = (ssize_t)rest.size; /* gone; its end will be seen */
        if (sent < 0) sent = 0;
    }
    if ((size_t)sent == rest.size) {
        self->answer.used = at;
        return 0;
    }
    rest.at += (size_t)sent;
    rest.size -= (size_t)sent;
    return append(&self->unsent, &rest, sizeof rest);
}

static int answer_rows(Intake *self) {
    uint32_t slot = 0;
    size_t at = self->answer.used = self->unsent.used = 0;
    for (size_t i = 0; i < row_count(self); i++) {
        const struct row *row = row_at(self, i);
        if (row->answer == NO_ANSWER) continue;
        if (row->slot != slot) {
            if (send_answers(self, slot, at)) return -1;
            slot = row->slot;
            at = self->answer.used;
        }
        if (put_answer(self, row)) return -1;
    }
    return send_answers(self, slot, at);
}

static PyObject *intake_answer(Intake *self, PyObject *none) {
    int failed;
    (void)none;
    Py_BEGIN_ALLOW_THREADS
    failed = answer_rows(self);
    Py_END_ALLOW_THREADS
    if (failed) return PyErr_NoMemory();
    size_t n = self->unsent.used / sizeof(struct answer);
    PyObject *list = PyList_New((Py_ssize_t)n);
    for (size_t i = 0; list && i < n; i++) {
        struct answer a = ((struct answer *)self->unsent.data)[i];
        PyObject *pair = Py_BuildValue("Iy#", a.slot, self->answer.data + a.at, (Py_ssize_t)a.size);
        if (!pair) Py_CLEAR(list);
        else PyList_SetItem(list, (Py_ssize_t)i, pair);
    }
    return list;
}

/* ---- links ---- */

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static struct link *checked_link(Intake *self, unsigned int slot) {
    if (slot < self->links_room) return &self->links[slot];
    PyErr_SetString(PyExc_IndexError, "no such slot");
    return NULL;
}

static PyObject *intake_open(Intake *self, PyObject *args) {
    unsigned int slot, number;
    int descriptor;
    if (!PyArg_ParseTuple(args, "IIi", &slot, &number, &descriptor)) return NULL;
    if (slot >= self->links_room) {
        uint32_t room = slot + slot / 4 + 64;
        struct link *moved = realloc(self->links, room * sizeof *moved);
        if (!moved) return PyErr_NoMemory();
        memset(moved + self->links_room, 0, (room - self->links_room) * sizeof *moved);
        self->links = moved;
        self->links_room = room;
    }
    free(self->links[slot].open);
    self->links[slot] = (struct link){.number = number, .descriptor = descriptor, .heard_at = now(), .identity_size = UNBOUND};
    Py_RETURN_NONE;
}

static PyObject *intake_close(Intake *self, PyObject *args) {
    unsigned int slot;
    struct link *link;
    if (!PyArg_ParseTuple(args, "I", &slot) || !(link = checked_link(self, slot))) return NULL;
    PyObject *rest = PyBytes_FromStringAndSize((char *)link->open, link->open_size);
    free(link->open);
    *link = (struct link){.descriptor = -1, .identity_size = UNBOUND};
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

static PyObject *intake_hold(Intake *self, PyObject *args) {
    unsigned int slot;
    int held;
    struct link *link;
    if (!PyArg_ParseTuple(args, "Ip", &slot, &held) || !(link = checked_link(self, slot))) return NULL;
    link->held = (uint8_t)held;
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

/* ---- receiving ---- */

typedef struct {
    PyObject_HEAD
    Intake *intake;
    PyObject *wake;
    uint32_t slot;
} Receiver;

/* What a transport calls with each chunk: the only code of ours that runs once a message in its own call. */
static PyObject *receive(Receiver *self, PyObject *data) {
    Intake *intake = self->intake;
    struct chunk chunk = {.owner = data, .slot = self->slot};
    char *bytes;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(data, &bytes, &size)) return NULL;
    chunk.data = (uint8_t *)bytes;
    chunk.size = (size_t)size;
    if (append(&intake->chunks, &chunk, sizeof chunk)) return PyErr_NoMemory();
    Py_INCREF(data);
    intake->links[self->slot].heard_at = now();
    size_t count = waiting(intake);
    if (count != 1 && count < CHUNKS_A_TURN) Py_RETURN_NONE;
    return PyObject_CallFunction(self->wake, "O", count == 1 ? Py_False : Py_True);
}

static void receiver_dealloc(Receiver *self) {
    PyTypeObject *type = Py_TYPE((PyObject *)self);
    Py_DECREF((PyObject *)self->intake);
    Py_DECREF(self->wake);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}

static PyMethodDef receive_method = {"data_received", (PyCFunction)receive, METH_O, NULL};

static PyType_Slot receiver_slots[] = {{Py_tp_dealloc, receiver_dealloc}, {0, NULL}};

static PyType_Spec receiver_spec = {"tonggui._native.Receiver", sizeof(Receiver), 0,
                                    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, receiver_slots};

static PyObject *intake_receiver(Intake *self, PyObject *args) {
    unsigned int slot;
    PyObject *wake, *function;
    if (!PyArg_ParseTuple(args, "IO", &slot, &wake) || !checked_link(self, slot)) return NULL;
    Receiver *receiver = PyObject_New(Receiver, (PyTypeObject *)self->receiver_type);
    if (!receiver) return NULL;
    receiver->intake = self;
    receiver->wake = wake;
    receiver->slot = slot;
    Py_INCREF((PyObject *)self);
    Py_INCREF(wake);
    function = PyCFunction_NewEx(&receive_method, (PyObject *)receiver, NULL);
    Py_DECREF((PyObject *)receiver);
    return function;
}

static PyObject *intake_waiting(Intake *self, PyObject *none) {
    (void)none;
    return PyLong_FromSize_t(waiting(self));
}

static PyObject *intake_heard_at(Intake *self, PyObject *args) {
    unsigned int slot;
    struct link *link;
    if (!PyArg_ParseTuple(args, "I", &slot) || !(link = checked_link(self, slot))) return NULL;
    return PyFloat_FromDouble(link->heard_at);
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
    if (!self->receiver_type && !(self->receiver_type = PyType_FromSpec(&receiver_spec))) return -1;
    memcpy(self->kind, kind, sizeof self->kind);
    self->spoilt_limit = limit;
    for (int i = 0; i < self->grammar.heads; i++)
        if (read_form(PyTuple_GetItem(forms, i), &self->grammar.head[i], &self->form[i])) return -1;
    return 0;
}

static void intake_dealloc(Intake *self) {
    PyTypeObject *type = Py_TYPE((PyObject *)self);
    forget_chunks(self);
    Py_XDECREF(self->receiver_type);
    for (uint32_t i = 0; i < self->links_room; i++) free(self->links[i].open);
    free(self->links);
    struct buffer *all[] = {&self->chunks, &self->rows, &self->link_column, &self->length_column, &self->reason_column,
                            &self->raw, &self->clean, &self->special, &self->joined, &self->answer, &self->unsent};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]->data);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}

static PyMethodDef methods[] = {
    {"open", (PyCFunction)intake_open, METH_VARARGS, NULL},
    {"close", (PyCFunction)intake_close, METH_VARARGS, NULL},
    {"bind", (PyCFunction)intake_bind, METH_VARARGS, NULL},
    {"receiver", (PyCFunction)intake_receiver, METH_VARARGS, NULL},
    {"waiting", (PyCFunction)intake_waiting, METH_NOARGS, NULL},
    {"heard_at", (PyCFunction)intake_heard_at, METH_VARARGS, NULL},
    {"split", (PyCFunction)intake_split, METH_NOARGS, NULL},
    {"row", (PyCFunction)intake_row, METH_O, NULL},
    {"mark", (PyCFunction)intake_mark, METH_VARARGS, NULL},
    {"columns", (PyCFunction)intake_columns, METH_NOARGS, NULL},
    {"answer", (PyCFunction)intake_answer, METH_NOARGS, NULL},
    {"hold", (PyCFunction)intake_hold, METH_VARARGS, NULL},
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
