"""Indicators by their codes in the catalogue of official figures: what each counts, where, and on what basis."""
