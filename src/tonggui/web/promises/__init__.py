"""What the ledgers promise about time, as pages: days that draw near, duties that come round, the bureau's values."""
