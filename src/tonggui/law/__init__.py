"""Law as code: acts and articles, values that carry their days, rules over columns with examples and a trace.

`declare` is the vocabulary of `statutes/`; `reference` writes a page for each rule. Nothing here knows a statute.
"""
