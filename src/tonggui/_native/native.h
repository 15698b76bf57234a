/* What the files of the compiled module share. Each file adds its own types and functions to the module. */
#ifndef TONGGUI_NATIVE_H
#define TONGGUI_NATIVE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int add_frames(PyObject *module); /* frames.c: split, check and answer frames */
int add_fence(PyObject *module); /* fence.c: points against polygons */
int add_plan(PyObject *module); /* plan.c: execute what a message declaration compiles to */

static inline uint16_t read_u16(const uint8_t *p) { return (uint16_t)(p[0] << 8 | p[1]); }

static inline void write_u16(uint8_t *p, uint16_t value) {
    p[0] = (uint8_t)(value >> 8);
    p[1] = (uint8_t)value;
}

#endif
