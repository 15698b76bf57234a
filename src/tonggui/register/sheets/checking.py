"""What a sheet would do to its ledger: each row parsed, matched with what is there, and every fault named by its cell.

Checking writes nothing. It runs when a sheet arrives, after each correction, and once more inside the transaction that
writes it. A sheet is checked a thousand rows at a time; their links and the records that they mean are found in a few
queries each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tonggui.register.actor import Actor
from tonggui.register.errors import Invalid
from tonggui.register.kinds import Link, Reading
from tonggui.register.sheets.layout import required
from tonggui.register.sheets.progress import Silent

CHUNK = 1000
NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: in the row of the sheet, at a field ("" for the row, or the sheet, as a whole)."""

    row: int
    field: str
    text: str

    def as_json(self) -> dict[str, Any]:
        return {"row": self.row, "field": self.field, "text": self.text}


@dataclass
class Line:
    """One row of the sheet: the record it makes or changes, and what it changes in words."""

    row: int
    status: str
    record: Any = None
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def number(self) -> str:
        return self.record.number if self.record is not None else ""


@dataclass
class Outcome:
    """What the whole sheet would do."""

    lines: list[Line]
    faults: list[Fault]
    needs_reason: bool = False

    def count(self, status: str) -> int:
        return sum(line.status == status for line in self.lines)


class Checker:
    """Checks the rows of one sheet for one actor."""

    def __init__(self, bound: Any, actor: Actor):
        self.ledger, self.actor = bound, actor
        self.reading = Reading(actor)
        self.keys = [key for key in bound.sheet.keys if key != "number"]

    def check(self, rows: list[dict[str, Any]], progress: Silent | None = None) -> Outcome:
        """`rows` are `{"row": 12, "values": {field: raw}, "formulas": [field], "version": 3}`."""
        lines: list[Line] = []
        seen: dict[Any, int] = {}
        for chunk in _chunks(rows, CHUNK):
            lines += self._check_chunk(chunk, seen)
            if progress:
                progress.tell("check", len(lines), len(rows))
        confirmed = self.ledger.flow.confirmed
        needs_reason = any(line.status == CHANGED and line.record.state in confirmed for line in lines)
        return Outcome(lines, [fault for line in lines for fault in line.faults], needs_reason)

    def _check_chunk(self, rows: list[dict[str, Any]], seen: dict[Any, int]) -> list[Line]:
        """Lines of some rows; `seen` holds the row of every number, key and record met so far."""
        self._look_up_links(rows)
        parsed = [self._parse(row) for row in rows]
        there = Existing(self.ledger, self.keys, [values for values, _ in parsed])
        lines = []
        for row, (values, faults) in zip(rows, parsed, strict=True):
            line = self._line(row, values, faults, there)
            self._refuse_twice(line, values, seen)
            lines.append(line)
        return lines

    def _look_up_links(self, rows: list[dict[str, Any]]) -> None:
        """All links of the rows in a few queries instead of one each; the reading remembers them for the next rows."""
        for name in {name for row in rows for name in row["values"]}:
            kind = self.ledger.kinds[name]
            if isinstance(kind, Link):
                kind.look_up({row["values"].get(name) for row in rows}, self.reading)

    def _parse(self, row: dict[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
        values, faults = {}, []
        for name in row.get("formulas", ()):
            faults.append(self._fault(row, name, "是公式。请复制这一列，再“选择性粘贴”为数值。"))
        for name, raw in row["values"].items():
            kind = self.ledger.kinds[name]
            if name in row.get("formulas", ()) or (raw is None and (name in self._derived or kind.preset is not None)):
                continue
            try:
                values[name] = kind.parse(raw, self.reading)
            except Invalid as problem:
                faults.append(self._fault(row, name, str(problem)))
        return values, faults

    @property
    def _derived(self) -> set[str]:
        return {derivation.target for derivation in self.ledger.derivations}

    def _fault(self, row: dict[str, Any], name: str, words: str) -> Fault:
        label = f"“{self.ledger.kinds[name].label}”" if name else ""
        return Fault(row["row"], name, f"第 {row['row']} 行{label}{words}")

    def _line(self, row: dict[str, Any], values: dict[str, Any], faults: list[Fault], there: "Existing") -> Line:
        number = values.get("number") or ""
        record = there.by_number.get(number) if number else there.by_key.get(there.key_of(values))
        if record is None and number and not self.ledger.kinds["number"].split(number):
            faults.append(self._fault(row, "number", f"不在{self.ledger.title}里：{number}。新增的行请把编号留空。"))
        found = self._new(row, values, faults) if record is None else self._update(row, record, values, faults)
        if not found.faults and found.status in (NEW, CHANGED):
            rules = getattr(found.record, "faults", tuple)
            found.faults += [Fault(row["row"], name, f"第 {row['row']} 行{words}") for name, words in rules()]
        if found.faults:
            found.status = WRONG
        return found

    def _new(self, row: dict[str, Any], values: dict[str, Any], faults: list[Fault]) -> Line:
        named = {fault.field for fault in faults}
        for name in required(self.ledger):
            if values.get(name) is None and name not in named:
                faults.append(self._fault(row, name, "没有填写。"))
        record = self.ledger.model(**{name: value for name, value in values.items() if value is not None})
        if not faults:
            record.unit = record.unit or self.ledger.unit_for(record, self.actor)
            if not self.ledger.write.allows(self.actor, record):
                faults.append(self._fault(row, "", "的单位或企业不在您的权限范围内，不能导入。"))
        return Line(row["row"], NEW, record, {}, faults)

    def _update(self, row: dict[str, Any], record: Any, values: dict[str, Any], faults: list[Fault]) -> Line:
        if not self.ledger.read.allows(self.actor, record):
            faults.append(self._fault(row, "", "与台账中已有的一行相同，但那一行不在您的权限范围内。"))
            return Line(row["row"], WRONG, None, {}, faults)
        # Asked of the row as it stands: a sheet must not make a row the sender's own and then change it.
        refusal = self.ledger.change_refusal(record, self.actor)
        changes = {}
        for name, value in values.items():
            kind = self.ledger.kinds[name]
            before = kind.value_of(record)
            if name != "number" and kind.dump(before) != kind.dump(value):
                changes[name] = (kind.show(before), kind.show(value))
                kind.set_on(record, value)
        if changes and refusal:
            faults.append(self._fault(row, "", f"不能修改 {record.number}：{refusal}"))
        elif changes and not self.ledger.write.allows(self.actor, record):
            faults.append(self._fault(row, "", f"改后 {record.number} 的单位或企业不在您的权限范围内。"))
        if changes and row.get("version") and row["version"] != record.version:
            faults.append(self._fault(row, "", f"的 {record.number} 在导出以后被人改过。请重新导出后再改。"))
        return Line(row["row"], CHANGED if changes else SAME, record, changes, faults)

    def _refuse_twice(self, line: Line, values: dict[str, Any], seen: dict[Any, int]) -> None:
        keys = [("number", values["number"])] if values.get("number") else []
        if self.keys and all(values.get(key) is not None for key in self.keys):
            keys.append(("key", tuple(self.ledger.kinds[key].dump(values[key]) for key in self.keys)))
        if line.record is not None and line.record.pk:
            keys.append(("record", line.record.pk))
        for key in keys:
            if key in seen:
                line.status = WRONG
                line.faults.append(Fault(line.row, "", f"第 {line.row} 行与第 {seen[key]} 行是同一条，请只留一行。"))
                return
            seen[key] = line.row


class Existing:
    """Records of the ledger that rows of a sheet may mean, by number and by key, found in few queries."""

    CHUNK = 500

    def __init__(self, bound: Any, keys: list[str], rows: list[dict[str, Any]]):
        self.ledger, self.keys = bound, keys
        numbers = {row["number"] for row in rows if row.get("number")}
        self.by_number = {record.number: record for record in self._found("number", numbers)}
        self.by_key: dict[Any, Any] = defaultdict(lambda: None)
        if keys:
            kind = bound.kinds[keys[0]]
            first = {kind.dump(row[keys[0]]): row[keys[0]] for row in rows if row.get(keys[0]) is not None}
            for record in self._found(keys[0], first.values()):
                self.by_key[tuple(bound.kinds[key].snapshot(record) for key in keys)] = record

    def key_of(self, values: dict[str, Any]) -> Any:
        if not self.keys or any(values.get(key) is None for key in self.keys):
            return None
        return tuple(self.ledger.kinds[key].dump(values[key]) for key in self.keys)

    def _found(self, field: str, values: Iterable[Any]) -> Iterator[Any]:
        links = [name for name, kind in self.ledger.kinds.items() if isinstance(kind, Link)]
        rows = self.ledger.model._base_manager.select_related(*links)
        for chunk in _chunks(list(values), self.CHUNK):
            yield from rows.filter(**{f"{field}__in": chunk})


def _chunks(values: list[Any], size: int) -> Iterator[list[Any]]:
    return (values[at : at + size] for at in range(0, len(values), size))
