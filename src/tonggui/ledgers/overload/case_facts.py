"""What follows from a weighing in an overload case: its act in words, the law's fine, and who must be told until when.

These stand before the clocks of the procedure in the class of a case, since some clocks run from them.
"""

from tonggui.base.clock import CHINA
from tonggui.base.money import yuan
from tonggui.ledgers.overload.case_kinds import Found
from tonggui.ledgers.penalty.words import PartyKind
from tonggui.register.declare import column, derive
from tonggui.statutes.enforcement import COPYING
from tonggui.statutes.overloading import overload_fine
from tonggui.statutes.overloading.notices import OWNER_TOLD, comes_by

CHARGE = "违法超限运输"


class CaseFacts:
    """Derived values of an overload case, mixed into its record."""

    @derive("plate")
    def derive_charge(self):
        return CHARGE

    @derive("plate")
    def derive_party(self):
        """The firm whose vehicle it is, else who drove."""
        return self.enterprise.name if self.enterprise_id else self.driver_name

    @derive("plate")
    def derive_party_kind(self):
        return PartyKind.ENTITY if self.enterprise_id else PartyKind.PERSON

    @derive("doubted_pass")
    def derive_acted_at(self):
        return self.doubted_pass.passed_at

    @derive("gross_kg", "limit_kg", "happened_on")
    def derive_lawful_fine(self):
        """What Order 62 asks for the excess, by the law of the day of the act."""
        judged = overload_fine(self.happened_on, gross_kg=self.gross_kg, limit_kg=self.limit_kg)
        return yuan(judged["fine_yuan"])

    @derive("gross_kg", "limit_kg", "happened_on", "plate")
    def derive_facts(self):
        """The act as every form says it."""
        at = self.acted_at.astimezone(CHINA) if self.acted_at else None
        when = f"{self.happened_on:%Y年%-m月%-d日}" + (f"{at:%-H时%-M分}" if at else "")
        where = f"在{self.point or self.scene}" if self.point_id or self.scene else ""
        driver = f"{self.driver_name}驾驶的" if self.driver_name else ""
        return (
            f"{when}，{driver}号牌号码为{self.plate}的车辆{where}被查明：车货总质量{self.gross_kg}kg，"
            f"限值{self.limit_kg}kg，超限{self.excess}kg，违法超限运输。"
        )

    @derive("received_on", "found_by")
    def derive_tell_by(self):
        """The owner of a truck recorded without being stopped is told within days of the review."""
        return OWNER_TOLD.due(self.received_on) if self.found_by == Found.OFF_SITE else None

    @derive("told_on")
    def derive_comes_by(self):
        return comes_by(self.told_on)

    @derive("closed_on")
    def derive_copy_by(self):
        return COPYING.due(self.closed_on)

    @property
    def excess(self) -> int:
        """Kilograms above the limit."""
        return max(self.gross_kg - self.limit_kg, 0)

    @column("超限", unit="kg")
    def excess_kg(self):
        return f"{self.excess:,}"
