"""The phone pages: one shell that works without signal, what it keeps on the phone, and what it hands in."""
