"""Exchange with a provincial overload system: what is told, what is taken, and how it is kept whole across outages.

`provincial` declares one province's names; `queue` finds what is new and writes it down as items; `transport` signs and
sends; `round` does one round of everything. Another province is another declaration.
"""
