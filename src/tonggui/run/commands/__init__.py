"""One module a command of `tonggui`: `arguments(parser)` declares its options, `run(options)` does it.

The module's docstring is its help. A module is imported only when its command is asked for, so `tonggui explain`
starts without Django and `tonggui web` without NumPy.
"""
