"""Every indicator by its domain: rows in, value out. What holds for all of them stands in test_promises.py."""
