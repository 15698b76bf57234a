"""The one compiled part: `tonggui._native`, limited API, optional (NumPy takes over where there is no compiler)."""

from glob import glob

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "tonggui._native",
            sources=sorted(glob("src/tonggui/_native/*.c")),
            depends=sorted(glob("src/tonggui/_native/*.h")),
            define_macros=[("Py_LIMITED_API", "0x030B0000")],
            extra_compile_args=["-O3", "-std=c11", "-Wall", "-Wextra", "-fvisibility=hidden"],
            py_limited_api=True,
            optional=True,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
