"""What the register says when it cannot do what it was asked.

`Refused` and `Invalid` carry words for the person at the screen (Chinese, with what to do next); the others are
mistakes of a programmer or of a declaration and speak English.
"""


class Refused(Exception):
    """A person asked for something the rules do not allow now; the text says why and what to do."""


class Invalid(Exception):
    """A value does not fit its kind; the words follow the name of the field: “发现日期”不是日期：…"""


class Conflict(Refused):
    """Somebody else changed the record since it was read."""


class Missing(Refused):
    """The record does not exist, or is not one this person may see: both read the same from outside."""


class InvalidValues(Refused):
    """Several fields do not fit: `errors` maps the name of each field to its sentence."""

    def __init__(self, errors: dict[str, str]):
        super().__init__("".join(errors.values()))
        self.errors = errors


class ScopeMissing(RuntimeError):
    """A query over a ledger was about to run without saying for whom."""


class ActorMissing(RuntimeError):
    """A record was about to be written without saying by whom."""


class DeclarationError(Exception):
    """A ledger's file names something that is not there; the text starts with the file and quotes its words."""
