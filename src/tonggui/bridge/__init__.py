"""Where the two planes meet: the fleet goes out to the stream, alarms and doubted passes come in as ledger records."""
