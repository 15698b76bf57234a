"""The review desk: one doubted pass after another, decided by keys."""
