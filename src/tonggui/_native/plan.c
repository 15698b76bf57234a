/* Executes a plan: the table of operations that a message declaration compiles to (wire/plan.py; the numbers are those of
 * wire/plan_ops.py). Reads bodies into columns without a Python object a body. The plain form is wire/plan_numpy.py. */
#include "native.h"

enum part { AT, WIDTH, KIND, COLUMN, DTYPE, PER, SIGN_AT, SIGN_MASK, SHIFT, MASK, ZONE, PARTS };
enum kind { UNSIGNED, TWOS, TOP_BIT, MAGNITUDE, TIME, KINDS };
enum dtype { U1 = 1, U2, U4, U8, I1, I2, I4, I8, F4, F8, DTYPES };
enum item { KEY, LENGTHS, FIRST, COUNT, ITEM_PARTS };
enum fault { INCOMPLETE = 1, BROKEN = 2 };

static const size_t SIZE_OF[DTYPES] = {0, 1, 2, 4, 8, 1, 2, 4, 8, 4, 8};
static const int64_t NO_TIME = INT64_MIN;

struct op {
    int64_t mask, zone;
    double per;
    uint16_t at, sign_at, column;
    uint8_t width, kind, dtype, sign_mask, shift, scaled;
};

struct items {
    size_t known, head;
    const int64_t *table; /* known rows of KEY, LENGTHS, FIRST, COUNT, rising by key */
    struct op *ops;
    int16_t row_of_byte[256]; /* for keys of one byte: row of the table, or -1 */
    int key_bytes, length_bytes;
};

static inline uint64_t read_number(const uint8_t *p, int width) {
    uint64_t value = 0;
    for (int i = 0; i < width; i++) value = value << 8 | p[i];
    return value;
}

/* Seconds since 1970 of packed decimal YYMMDDhhmmss of this century, as microseconds; NO_TIME where it is no date. */
static int64_t read_time(const uint8_t *p, int64_t zone) {
    static const int16_t before[] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    static const int8_t days_in[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int part[6];
    for (int i = 0; i < 6; i++) {
        if (p[i] >> 4 > 9 || (p[i] & 15) > 9) return NO_TIME;
        part[i] = (p[i] >> 4) * 10 + (p[i] & 15);
    }
    int year = part[0], month = part[1], day = part[2], leap = year % 4 == 0;
    if (month < 1 || month > 12 || part[3] > 23 || part[4] > 59 || part[5] > 59) return NO_TIME;
    if (day < 1 || day > days_in[month] + (leap && month == 2)) return NO_TIME;
    int64_t days = 10957 + 365 * year + (year + 3) / 4 + before[month] + (leap && month > 2) + day - 1;
    return (((days * 24 + part[3]) * 60 + part[4]) * 60 + part[5] - zone) * 1000000;
}

/* One operation: a field of the table that starts at `base` into its column at `row`. */
static inline void execute(const struct op *op, const uint8_t *base, void *const *out, size_t row) {
    const uint8_t *p = base + op->at;
    void *column = out[op->column];
    int64_t value;
    if (op->kind == TIME) {
        ((int64_t *)column)[row] = read_time(p, op->zone);
        return;
    }
    uint64_t number = read_number(p, op->width), top = 1ull << (8 * op->width - 1);
    value = (int64_t)number;
    if (op->kind == TWOS) {
        value = (int64_t)((number ^ top) - top);
    } else if (op->kind == TOP_BIT) {
        if (number & top) value = -(int64_t)(number ^ top);
    } else if (op->kind == MAGNITUDE) {
        if (number & top)
            value = (int64_t)((number ^ top) - top);
        else if (base[op->sign_at] & op->sign_mask)
            value = -value;
    } else if (op->mask) {
        value = (int64_t)(number >> op->shift) & op->mask;
    }
    switch (op->dtype) {
    case U1:
    case I1: ((uint8_t *)column)[row] = (uint8_t)value; break;
    case U2:
    case I2: ((uint16_t *)column)[row] = (uint16_t)value; break;
    case U4:
    case I4: ((uint32_t *)column)[row] = (uint32_t)value; break;
    case U8:
    case I8: ((int64_t *)column)[row] = value; break;
    case F4: ((float *)column)[row] = (float)(op->scaled ? (double)value / op->per : (double)value); break;
    default: ((double *)column)[row] = op->scaled ? (double)value / op->per : (double)value;
    }
}

/* The row of a key in the table of items, or -1. */
static inline int64_t find_item(const struct items *items, uint64_t key) {
    if (items->key_bytes == 1) return items->row_of_byte[key];
    size_t low = 0, high = items->known;
    while (low < high) {
        size_t middle = (low + high) / 2;
        uint64_t here = (uint64_t)items->table[middle * ITEM_PARTS + KEY];
        if (here == key) return (int64_t)middle;
        if (here < key)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

/* The items from p to end. An item that runs past the end stops the walk: INCOMPLETE, and BROKEN where its key is known
 * or nothing but a stump is left. */
static uint8_t read_items(const struct items *items, const uint8_t *p, const uint8_t *end, void *const *out, size_t row) {
    while ((size_t)(end - p) >= items->head) {
        int64_t known = find_item(items, read_number(p, items->key_bytes));
        uint64_t length = read_number(p + items->key_bytes, items->length_bytes);
        p += items->head;
        if (length > (uint64_t)(end - p)) return INCOMPLETE | (known >= 0 ? BROKEN : 0);
        if (known >= 0) {
            const int64_t *item = items->table + known * ITEM_PARTS;
            if (length < 63 && item[LENGTHS] >> length & 1)
                for (int64_t i = item[FIRST]; i < item[FIRST] + item[COUNT]; i++)
                    if ((uint64_t)items->ops[i].at + items->ops[i].width <= length)
                        execute(&items->ops[i], p, out, row);
        }
        p += length;
    }
    return p == end ? 0 : INCOMPLETE | BROKEN;
}

static void read_rows(const uint8_t *clean, const int64_t *start, const int64_t *end, size_t n, size_t size,
                      const struct op *fixed, size_t count, const struct items *items, void *const *out, uint8_t *fault) {
    for (size_t row = 0; row < n; row++) {
        const uint8_t *body = clean + start[row];
        for (size_t i = 0; i < count; i++) execute(&fixed[i], body, out, row);
        if (items->key_bytes) fault[row] = read_items(items, body + size, clean + end[row], out, row);
    }
}

/* Copy a table of operations, proving that none reads outside `size` bytes (SIZE_MAX for those of items, whose length is
 * asked item by item) or writes outside its column. Returns NULL with an error set where one does. */
static struct op *read_ops(const Py_buffer *table, size_t size, const Py_buffer *columns, size_t width, size_t rows,
                           size_t *count) {
    *count = (size_t)table->len / (PARTS * sizeof(int64_t));
    struct op *ops = malloc((*count + 1) * sizeof *ops);
    if (!ops) return (struct op *)PyErr_NoMemory();
    for (size_t i = 0; i < *count; i++) {
        const int64_t *part = (const int64_t *)table->buf + i * PARTS;
        int ok = part[WIDTH] >= 1 && part[WIDTH] <= 8 && part[KIND] >= 0 && part[KIND] < KINDS && part[DTYPE] >= U1 &&
                 part[DTYPE] < DTYPES && part[AT] >= 0 && part[AT] < UINT16_MAX - 8 && part[COLUMN] >= 0 &&
                 (size_t)part[COLUMN] < width && part[SHIFT] >= 0 && part[SHIFT] < 64 &&
                 (part[KIND] != TIME || (part[WIDTH] == 6 && part[DTYPE] == I8)) &&
                 (part[KIND] != MAGNITUDE || (part[SIGN_AT] >= 0 && part[SIGN_AT] < part[AT])) &&
                 (size_t)(part[AT] + part[WIDTH]) <= size && part[PER] != 0;
        if (!ok || (size_t)columns[part[COLUMN]].len < rows * SIZE_OF[part[DTYPE]]) {
            PyErr_Format(PyExc_ValueError, "operation %zu of the plan does not fit its body or its column", i);
            free(ops);
            return NULL;
        }
        ops[i] = (struct op){
            .mask = part[MASK], .zone = part[ZONE], .per = (double)part[PER], .at = (uint16_t)part[AT],
            .sign_at = (uint16_t)part[SIGN_AT], .column = (uint16_t)part[COLUMN], .width = (uint8_t)part[WIDTH],
            .kind = (uint8_t)part[KIND], .dtype = (uint8_t)part[DTYPE], .sign_mask = (uint8_t)part[SIGN_MASK],
            .shift = (uint8_t)part[SHIFT], .scaled = part[PER] != 1,
        };
    }
    return ops;
}

static int bodies_fit(const int64_t *start, const int64_t *end, size_t n, size_t size, Py_ssize_t clean) {
    for (size_t i = 0; i < n; i++)
        if (start[i] < 0 || end[i] > clean || end[i] - start[i] < (int64_t)size) return 0;
    return 1;
}

static int prepare_items(struct items *items, const Py_buffer *table, size_t ops) {
    items->known = (size_t)table->len / (ITEM_PARTS * sizeof(int64_t));
    items->table = table->buf;
    items->head = (size_t)(items->key_bytes + items->length_bytes);
    memset(items->row_of_byte, -1, sizeof items->row_of_byte);
    for (size_t i = 0; i < items->known; i++) {
        const int64_t *item = items->table + i * ITEM_PARTS;
        if (item[FIRST] < 0 || item[COUNT] < 0 || (size_t)(item[FIRST] + item[COUNT]) > ops || item[KEY] < 0) return 0;
        if (item[KEY] < 256) items->row_of_byte[item[KEY]] = (int16_t)i;
    }
    return items->key_bytes >= 0 && items->key_bytes <= 8 && items->length_bytes >= 0 && items->length_bytes <= 4 &&
           (items->key_bytes == 0 || items->length_bytes > 0) && items->known < INT16_MAX;
}

struct call {
    Py_buffer clean, start, end, fixed, table, item_ops, fault;
    Py_ssize_t size;
    struct items items;
};

/* Everything is checked here before the lock is let go and the rows are read. */
static int run(struct call *c, Py_buffer *columns, size_t width) {
    size_t n = (size_t)c->start.len / sizeof(int64_t), fixed_count = 0, item_count = 0;
    if (c->start.len != c->end.len || c->size < 0 || (size_t)c->fault.len < n ||
        !bodies_fit(c->start.buf, c->end.buf, n, (size_t)c->size, c->clean.len)) {
        PyErr_SetString(PyExc_ValueError, "start and end are int64 bounds of bodies inside clean, each at least size long");
        return -1;
    }
    int failed = -1;
    void **out = malloc((width + 1) * sizeof *out);
    struct op *fixed = read_ops(&c->fixed, (size_t)c->size, columns, width, n, &fixed_count);
    struct op *item_ops = fixed ? read_ops(&c->item_ops, SIZE_MAX, columns, width, n, &item_count) : NULL;
    c->items.ops = item_ops;
    if (!out) {
        PyErr_NoMemory();
    } else if (item_ops && !prepare_items(&c->items, &c->table, item_count)) {
        PyErr_SetString(PyExc_ValueError, "the plan's table of items is not one");
    } else if (item_ops) {
        for (size_t i = 0; i < width; i++) out[i] = columns[i].buf;
        Py_BEGIN_ALLOW_THREADS
        read_rows(c->clean.buf, c->start.buf, c->end.buf, n, (size_t)c->size, fixed, fixed_count, &c->items, out,
                  c->fault.buf);
        Py_END_ALLOW_THREADS
        failed = 0;
    }
    free(out);
    free(fixed);
    free(item_ops);
    return failed;
}

static PyObject *run_plan(PyObject *self, PyObject *args) {
    struct call c = {0};
    PyObject *outputs;
    (void)self;
    if (!PyArg_ParseTuple(args, "y*y*y*ny*y*y*iiO!w*", &c.clean, &c.start, &c.end, &c.size, &c.fixed, &c.table, &c.item_ops,
                          &c.items.key_bytes, &c.items.length_bytes, &PyTuple_Type, &outputs, &c.fault))
        return NULL;
    size_t width = (size_t)PyTuple_Size(outputs), held = 0;
    Py_buffer *columns = calloc(width + 1, sizeof *columns);
    int failed = columns ? 0 : -1;
    if (failed) PyErr_NoMemory();
    while (!failed && held < width) {
        failed = PyObject_GetBuffer(PyTuple_GetItem(outputs, (Py_ssize_t)held), &columns[held], PyBUF_WRITABLE);
        held += failed ? 0 : 1;
    }
    if (!failed) failed = run(&c, columns, width);
    while (held) PyBuffer_Release(&columns[--held]);
    free(columns);
    Py_buffer *const given[] = {&c.clean, &c.start, &c.end, &c.fixed, &c.table, &c.item_ops, &c.fault};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) PyBuffer_Release(given[i]);
    if (failed) return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"run_plan", run_plan, METH_VARARGS,
     "run_plan(clean, start, end, size, fixed, items, item_ops, key_bytes, length_bytes, columns, fault): fill the columns."},
    {NULL, NULL, 0, NULL},
};

int add_plan(PyObject *module) { return PyModule_AddFunctions(module, functions); }
