"""接种统计台账: the counts a unit returns on a day: in scope, vaccinated, contraindicated, deferred, refused, waiting.

The parts add up to the whole or the return is refused: in the half-year reports it was these counts that did not
balance. The figures come from the unit's own register of people and can be set by hand for a unit without one.
"""

from tonggui.base import clock
from tonggui.ledgers.health.worker import Worker
from tonggui.register.declare import (
    Bars,
    Confirming,
    Day,
    Every,
    Integer,
    Ledger,
    Link,
    LongText,
    Number,
    Record,
    Section,
    Sheet,
    Sum,
    column,
    within_unit,
)
from tonggui.statutes.health import TALLY_PERIOD

#: Each part of the whole, and the state of a person that it counts.
PARTS = {
    "vaccinated_people": "vaccinated",
    "contraindicated_people": "contraindicated",
    "put_off_people": "put_off",
    "refusing_people": "refusing",
    "waiting_people": "to_vaccinate",
}


def tally_duties():
    """A return in each period that the plan in force asks for; none where it asks for none."""
    period = TALLY_PERIOD.on(clock.today())
    if period != "none":
        yield Every(period, "接种统计", on="counted_on", confirmed=True, tell=("clerk", "safety_officer"))


class Tally(Record):
    """The state of one unit at the end of one day."""

    number = Number("JZT{year}{seq:05}", year_of="counted_on")
    counted_on = Day("统计日期")
    counted_unit = Link("parties.Unit", "统计单位")
    scope_people = Integer("应统计人数", unit="人", least=0)
    vaccinated_people = Integer("已接种人数", unit="人", least=0, optional=True)
    two_dose_people = Integer("两剂次以上人数", unit="人", least=0, default=0)
    contraindicated_people = Integer("禁忌人数", unit="人", least=0, optional=True)
    put_off_people = Integer("暂缓人数", unit="人", least=0, optional=True)
    refusing_people = Integer("未同意人数", unit="人", least=0, optional=True)
    waiting_people = Integer("待接种人数", unit="人", least=0, optional=True)
    tally_note = LongText("统计说明", optional=True, hint="与上期相差较大的原因")

    def registered(self, part):
        """How many people of the unit stand in the part's state in the register now."""
        return Worker._base_manager.filter(unit=self.counted_unit_id, state=PARTS[part]).count()

    def part(self, name):
        """A part of the whole as it was returned, or as the register has it."""
        value = getattr(self, name)
        return self.registered(name) if value is None else value

    def prepare(self):
        """Parts that nobody returned come from the register."""
        for name in PARTS:
            setattr(self, name, self.part(name))

    @column("接种率", unit="%")
    def vaccinated_rate(self):
        """Vaccinated of all in scope, in percent to one decimal; None where nobody is."""
        return round(100 * self.vaccinated_people / self.scope_people, 1) if self.scope_people else None

    class Flow(Confirming, enters=("clerk", "safety_officer"), checks=("safety_officer", "director")):
        pass

    class Page(Ledger):
        title = "接种统计"
        columns = (
            "number counted_on counted_unit scope_people vaccinated_people contraindicated_people put_off_people "
            "refusing_people vaccinated_rate state"
        )
        filters = "counted_on counted_unit state"
        search = "number counted_unit__name"
        form = [
            Section("统计", "counted_on counted_unit scope_people"),
            Section(
                "其中",
                "vaccinated_people two_dose_people contraindicated_people put_off_people refusing_people "
                "waiting_people tally_note",
            ),
        ]
        read = {"county": within_unit}
        write = {"clerk": within_unit, "safety_officer": within_unit}
        imports = Sheet(
            "接种统计导入模板",
            key="counted_unit counted_on",
            columns=(
                "scope_people vaccinated_people two_dose_people contraindicated_people put_off_people refusing_people "
                "waiting_people"
            ),
        )
        exports = (
            "number counted_on counted_unit scope_people vaccinated_people two_dose_people contraindicated_people "
            "put_off_people refusing_people waiting_people vaccinated_rate state"
        )
        sort = "-counted_on"
        duties = tuple(tally_duties())
        pictures = (Bars("各单位应统计人数", by="counted_unit", of="scope_people"),)
        example = dict(
            counted_on="2026-05-29",
            counted_unit=None,
            scope_people=42,
            vaccinated_people=38,
            two_dose_people=35,
            contraindicated_people=2,
            put_off_people=1,
            refusing_people=0,
            waiting_people=1,
        )

    class Measures:
        scope = Sum("scope_people", "接种统计人数", on="counted_on")
        vaccinated = Sum("vaccinated_people", "已接种", on="counted_on")
        contraindicated = Sum("contraindicated_people", "接种禁忌", on="counted_on")
        put_off = Sum("put_off_people", "暂缓接种", on="counted_on")

    def faults(self):
        """The whole is the sum of its parts; two doses are part of the vaccinated; one return a unit and day."""
        parts = sum(self.part(name) for name in PARTS)
        if parts != self.scope_people:
            yield "scope_people", f"各项合计 {parts} 人，与应统计的 {self.scope_people} 人不平。"
        if self.two_dose_people > self.part("vaccinated_people"):
            yield "two_dose_people", "“两剂次以上人数”多于已接种人数。"

    def __str__(self):
        return f"{self.counted_on} {self.counted_unit.name}"
