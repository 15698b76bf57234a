"""桥梁检查台账: one look at one bridge; a periodic one gives the bridge its class.

Basis: JTG/T H21-2011: the score is 0.2 deck + 0.4 upper + 0.4 lower part, and single defects force class 5;
公路安全保护 条例 第四十八条 for inspecting at intervals. A rating takes effect when a second person has checked it.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.ledgers.roads.bridge import Rating
from tonggui.register.actor import acting
from tonggui.register.declare import (
    Amount,
    Choice,
    Confirming,
    Count,
    Day,
    Every,
    Files,
    Flag,
    FollowUp,
    Handheld,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Photos,
    Record,
    Section,
    Sheet,
    Text,
    anyone,
    derive,
)
from tonggui.statutes.roads import BRIDGE_ROUTINE, rate_bridge


class CheckKind(TextChoices):
    ROUTINE = "routine", "经常检查"
    PERIODIC = "periodic", "定期检查"
    SPECIAL = "special", "特殊检查"


SCORES = ("deck_score", "upper_score", "lower_score")


def rate_the_bridge(check, actor):
    """The bridge takes the class of an approved inspection, unless a later one has rated it."""
    bridge = check.bridge
    if not check.rating or (bridge.rated_on and bridge.rated_on > check.visited_on):
        return
    bridge.rating, bridge.rated_on, bridge.next_check_on = check.rating, check.visited_on, None
    with acting(actor, f"{check.number} 审核通过", action="change"):
        bridge.save()


class BridgeCheck(Record):
    """One inspection of one bridge."""

    number = Number("QJ{year}{seq:04}", year_of="visited_on")
    bridge = Link("roads.Bridge", "桥梁")
    kind = Choice(CheckKind, "桥检类型")
    visited_on = Day("检查日期")
    inspectors = Text("检查人员", max_length=120)
    tester = Text("检测单位", optional=True, max_length=60, hint="委托检测的填写单位名称")
    deck_score = Amount("桥面系评分", unit="分", places=1, optional=True, least=0, most=100, total=False)
    upper_score = Amount("上部结构评分", unit="分", places=1, optional=True, least=0, most=100, total=False)
    lower_score = Amount("下部结构评分", unit="分", places=1, optional=True, least=0, most=100, total=False)
    single_control = Flag("有单项控制指标", hint="严重位移、压溃等直接评为五类的病害")
    condition_score = Amount("总体评分", unit="分", places=1, optional=True, total=False)
    rating = Choice(Rating, "技术状况等级", optional=True)
    findings = LongText("检查情况", hint="逐构件写明病害")
    advice = LongText("处置建议", optional=True)
    photos = Photos("病害照片")
    report = Files("检测报告")

    @derive("visited_on", *SCORES, always=True)
    def derive_condition_score(self):
        return self.judged()[0]

    @derive("visited_on", *SCORES, always=True)
    def derive_rating(self):
        return self.judged()[1]

    def judged(self):
        """Score and class by the standard."""
        return rate_bridge(
            self.visited_on, self.deck_score, self.upper_score, self.lower_score, bool(self.single_control)
        )

    class Flow(Confirming, enters=("road_officer", "clerk"), checks=("director", "road_officer")):
        approve = Move(
            Confirming.submitted >> Confirming.confirmed,
            "审核通过",
            by=("director", "road_officer"),
            not_same_as="submit",
            then=rate_the_bridge,
        )

    class Page(Ledger):
        title = "桥梁检查"
        columns = "number visited_on bridge kind inspectors condition_score rating advice state"
        filters = "visited_on bridge kind rating unit state"
        search = "number bridge__name inspectors tester"
        form = [
            Section("检查", "bridge kind visited_on inspectors tester"),
            Section("评分", "deck_score upper_score lower_score single_control"),
            Section("结果", "findings advice photos report"),
        ]
        read = {"county": anyone, "road_chief": anyone}
        write = {"road_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "桥梁检查导入模板",
            columns=(
                "bridge kind visited_on inspectors tester deck_score upper_score lower_score single_control findings "
                "advice"
            ),
        )
        exports = (
            "number bridge kind visited_on inspectors tester deck_score upper_score lower_score single_control "
            "condition_score rating findings advice state"
        )
        sort = "-visited_on"
        unit_from = "bridge"
        duties = (
            Every(
                BRIDGE_ROUTINE.on(clock.today()),
                "桥梁经常检查",
                on="visited_on",
                per="bridge",
                of=~Q(state="ended"),
                tell="road_officer",
                basis="公路安全保护条例第四十八条",
            ),
        )
        follow_ups = (FollowUp("roads.problem", "登记问题", {"bridge": "bridge", "found_on": "visited_on"}),)
        handheld = Handheld(
            "桥梁检查", "bridge kind visited_on inspectors findings photos", nearest="bridge", then="submit"
        )
        example = dict(
            bridge=None,
            kind=CheckKind.PERIODIC,
            visited_on="2026-04-16",
            inspectors="孙示例、李示例",
            deck_score="78.0",
            upper_score="84.5",
            lower_score="81.0",
            findings="2号墩盖梁竖向裂缝三条，最大缝宽0.2毫米",
            advice="封闭裂缝，雨季前疏通泄水孔",
        )

    class Measures:
        checks = Count("桥梁检查", on="visited_on", unit="座次")
        periodic = Count("定期检查桥梁", on="visited_on", where=Q(kind="periodic"), distinct="bridge", unit="座")
        found_dangerous = Count("新评定危桥", on="visited_on", where=Q(rating__in=("4", "5")), unit="座")

    def faults(self):
        """A periodic inspection scores all three parts."""
        if self.kind == CheckKind.PERIODIC:
            for name in SCORES:
                if getattr(self, name) is None:
                    yield name, f"定期检查须填写“{self.kinds[name].label}”。"

    def __str__(self):
        return f"{self.visited_on} {self.bridge.name}"
