"""Pages of every ledger: one set of views and templates that reads a ledger's declaration.

address.py      what a list page's address says, and the addresses it links to
access.py       who asks, and what of a ledger they may see or do
listing.py      the list: query bar, facets, table, totals, side panel
record.py       one record: fields, time line, links, moves, as of a date
editing.py      the form of a new or changed record, with drafts
moving.py       a workflow move or a correction, with its opinion and refusals
approving.py    hand over, assign, ask for opinions, copy, urge, recall; one decision on many records
importing.py    template, check by cell, correct, confirm, result
printing.py     print list, print cards, export
attaching.py    attachments up and down, comments
working.py      long work of the person: imports and exports, how far each is, what came of it
mapping.py      the ledger as a map layer (GeoJSON)
accounts.py     own password, own tokens
"""
