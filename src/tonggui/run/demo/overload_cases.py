"""Overload cases of the demo county: one for many of the accepted passes, each as far on its way as its days allow."""

from datetime import date
from decimal import Decimal

from tonggui.ledgers.enforcement.officer import Officer
from tonggui.ledgers.overload.case import Case, Found
from tonggui.ledgers.overload.case_checks import second_record
from tonggui.ledgers.overload.case_from_pass import case_from_pass
from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.ledgers.overload.yard import Yard
from tonggui.register.actor import Actor
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import person
from tonggui.run.demo.overload import Accepted
from tonggui.statutes.enforcement import earliest_decision


def make_cases(diary: Diary, accepted: list[Accepted], officers: list[Officer], yards: list[Yard], today: date) -> None:
    """A case for rather more than half of the accepted passes; those of one act have one."""
    for found, officer, accepted_on in accepted:
        if diary.chance(0.45) or accepted_on >= today:
            continue
        case = _case(diary, found, accepted_on, yards)
        if second_record(case) is None:
            case = diary.write(case, officer, accepted_on)
            _Story(diary, case, officer, officers, today).tell()


def _case(diary: Diary, found: DoubtedPass, accepted_on: date, yards: list[Yard]) -> Case:
    case = case_from_pass(found)
    case.received_on, case.yard = accepted_on, diary.one_of([None, *yards])
    case.driver_name = person(diary.random)
    case.source = case.yard.name if case.yard else ""
    if diary.chance(0.4):
        case.found_by, case.must_unload = Found.ROADSIDE, True
    return case


class _Story:
    """One case step after step, each on its day, until the days of the county are over."""

    def __init__(self, diary: Diary, case: Case, officer: Actor, officers: list[Officer], today: date):
        self.diary, self.case, self.officer, self.officers, self.today = diary, case, officer, officers, today
        self.day = case.received_on

    def tell(self) -> None:
        head, other = self.diary.who("director"), self.diary.who("overload_officer", but=self.officer)
        one, two = (officer.number for officer in self.officers[:2])
        steps = [
            (1, 4, "open_case", head, {"filed_on": 0, "lead_officer": one, "second_officer": two}),
            (0, 9, "notice", self.officer, {"noticed_on": 0, "noticed_fine": str(self.case.lawful_fine)}),
            (1, 30, "decide", head, {"fine": str(self.case.lawful_fine), "decided_on": 0}),
            (0, 6, "serve", self.officer, {"served_on": 0, "served_how": "direct", "published_on": 0}),
            (1, 15, "close", other, {"closed_on": 0, **self._paid(), **self._unloaded()}),
            (1, 8, "copy", self.officer, {"copied_on": 0}),
            (5, 25, "archive", self.officer, {"archived_on": 0}),
        ]
        for soonest, latest, move, who, values in steps:
            if move == "decide":
                self.day = earliest_decision(self.day)
            self.day = after(self.day, self.diary.count(soonest, latest))
            if self.day >= self.today or (move == "close" and self.diary.chance(0.05)):
                return
            self._take(move, who, values)

    def _take(self, move: str, who: Actor, values: dict) -> None:
        said = {name: self.day.isoformat() if value == 0 else value for name, value in values.items()}
        if move == "notice" and Decimal(said["noticed_fine"]) >= 5_000:
            said["hearing_offered"] = True
        self.case = self.diary.take(self.case, move, who, self.day, **said)

    def _paid(self) -> dict:
        return {"paid_on": 0, "fine_paid": str(self.case.lawful_fine)} if self.case.lawful_fine else {}

    def _unloaded(self) -> dict:
        return {}
