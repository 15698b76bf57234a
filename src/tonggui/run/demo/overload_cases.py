"""Overload cases of the demo county: one for many of the accepted passes, each as far on its way as its days allow.

What stands around a case (notices, arguments, unloading, letters) is written in `overload_steps.py`. Every eighth case
takes a turn of its own: a defence that is partly adopted, instalments, late payment up to the court, a decision that
is quashed, nothing punished.
"""

from datetime import date
from decimal import Decimal

from tonggui.ledgers.enforcement.officer import Officer
from tonggui.ledgers.fleet.driver import Driver
from tonggui.ledgers.overload.case import Case, Found
from tonggui.ledgers.overload.case_checks import second_record
from tonggui.ledgers.overload.case_from_pass import case_from_pass
from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.ledgers.overload.yard import Yard
from tonggui.register.actor import Actor
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import person
from tonggui.run.demo.overload import Accepted
from tonggui.run.demo.overload_steps import argue, copy_out, hold_truck, remind, tell_owner, tell_police, unload
from tonggui.statutes.enforcement import REMINDER, SPOT_FINE, earliest_decision

#: Turns that a case may take, by its place in the row of cases.
DEFENCE, INSTALMENTS, LATE, COURT, QUASHED, DROPPED, SILENT, HELD = range(8)
#: After how many days the case of an owner that never answered is filed on the record alone.
UNANSWERED = 66
#: How many days ago the trucks of the last weeks were stopped.
LATELY = (1, 2, 3, 6, 9, 13, 17, 22, 27, 33, 40, 48, 57, 66)


def make_cases(
    diary: Diary,
    accepted: list[Accepted],
    officers: list[Officer],
    yards: list[Yard],
    station: WeighingPoint,
    today: date,
) -> None:
    """A case for every third of the accepted passes; those of one act have one."""
    number = 0
    for found, officer, accepted_on in accepted:
        if diary.chance(0.7) or accepted_on >= today:
            continue
        case = _case(diary, found, accepted_on, yards)
        if second_record(case) is None:
            number += 1
            case = diary.write(case, officer, accepted_on)
            Story(diary, case, officer, officers, station, today, number % 16).tell()
    trucks = [found for found, _, _ in accepted if found.vehicle]
    for number, days in enumerate(LATELY, DROPPED + 2):
        found, officer = diary.one_of(trucks), diary.who("overload_officer")
        case = diary.write(_stopped(diary, found, after(today, -days), yards), officer, after(today, -days))
        Story(diary, case, officer, officers, station, today, number).tell()


def _stopped(diary: Diary, found: DoubtedPass, day: date, yards: list[Yard]) -> Case:
    """A truck like one of the half-year, stopped on the road on a day of the last weeks."""
    case = _case(diary, found, day, yards)
    case.doubted_pass, case.found_by, case.must_unload = None, Found.ROADSIDE, True
    case.happened_on, case.acted_at = day, diary.moment(day)
    case.gross_kg = case.limit_kg + diary.count(20, 90) * 100
    return case


def _case(diary: Diary, found: DoubtedPass, accepted_on: date, yards: list[Yard]) -> Case:
    case = case_from_pass(found)
    case.received_on, case.yard = accepted_on, found.yard or diary.one_of([None, *yards])
    firm = case.enterprise
    case.driver = firm and Driver._base_manager.filter(enterprise=firm).order_by("pk").first()
    case.driver_name = case.driver.name if case.driver else person(diary.random)
    case.source = case.yard.name if case.yard else ""
    if diary.chance(0.4):
        case.found_by, case.must_unload = Found.ROADSIDE, True
    return case


class Story:
    """One case step after step, each on its day, until the days of the county are over."""

    def __init__(
        self,
        diary: Diary,
        case: Case,
        officer: Actor,
        officers: list[Officer],
        station: WeighingPoint,
        today: date,
        turn: int,
    ):
        self.diary, self.case, self.officer, self.officers = diary, case, officer, officers
        self.station, self.today, self.turn = station, today, turn
        self.day, self.fine = case.received_on, case.lawful_fine
        self.head, self.other = diary.who("director"), diary.who("overload_officer", but=officer)

    def tell(self) -> None:
        """From the notice to the archive, or as far as its turn goes."""
        if self.case.found_by == Found.OFF_SITE:
            silent = self.turn == SILENT
            tell_owner(self.diary, self.case, self.officer, self.today, silent)
            self.case.refresh_from_db()
            if silent:
                remind(self.diary, self.case, self.officer, self.today)
                self.day = after(self.case.received_on, UNANSWERED)
        elif self._punished_on_spot():
            return
        for step in (
            self._filed,
            self._noticed,
            self._decided,
            self._served,
            self._closed,
            self._copied,
            self._archived,
        ):
            if not step():
                return

    def _later(self, soonest: int, latest: int) -> bool:
        """The day of the next step; False once that would be after the county's last."""
        self.day = after(self.day, self.diary.count(soonest, latest))
        return self.day < self.today

    def _take(self, move: str, who: Actor, comment: str = "", **values: object) -> bool:
        said = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
        self.case = self.diary.take(self.case, move, who, self.day, comment, **said)
        return True

    def _who_filed(self) -> dict:
        one, two = (officer.number for officer in self.officers[:2])
        return {"filed_on": self.day, "lead_officer": one, "second_officer": two}

    def _punished_on_spot(self) -> bool:
        """A small excess on the road is decided there, where the fine allows."""
        if self.fine > SPOT_FINE.at(self.day, self.case.party_kind) or self.turn % 2:
            return False
        unload(self.diary, self.case, self.officer, self.officers, self.station, self.today)
        decided = {
            "fine": str(self.fine),
            "spoken": "对事实和处罚没有异议（示例）",
            "decided_on": self.day,
            "served_on": self.day,
        }
        self._take("punish_on_spot", self.officer, **self._who_filed(), **decided)
        if self._later(1, 5):
            paid = {"fine_paid": str(self.fine), "paid_on": self.day} if self.fine else {}
            self._take("close", self.other, spot_copied_on=self.day, published_on=self.day, closed_on=self.day, **paid)
            self._copied() and self._archived()
        return True

    def _filed(self) -> bool:
        if not self._later(1, 4):
            return False
        self._take("open_case", self.head, **self._who_filed())
        if self.case.must_unload:
            unload(self.diary, self.case, self.officer, self.officers, self.station, self.today)
            self.case.refresh_from_db()
        if self.turn == HELD:
            hold_truck(self.diary, self.case, self.officer, self.head, self.day)
            tell_police(self.diary, self.case, self.officer, self.day)
        return True

    def _noticed(self) -> bool:
        if not self._later(0, 9):
            return False
        if self.turn == DROPPED:
            return self._take("drop", self.head, "车辆持有效通行证，经核实不予处罚（示例）") and False
        offered = self.fine >= Decimal(5_000)
        return self._take(
            "notice", self.officer, noticed_on=self.day, noticed_fine=str(self.fine), hearing_offered=offered
        )

    def _decided(self) -> bool:
        reason = ""
        if self.turn == DEFENCE and self.fine >= 1_000:
            argue(self.diary, self.case, self.officer, self.day)
            self.fine, reason = self.fine - 500, "部分采纳申辩，按扣除误差后的质量计算（示例）"
        self.day = earliest_decision(self.day)
        if not self._later(1, 30):
            return False
        decided = {"fine": str(self.fine), "decided_on": self.day, "reduction_reason": reason}
        return self._take("decide", self.head, **decided)

    def _served(self) -> bool:
        if not self._later(0, 6):
            return False
        return self._take("serve", self.officer, served_on=self.day, served_how="direct", published_on=self.day)

    def _closed(self) -> bool:
        if self.turn == QUASHED and self._later(3, 9):
            quashed = {"quashed_on": self.day, "withdrawn_on": self.day}
            return self._take("quash", self.head, "复议机关撤销（示例）", **quashed) and False
        if self.turn in (LATE, COURT) and self.fine:
            return self._unpaid()
        if self.turn == INSTALMENTS and self.fine:
            plan = {"pay_by": after(self.day, 45), "instalments": "分两期缴纳，每期一半（示例）"}
            self._take("defer", self.head, "当事人经济困难（示例）", **plan)
        return self._later(1, 15) and self._paid()

    def _unpaid(self) -> bool:
        """Reminded after the day for payment; then paid with what lateness costs, or taken to the court."""
        self.day = after(self.case.pay_by, 3)
        if self.day >= self.today:
            return False
        self._take("remind", self.officer, reminded_on=self.day)
        if self.turn == LATE:
            return self._later(2, 6) and self._paid()
        self.day = after(REMINDER.due(self.day), 2)
        return self.day < self.today and self._take("apply", self.officer, enforcement_asked_on=self.day) and False

    def _paid(self) -> bool:
        paid = {"paid_on": self.day, "fine_paid": str(self.fine)} if self.fine else {}
        return self._take("close", self.other, closed_on=self.day, **paid)

    def _copied(self) -> bool:
        if not self._later(1, 8):
            return False
        copy_out(self.diary, self.case, self.officer, self.day, self.today)
        self.case.refresh_from_db()
        return True

    def _archived(self) -> bool:
        return self._later(5, 25) and self._take("archive", self.officer, archived_on=self.day)
