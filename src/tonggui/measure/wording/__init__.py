"""The wording of a report: sentences with conditions that a clerk can read, and how a draft is written from them.

`tree` holds its parts, `conditions` the words that decide whether a part stands, `reading` makes the tree from text and
names every fault with its line, `checking` knows which figures there are, `writing` makes the draft, `signs` mends the
punctuation where parts fell away. The grammar is told to its writers in docs/howto/word-a-report.md.
"""
