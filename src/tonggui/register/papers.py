"""Papers: official forms that a record fills (整改通知书, 责令停止违法行为通知书), as they are declared.

A ledger says the words; the .docx is written by the layer that knows how an official document looks.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """One form of a ledger: `Paper("责令限期整改通知书", number="notice_no", to="enterprise", text=NOTICE)`.

    `text`: its paragraphs, an empty line between two, with `{field}` for what the record says, `{enterprise.phone}` for
    what a linked record says, and `{today}`. A paragraph in `【】` is left out when one of its fields is empty. A line
    `- a | b` is one row of a table. `number`: the field that holds the paper's number. `to`: the field named as
    addressee. `states`: states in which it may be printed, separated by spaces; empty: in every one. `copies`: who
    keeps one (存根), said at its foot. `signs`: who signs below it, separated by spaces ("检查人员 被检查单位").
    """

    title: str
    text: str
    number: str = ""
    to: str = ""
    states: str = ""
    copies: str = ""
    signs: str = ""

    @property
    def state_names(self) -> list[str]:
        return self.states.split()
