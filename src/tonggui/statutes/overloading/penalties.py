"""治超其他处罚: what else is punished around over-limit transport, by act, with its bounds and its article.

Basis: 公路安全保护条例 articles 63 to 69 (evasion, forcing through, ordering to overload, spilling, altered vehicles),
道路运输条例 articles 68 to 70 (unsecured loads, altered vehicles, freight stations). Provinces set bounds of their own;
those known stand beside the national ones and hold where the bureau has chosen their scheme for the act.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tonggui.base.errors import Problem
from tonggui.law.declare import Act, Article, Parameter
from tonggui.statutes.overloading.fines import SCHEME
from tonggui.statutes.sources import (
    CHECKED,
    HENAN_OVERLOAD,
    HIGHWAY_PROTECTION,
    ROAD_TRANSPORT,
    ZHEJIANG_ROADS,
)

NATIONAL = "national"
SCHEMES: Mapping[str, Act] = {"zhejiang": ZHEJIANG_ROADS, "henan": HENAN_OVERLOAD}
"""The provincial schemes whose bounds are known, beside the national one."""


@dataclass(frozen=True, slots=True)
class Penalty:
    """One act: what it is called, what follows besides a fine, and the bounds of the fine, national and by scheme."""

    code: str
    act: str
    consequence: str
    bounds: Mapping[str, Parameter]

    def fine(self, on: date, scheme: str = NATIONAL) -> tuple[Decimal, Decimal]:
        """Least and most of the fine in yuan on a day; the national bounds where the scheme has none of its own.

        Raises Problem where neither has any.
        """
        least, most = self.parameter(on, scheme).on(on)
        return Decimal(least), Decimal(most)

    def article(self, on: date, scheme: str = NATIONAL) -> Article:
        """Where those bounds stand."""
        return self.parameter(on, scheme).source

    def parameter(self, on: date, scheme: str) -> Parameter:
        """The bounds that hold on a day under a scheme."""
        held = [self.bounds[name] for name in (scheme, NATIONAL) if name in self.bounds]
        found = next((one for one in held if one.in_force(on)), None)
        if found is None:
            raise Problem(f"“{self.act}”在 {on} 没有可用的罚款幅度", do="国家规定没有此项，请核对所选的地方办法和日期")
        return found


def _penalty(
    code: str,
    act: str,
    consequence: str,
    **schemes: tuple[Article, tuple[int, int]],
) -> Penalty:
    """An act with its bounds by scheme; `national` may be missing where only a province punishes it."""
    return Penalty(
        code,
        act,
        consequence,
        {
            scheme: Parameter(
                f"{act}罚款幅度" + (f"（{source.act.title}）" if scheme != NATIONAL else ""),
                unit="元",
                source=source,
                checked=CHECKED,
                values={source.act.since or date.min: bounds},
                note="外省规定，供选用，待核对。" if scheme != NATIONAL else "",
            )
            for scheme, (source, bounds) in schemes.items()
        },
    )


@dataclass(frozen=True, slots=True)
class Bounds:
    """One act as it can be punished on a day: what it is, what follows besides, least and most yuan, the article."""

    act: str
    consequence: str
    least: Decimal
    most: Decimal
    article: Article


def punishable(on: date) -> list[Bounds]:
    """Every act that can be punished on a day, by the scheme the bureau had chosen for its fines by then."""
    scheme = SCHEME.on(on)
    found = []
    for penalty in PENALTIES:
        if any(name in penalty.bounds and penalty.bounds[name].in_force(on) for name in (scheme, NATIONAL)):
            bounds = penalty.fine(on, scheme)
            found.append(Bounds(penalty.act, penalty.consequence, *bounds, penalty.article(on, scheme)))
    return found


PENALTIES = (
    _penalty(
        "forcing",
        "堵塞固定超限检测站点、强行通过或扰乱检测秩序",
        "强制拖离或者扣留车辆",
        national=(HIGHWAY_PROTECTION.article(67, None, 1), (0, 30_000)),
        henan=(HENAN_OVERLOAD.article(27), (10_000, 30_000)),
    ),
    _penalty(
        "evasion",
        "以短途驳载等方式逃避超限检测",
        "强制拖离或者扣留车辆",
        national=(HIGHWAY_PROTECTION.article(67, None, 2), (0, 30_000)),
        henan=(HENAN_OVERLOAD.article(27), (10_000, 10_000)),
        zhejiang=(ZHEJIANG_ROADS.article(56), (0, 5_000)),
    ),
    _penalty(
        "ordering", "指使、强令驾驶人超限运输", "责令改正", national=(HIGHWAY_PROTECTION.article(68), (0, 30_000))
    ),
    _penalty(
        "spilling",
        "车辆装载物触地拖行、掉落、遗洒或者飘散造成路面损坏、污染",
        "责令改正",
        national=(HIGHWAY_PROTECTION.article(69), (0, 5_000)),
    ),
    _penalty(
        "permit_passed_on",
        "租借、转让超限运输车辆通行证",
        "没收通行证",
        national=(HIGHWAY_PROTECTION.article(65), (1_000, 5_000)),
    ),
    _penalty(
        "permit_forged",
        "使用伪造、变造的超限运输车辆通行证",
        "没收通行证",
        national=(HIGHWAY_PROTECTION.article(65), (0, 30_000)),
    ),
    _penalty(
        "maker_altering",
        "生产企业未按许可的车型生产、改装车辆",
        "责令改正，情节严重的吊销资质",
        national=(HIGHWAY_PROTECTION.article(63), (40_000, 200_000)),
    ),
    _penalty(
        "altering", "擅自改装已取得营运证的车辆", "责令改正", national=(ROAD_TRANSPORT.article(69), (5_000, 20_000))
    ),
    _penalty(
        "unsecured",
        "没有采取必要措施防止货物脱落、扬撒",
        "责令改正，情节严重的吊销许可",
        national=(ROAD_TRANSPORT.article(68), (1_000, 3_000)),
    ),
    _penalty(
        "source_release",
        "货运站（源头单位）放行超限超载车辆",
        "责令改正",
        national=(ROAD_TRANSPORT.article(70), (3_000, 30_000)),
        henan=(HENAN_OVERLOAD.article(25), (10_000, 30_000)),
        zhejiang=(ZHEJIANG_ROADS.article(54), (0, 5_000)),
    ),
    _penalty(
        "source_duties",
        "源头单位不履行装载、计量、登记等义务，拒不改正",
        "责令改正",
        henan=(HENAN_OVERLOAD.article(24), (1_000, 5_000)),
    ),
    _penalty(
        "expressway_entry",
        "高速公路经营者放行超限车辆驶入",
        "责令改正",
        zhejiang=(ZHEJIANG_ROADS.article(55), (20_000, 100_000)),
        henan=(HENAN_OVERLOAD.article(28), (2_000, 2_000)),
    ),
)
BY_CODE = {penalty.code: penalty for penalty in PENALTIES}
