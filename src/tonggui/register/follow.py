"""What follows from a record: a new one in another ledger that already knows what this one knows."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class FollowUp:
    """A button on a record's page: `FollowUp("safety.hazard", "登记隐患", {"inspection": "self", "domain": "domain"})`.

    `carries`: fields of the new record and the field of this one that fills each; "self" is the record itself.
    `states`: states in which the button stands, separated by spaces; empty: in every one that is not void.
    """

    ledger: str
    label: str
    carries: dict[str, str] = field(default_factory=dict)
    states: str = ""

    @property
    def state_names(self) -> list[str]:
        return self.states.split()
