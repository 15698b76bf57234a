"""A pass of a hundred tonnes and more opens its tracing on the same day, with the points that the vehicle passed."""

from collections import defaultdict
from datetime import timedelta

from clickhouse_connect.driver.client import Client

from tonggui.base import clock
from tonggui.base.clock import CHINA
from tonggui.base.site import Site
from tonggui.bridge.pass_told import aware
from tonggui.bridge.yards import span
from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.ledgers.overload.hundred_tonne import HundredTonne
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.register.actor import Actor, acting
from tonggui.statutes.overloading.counted_acts import HUNDRED_TONNES
from tonggui.statutes.overloading.yards import HUNDRED_TONNE_HOURS

WRITER = Actor.system("百吨王倒查立项")
#: Older passes come from an import of the past, not from the road.
DAYS_BACK = 30
PASSED = """
SELECT plate, site, time, gross_kg FROM passes FINAL
WHERE time >= {first:DateTime64(6, 'UTC')} AND time <= {last:DateTime64(6, 'UTC')} AND plate IN {plates:Array(String)}
ORDER BY time
"""


def open_tracings(site: Site, client: Client) -> int:
    """Open a tracing for each pass that is heavy enough and has none; how many were opened."""
    today = clock.today()
    heavy = DoubtedPass.objects.visible_to(WRITER).filter(
        gross_kg__gte=int(HUNDRED_TONNES.on(today)), passed_on__gte=today - timedelta(days=DAYS_BACK)
    )
    traced = HundredTonne.objects.visible_to(WRITER).values("doubted_pass")
    found = list(heavy.exclude(state="rejected").exclude(pk__in=traced).select_related("point", "yard"))
    if not found:
        return 0
    words = _passed(client, found)
    with acting(WRITER):
        HundredTonne.objects.bulk_create([_tracing(one, words.get(one.pk, "")) for one in found])
    return len(found)


def _tracing(found: DoubtedPass, points_passed: str) -> HundredTonne:
    return HundredTonne(
        doubted_pass=found,
        unit=found.unit,
        is_example=found.is_example,
        plate=found.plate,
        passed_at=found.passed_at,
        point=found.point,
        gross_kg=found.gross_kg,
        ordered_on=clock.today(),
        points_passed=points_passed,
        source_trace=found.source_trace,
        yard=found.yard,
    )


def _passed(client: Client, found: list[DoubtedPass]) -> dict[int, str]:
    """For each pass the points at which its plate was weighed in the hours around it, a line each."""
    hours = timedelta(hours=int(HUNDRED_TONNE_HOURS.on(clock.today())))
    plates = sorted({one.plate for one in found if one.plate})
    if not plates:
        return {}
    moments = [one.passed_at for one in found]
    asked = span(min(moments) - hours, max(moments) + hours) | {"plates": plates}
    seen = defaultdict(list)
    for plate, site, at, gross in client.query(PASSED, parameters=asked).result_rows:
        seen[plate].append((aware(at), site, gross))
    points = WeighingPoint.objects.visible_to(WRITER)
    names = dict(points.values_list("code", "name"))
    return {
        one.pk: "\n".join(
            f"{at.astimezone(CHINA):%m-%d %H:%M} {names.get(site, site)} {gross / 1000:.1f} t"
            for at, site, gross in seen[one.plate]
            if abs(at - one.passed_at) <= hours
        )
        for one in found
    }
