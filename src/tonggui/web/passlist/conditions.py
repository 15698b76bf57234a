"""By what a list of passes is narrowed: every condition once, in the order of the query bar."""

from tonggui.base.codes import PlateColor
from tonggui.statutes.overloading import statistics
from tonggui.web.passlist.kinds import Choice, Condition, Holds, OneOf, Range, Span
from tonggui.web.passlist.scope import PassScope


def _bands() -> dict[str, tuple[str, float, float | None]]:
    """Bands of the over-limit rate by their code: words, above which rate, and up to which."""
    found: dict[str, tuple[str, float, float | None]] = {}
    for least, most in zip(statistics.BANDS, (*statistics.BANDS[1:], None), strict=True):
        low, high = f"{least:.0%}"[:-1], f"{most or 0:.0%}"[:-1]
        if most is None:
            found[f"{low}+"] = (f"{low}% 以上", least, None)
        else:
            found[f"{low}-{high}"] = (f"{low}%–{high}%" if least else f"{high}% 及以下", least, most)
    return found


BANDS = _bands()
_STEPS = ", ".join(f"rate <= {high}, {place}" for place, (_, _, high) in enumerate(BANDS.values(), 1) if high)


def _points(scope: PassScope) -> list[tuple[str, str]]:
    return [(code, scope.name(code)) for code in scope.points]


def _hours(scope: PassScope) -> list[tuple[str, str]]:
    return [(str(hour), f"{hour} 时") for hour in range(24)]


def _colors(scope: PassScope) -> list[tuple[str, str]]:
    return [(color.label, color.label) for color in PlateColor]


CONDITIONS: tuple[Condition, ...] = (
    Span(name="passed_at", label="过车时间", column="time"),
    OneOf(name="point", label="检测点", column="site", known=_points, facet="site"),
    Choice(
        name="over",
        label="是否超限",
        words={"true": "超限", "false": "未超限"},
        pieces={"true": "excess_kg > 0", "false": "excess_kg <= 0"},
    ),
    Choice(
        name="band",
        label="超限幅度",
        words={code: words for code, (words, _, _) in BANDS.items()},
        pieces={
            code: f"(rate > {low}{f' AND rate <= {high}' if high else ''})" for code, (_, low, high) in BANDS.items()
        },
        facet=f"multiIf(rate <= 0, 0, {_STEPS}, {len(BANDS)})",
    ),
    Choice(
        name="axles",
        label="轴数",
        words={**{str(n): f"{n} 轴" for n in range(2, 7)}, "7+": "7 轴及以上"},
        pieces={**{str(n): f"axles = {n}" for n in range(2, 7)}, "7+": "axles >= 7"},
        facet="least(axles, 7) - 1",
    ),
    Holds(name="axle_groups", label="轴型", sql="axle_groups = %(axle_groups)s"),
    Holds(name="lane", label="车道", sql="upper(lane) = %(lane)s"),
    Choice(
        name="doubt",
        label="存疑",
        words={"true": "有存疑", "false": "无存疑"},
        pieces={"true": "doubt != ''", "false": "doubt = ''"},
    ),
    Choice(
        name="calibrated",
        label="检定有效",
        words={"true": "是", "false": "否"},
        pieces={"true": "usable", "false": "NOT usable"},
    ),
    Choice(
        name="media",
        label="照片与视频",
        words={"true": "有", "false": "无"},
        pieces={"true": "media NOT IN ('', '[]')", "false": "media IN ('', '[]')"},
    ),
    OneOf(name="hour", label="时段", column="toString(toHour(time, 'Asia/Shanghai'))", known=_hours),
    OneOf(name="plate_color", label="号牌颜色", column="plate_color", known=_colors),
    Choice(
        name="plate_read",
        label="号牌识别",
        words={"true": "已识别", "false": "未识别"},
        pieces={"true": "plate != ''", "false": "plate = ''"},
    ),
    Holds(name="plate", label="号牌号码", sql="position(plate, %(plate)s) > 0", early=True),
    Range(name="gross_kg", label="车货总质量", column="gross_kg", unit="kg"),
    Range(name="speed_kmh", label="车速", column="speed_kmh", unit="km/h"),
)
SPAN = CONDITIONS[0]
