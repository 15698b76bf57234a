/* tonggui._native: the loops that run once a byte or once a frame. Knows no protocol; every part has a plain form in
 * Python beside it, which is its reference in the tests and its stand-in where nothing was compiled. */
#include "native.h"

static int fill(PyObject *module) {
    return add_frames(module) || add_fence(module) || add_plan(module) ? -1 : 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, fill}, {0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "tonggui._native",
    .m_doc = "Frames, plans and fences, compiled.",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit__native(void) { return PyModuleDef_Init(&definition); }
