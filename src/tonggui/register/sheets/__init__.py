"""Sheets (.xlsx) of a ledger: its template, what is read from one, what comes of it, and what is written out."""
