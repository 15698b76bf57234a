"""How often roads are patrolled: by each chief as the level asks, by the upkeep staff as the road's grade asks.

Basis: 公路安全保护条例 第四十七条; the periods are local parameters.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.ledgers.roads.road import Grade
from tonggui.register.declare import Every
from tonggui.statutes.roads import CHIEF_PATROL, UPKEEP_PATROL, UPKEEP_PATROL_COUNT


class PatrolKind(TextChoices):
    CHIEF = "chief", "路长巡路"
    UPKEEP = "upkeep", "养护巡查"
    NIGHT = "night", "夜间巡查"
    FLOOD = "flood", "汛期巡查"
    AFTER_RAIN = "after_rain", "雨后特巡"
    WINTER = "winter", "冬季巡查"


#: The periods in force when the ledger is loaded.
TODAY = clock.today()


def chief_duties():
    """Each chief in office walks the road as often as the level asks."""
    for level, period in CHIEF_PATROL.on(TODAY).items():
        chiefs = Q(chief_level=level, state="serving")
        yield Every(period, "路长巡路", on="walked_on", per="chief_on_road", of=chiefs, tell="road_officer")


def upkeep_duties():
    """Each section kept in the maintenance list is patrolled as often as the road's grade asks."""
    for grade, period in UPKEEP_PATROL.on(TODAY).items():
        yield Every(
            period,
            f"{Grade(grade).label}养护巡查",
            on="walked_on",
            where=~Q(kind=PatrolKind.CHIEF),
            count=UPKEEP_PATROL_COUNT.at(TODAY, grade),
            per="section",
            of=Q(listed=True, state="in_use", road__admin_grade=grade),
            tell="road_officer",
            basis="公路安全保护条例第四十七条",
        )
