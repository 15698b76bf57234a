/* Points against polygons, exactly: whole micro-degrees, border included. `tonggui.stream.fence` is the caller and, by
 * shapely, the reference.
 *
 * A grid of square cells lies over all areas. A cell lists the areas that touch it: those that cover it whole need no
 * look at their edges, the others get a ray cast along all of them. */
#include "native.h"

enum { FIRST_CELL = 10000, MOST_CELLS = 4 << 20 }; /* micro-degrees; about 1.1 km */

struct edge {
    int32_t x1, y1, x2, y2;
};

struct box {
    int32_t x1, y1, x2, y2;
};

typedef struct {
    PyObject_HEAD
    struct edge *edges;
    int64_t *start; /* edges of area i: start[i] to start[i + 1] */
    struct box *boxes;
    int64_t areas, cell, columns, rows;
    struct box whole;
    uint32_t *first;   /* entries of cell i: first[i] to first[i + 1] */
    uint32_t *entries; /* area * 2 + 1 where the area covers the cell whole */
} Fence;

static int32_t low(int32_t a, int32_t b) { return a < b ? a : b; }
static int32_t high(int32_t a, int32_t b) { return a > b ? a : b; }

/* Even-odd rule over all rings of an area; a point on an edge is inside. Differences stay below 2^32 and products below
 * 2^63, so the sign is exact. */
static int holds(const Fence *f, int64_t area, int32_t x, int32_t y) {
    int inside = 0;
    for (int64_t i = f->start[area]; i < f->start[area + 1]; i++) {
        const struct edge e = f->edges[i];
        if (y < low(e.y1, e.y2) || y > high(e.y1, e.y2)) continue;
        int64_t side = ((int64_t)e.x2 - e.x1) * ((int64_t)y - e.y1) - ((int64_t)x - e.x1) * ((int64_t)e.y2 - e.y1);
        if (side == 0 && x >= low(e.x1, e.x2) && x <= high(e.x1, e.x2)) return 1;
        if ((e.y1 > y) != (e.y2 > y) && (side > 0) == (e.y2 > e.y1)) inside = !inside;
    }
    return inside;
}

static int64_t column_of(const Fence *f, int32_t x) { return ((int64_t)x - f->whole.x1) / f->cell; }
static int64_t row_of(const Fence *f, int32_t y) { return ((int64_t)y - f->whole.y1) / f->cell; }

/* Write what one area is to each cell of its box: 0 outside, 1 crossed by an edge, 2 covered. `state` has the box's cells. */
static void classify(const Fence *f, int64_t area, uint8_t *state) {
    const struct box b = f->boxes[area];
    int64_t left = column_of(f, b.x1), bottom = row_of(f, b.y1), columns = column_of(f, b.x2) - left + 1;
    int64_t rows = row_of(f, b.y2) - bottom + 1;
    memset(state, 0, (size_t)(columns * rows));
    for (int64_t i = f->start[area]; i < f->start[area + 1]; i++) {
        const struct edge e = f->edges[i];
        int64_t to_row = row_of(f, high(e.y1, e.y2)), to_column = column_of(f, high(e.x1, e.x2));
        for (int64_t r = row_of(f, low(e.y1, e.y2)); r <= to_row; r++)
            for (int64_t c = column_of(f, low(e.x1, e.x2)); c <= to_column; c++)
                state[(r - bottom) * columns + c - left] = 1;
    }
    for (int64_t r = 0; r < rows; r++)
        for (int64_t c = 0; c < columns; c++) {
            uint8_t *here = state + r * columns + c;
            if (*here == 1) continue;
            if (c && here[-1] != 1) {
                *here = here[-1]; /* no edge between: the same side */
                continue;
            }
            int64_t x = f->whole.x1 + (left + c) * f->cell, y = f->whole.y1 + (bottom + r) * f->cell;
            *here = holds(f, area, (int32_t)x, (int32_t)y) ? 2 : 0;
        }
}

static int64_t cells_of(const Fence *f, struct box b) {
    return (column_of(f, b.x2) - column_of(f, b.x1) + 1) * (row_of(f, b.y2) - row_of(f, b.y1) + 1);
}

static void choose_cell(Fence *f) {
    int64_t all;
    f->cell = FIRST_CELL / 2;
    do {
        f->cell *= 2;
        all = cells_of(f, f->whole);
        for (int64_t a = 0; a < f->areas && all <= MOST_CELLS; a++) all += cells_of(f, f->boxes[a]);
    } while (all > MOST_CELLS);
    f->columns = column_of(f, f->whole.x2) + 1;
    f->rows = row_of(f, f->whole.y2) + 1;
}

/* Called twice: to count the entries of each cell (f->entries is NULL), and to write them. */
static void list_entries(Fence *f, uint8_t *state, uint32_t *next) {
    for (int64_t a = 0; a < f->areas; a++) {
        if (f->start[a] == f->start[a + 1]) continue;
        const struct box b = f->boxes[a];
        classify(f, a, state);
        const uint8_t *here = state;
        for (int64_t r = row_of(f, b.y1); r <= row_of(f, b.y2); r++)
            for (int64_t c = column_of(f, b.x1); c <= column_of(f, b.x2); c++, here++) {
                if (!*here) continue;
                int64_t cell = r * f->columns + c;
                if (f->entries) f->entries[next[cell]++] = (uint32_t)a * 2 + (*here == 2);
                else next[cell]++;
            }
    }
}

static int build(Fence *f) {
    choose_cell(f);
    size_t cells = (size_t)(f->columns * f->rows);
    uint8_t *state = malloc(cells);
    uint32_t *next = calloc(cells + 1, sizeof *next);
    f->first = calloc(cells + 1, sizeof *f->first);
    if (!state || !next || !f->first) goto failed;
    list_entries(f, state, next);
    for (size_t i = 0; i < cells; i++) {
        f->first[i + 1] = f->first[i] + next[i];
        next[i] = f->first[i];
    }
    if (!(f->entries = malloc((f->first[cells] + 1) * sizeof *f->entries))) goto failed;
    list_entries(f, state, next);
    free(state);
    free(next);
    return 0;
failed:
    free(state);
    free(next);
    return -1;
}

static void measure_boxes(Fence *f) {
    const struct box nothing = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    f->whole = nothing;
    for (int64_t a = 0; a < f->areas; a++) {
        struct box b = nothing;
        for (int64_t i = f->start[a]; i < f->start[a + 1]; i++) {
            const struct edge e = f->edges[i];
            b = (struct box){low(b.x1, low(e.x1, e.x2)), low(b.y1, low(e.y1, e.y2)), high(b.x2, high(e.x1, e.x2)),
                             high(b.y2, high(e.y1, e.y2))};
        }
        if (f->start[a] == f->start[a + 1]) b = (struct box){0, 0, 0, 0};
        else f->whole = (struct box){low(b.x1, f->whole.x1), low(b.y1, f->whole.y1), high(b.x2, f->whole.x2),
                                     high(b.y2, f->whole.y2)};
        f->boxes[a] = b;
    }
    for (int64_t a = 0; a < f->areas; a++)
        if (f->start[a] == f->start[a + 1]) f->boxes[a] = (struct box){f->whole.x1, f->whole.y1, f->whole.x1, f->whole.y1};
}

static int copy_areas(Fence *f, const Py_buffer *edges, const Py_buffer *start) {
    f->areas = (int64_t)(start->len / 8) - 1;
    int64_t count = (int64_t)(edges->len / (Py_ssize_t)sizeof(struct edge));
    const int64_t *from = start->buf;
    int right = f->areas >= 0 && from[0] == 0 && from[f->areas] == count && f->areas < INT32_MAX;
    for (int64_t a = 0; right && a < f->areas; a++) right = from[a] <= from[a + 1];
    const struct edge *e = edges->buf;
    for (int64_t i = 0; right && i < count; i++)
        right = e[i].x1 >= -180000000 && e[i].x1 <= 180000000 && e[i].x2 >= -180000000 && e[i].x2 <= 180000000 &&
                e[i].y1 >= -90000000 && e[i].y1 <= 90000000 && e[i].y2 >= -90000000 && e[i].y2 <= 90000000;
    if (!right) {
        PyErr_SetString(PyExc_ValueError, "edges are int32 (x1, y1, x2, y2) in micro-degrees, start their int64 bounds");
        return -1;
    }
    f->edges = malloc((size_t)edges->len + 1);
    f->start = malloc((size_t)start->len);
    f->boxes = malloc((size_t)(f->areas + 1) * sizeof *f->boxes);
    if (!f->edges || !f->start || !f->boxes) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(f->edges, edges->buf, (size_t)edges->len);
    memcpy(f->start, start->buf, (size_t)start->len);
    return 0;
}

static int fence_init(Fence *f, PyObject *args, PyObject *named) {
    Py_buffer edges, start;
    int failed;
    (void)named;
    if (f->edges) {
        PyErr_SetString(PyExc_TypeError, "a fence is built once");
        return -1;
    }
    if (!PyArg_ParseTuple(args, "y*y*", &edges, &start)) return -1;
    failed = copy_areas(f, &edges, &start);
    PyBuffer_Release(&edges);
    PyBuffer_Release(&start);
    if (failed) return -1;
    measure_boxes(f);
    if (f->start[f->areas] == 0) return 0;
    Py_BEGIN_ALLOW_THREADS
    failed = build(f);
    Py_END_ALLOW_THREADS
    if (failed) PyErr_NoMemory();
    return failed;
}

struct hits {
    int64_t *row, *area;
    size_t used, room;
};

static int add_hit(struct hits *h, int64_t row, int64_t area) {
    if (h->used == h->room) {
        size_t room = h->room * 2 + 1024;
        int64_t *rows = realloc(h->row, room * sizeof *rows);
        if (!rows) return -1;
        h->row = rows;
        int64_t *areas = realloc(h->area, room * sizeof *areas);
        if (!areas) return -1;
        h->area = areas;
        h->room = room;
    }
    h->row[h->used] = row;
    h->area[h->used++] = area;
    return 0;
}

static int look_up(const Fence *f, const int32_t *x, const int32_t *y, int64_t n, struct hits *hits) {
    if (!f->entries) return 0;
    for (int64_t i = 0; i < n; i++) {
        if (x[i] < f->whole.x1 || x[i] > f->whole.x2 || y[i] < f->whole.y1 || y[i] > f->whole.y2) continue;
        int64_t cell = row_of(f, y[i]) * f->columns + column_of(f, x[i]);
        for (uint32_t e = f->first[cell]; e < f->first[cell + 1]; e++) {
            int64_t area = f->entries[e] >> 1;
            if (((f->entries[e] & 1) || holds(f, area, x[i], y[i])) && add_hit(hits, i, area)) return -1;
        }
    }
    return 0;
}

static PyObject *fence_inside(Fence *f, PyObject *args) {
    Py_buffer x, y;
    struct hits hits = {0};
    PyObject *found = NULL;
    int failed = 0;
    if (!PyArg_ParseTuple(args, "y*y*", &x, &y)) return NULL;
    if (x.len != y.len || x.len % 4) {
        PyErr_SetString(PyExc_ValueError, "x and y are int32 micro-degrees of the same points");
    } else {
        Py_BEGIN_ALLOW_THREADS
        failed = look_up(f, x.buf, y.buf, x.len / 4, &hits);
        Py_END_ALLOW_THREADS
        found = failed ? PyErr_NoMemory()
                       : Py_BuildValue("NN", PyByteArray_FromStringAndSize((char *)hits.row, (Py_ssize_t)(hits.used * 8)),
                                       PyByteArray_FromStringAndSize((char *)hits.area, (Py_ssize_t)(hits.used * 8)));
    }
    free(hits.row);
    free(hits.area);
    PyBuffer_Release(&x);
    PyBuffer_Release(&y);
    return found;
}

static void fence_dealloc(Fence *f) {
    PyTypeObject *type = Py_TYPE((PyObject *)f);
    free(f->edges);
    free(f->start);
    free(f->boxes);
    free(f->first);
    free(f->entries);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(f);
    Py_DECREF(type);
}

static PyMethodDef methods[] = {
    {"inside", (PyCFunction)fence_inside, METH_VARARGS,
     "inside(x, y) -> (row, area): bytearrays of int64, by row and then area."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot type_slots[] = {
    {Py_tp_doc, "Fence(edges, start): see tonggui.stream.fence."},
    {Py_tp_init, fence_init},
    {Py_tp_dealloc, fence_dealloc},
    {Py_tp_methods, methods},
    {0, NULL},
};

static PyType_Spec type_spec = {"tonggui._native.Fence", sizeof(Fence), 0, Py_TPFLAGS_DEFAULT, type_slots};

int add_fence(PyObject *module) {
    PyObject *type = PyType_FromSpec(&type_spec);
    int failed = !type || PyModule_AddObjectRef(module, "Fence", type);
    Py_XDECREF(type);
    return failed ? -1 : 0;
}
