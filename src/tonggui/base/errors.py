"""Errors that a person can act on: what is wrong, where, and what to do, in the reader's words.

Whoever meets bad input raises a `Problem`; whoever shows it prints it as it is. Messages are Simplified Chinese, for
example: 第 12 行“发现日期”不是日期：2026-13-01。请写成 2026-12-01 这样的形式。
"""

from typing import Any


class Problem(ValueError):
    """Something wrong in what we were given; `str()` is a full sentence for the reader.

    `where` names the place (a line, a field, a record), `what` the fault, `do` the way out. Full stops are added here.
    """

    def __init__(self, what: str, *, where: str = "", do: str = "") -> None:
        self.what, self.where, self.do = what, where, do
        super().__init__(what)

    def __str__(self) -> str:
        fault = _sentence(f"{self.where}{self.what}")
        return fault + (_sentence(self.do) if self.do else "")

    def at(self, where: str) -> "Problem":
        """The same problem seen from further out: `where` goes before the place already known."""
        return Problem(self.what, where=f"{where}{self.where}", do=self.do)

    def as_json(self) -> dict[str, Any]:
        """For machines: the sentence, and its parts where they are known."""
        parts = {"error": str(self), "where": self.where, "do": self.do}
        return {key: value for key, value in parts.items() if value}


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"
