"""The REST API of every ledger, generated from its declaration; see `/api/docs`.

schemas.py    shapes of a ledger's records, in and out
routes.py     the operations of one ledger
service.py    the API itself: tokens, errors, the list of ledgers
"""
