"""All weighing passes, read from the telemetry store, in the look and with the manners of a ledger.

`columns` and `conditions` declare what a list shows and by what it is narrowed (`kinds` of condition); `question` reads
an address into SQL under the asker's scope; `views` draw the list, `strip` the hours, `record` a pass, `sheets` files.
"""
