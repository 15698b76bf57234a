"""The instruction set of plans, shared by the compiler and both executors. `_native/plan.c` has the same numbers."""

OPERATION = ("at", "width", "kind", "column", "dtype", "per", "sign_at", "sign_mask", "shift", "mask", "zone")
"""The parts of an operation. Offsets count from the start of the body (of the item's value for operations of items).

`width` bytes at `at`, read as `kind`, shifted right by `shift` and masked where `mask` is not 0, divided by `per` where
that is not 1, go to `column`. `sign_at`, `sign_mask`: the earlier byte and its bit that make a magnitude negative.
`zone`: seconds east of Greenwich.
"""
DEFAULTS = {"per": 1}

UNSIGNED, TWOS, TOP_BIT, MAGNITUDE, TIME = range(5)

DTYPES = {"u1": 1, "u2": 2, "u4": 3, "u8": 4, "i1": 5, "i2": 6, "i4": 7, "i8": 8, "f4": 9, "f8": 10}

INCOMPLETE, BROKEN = 1, 2
"""What the column `fault` adds up: see `wire.groups.ITEMS_INCOMPLETE` and `ITEMS_BROKEN`."""
