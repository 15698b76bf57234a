"""源头公示名单台账: each version of the published list of key source yards, and what it changed.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令) 第三十一条: the government publishes its key source yards and
renews the list; 交运发〔2011〕355号 for the list itself. A version holds the names as they stood when it was drawn up,
and the difference from the version published before; publishing it marks the yards themselves.
"""

from django.db.models import Q

from tonggui.base import clock
from tonggui.ledgers.overload.yard import Yard
from tonggui.ledgers.overload.yard_versions import NONE, difference, line_of, rows_of
from tonggui.register.declare import (
    Count,
    Day,
    Integer,
    Ledger,
    LongText,
    Move,
    Number,
    Paper,
    Record,
    Section,
    State,
    Text,
    Watch,
    Workflow,
    anyone,
    derive,
)
from tonggui.statutes.overloading.sites import DISPLAY, LIST_RENEWAL


def key_yards():
    """The key yards in use, in the order of their numbers."""
    return Yard._base_manager.filter(key=True).exclude(state="ended").order_by("number")


def draw_up() -> str:
    """The key yards of now, one a line."""
    return "\n".join(line_of(yard) for yard in key_yards()) or NONE


def mark_yards(version: "YardList", actor) -> None:
    """Publish the yards of the version and take off those that are no longer on it; the version before is replaced."""
    named = set(version.names)
    for yard in Yard._base_manager.filter(state="published").exclude(name__in=named):
        yard.ledger.perform(yard, "delist", actor, f"{version.version_name}未列入")
    for yard in Yard._base_manager.filter(state="listed_here", name__in=named):
        values = {"published_on": version.published_on.isoformat()}
        yard.ledger.perform(yard, "publish_yard", actor, version.version_name, values)
    for older in YardList._base_manager.filter(state="published_list").exclude(pk=version.pk):
        older.ledger.perform(older, "replace", actor, f"由{version.version_name}替代")


class YardList(Record):
    """One version of the list."""

    number = Number("YTM{seq:04}")
    version_name = Text("名单版次", unique=True, max_length=40)
    published_by = Text("公布机关", max_length=60)
    entries = LongText("名单", optional=True, hint="公示时按在册重点源头单位生成")
    how_many = Integer("单位数", unit="家", default=0)
    added = LongText("较上版新增", optional=True)
    removed = LongText("较上版移出", optional=True)
    changed = LongText("较上版变更", optional=True)
    compared_with = Text("比较的上版", optional=True, max_length=40)
    displayed_on = Day("公示开始日期", optional=True, index=True)
    display_until = Day("公示截止日期", optional=True, index=True)
    published_on = Day("公示日期", optional=True, index=True)
    renew_by = Day("应更新日期", optional=True, index=True)

    @derive("displayed_on")
    def derive_display_until(self):
        return DISPLAY.due(self.displayed_on)

    @derive("published_on")
    def derive_renew_by(self):
        return LIST_RENEWAL.due(self.published_on)

    @property
    def names(self) -> list[str]:
        """The yards of the version by name."""
        return [row[0] for row in self.rows]

    @property
    def rows(self) -> list[list[str]]:
        """The list as the rows of a table."""
        return rows_of(self.entries)

    def prepare(self):
        """What the version changes is told against the one that was published before it."""
        before = YardList._base_manager.filter(published_on__isnull=False).exclude(pk=self.pk)
        before = before.order_by("-published_on", "-pk").first()
        found = difference(before.entries if before else "", self.entries)
        self.how_many, self.compared_with = len(self.rows), before.version_name if before else ""
        self.added, self.removed, self.changed = (
            "\n".join(lines) for lines in (found.added, found.removed, found.changed)
        )

    class Flow(Workflow):
        draft = State("草稿", start=True)
        displayed = State("公示中", due="display_until")
        published_list = State("现行名单", confirmed=True, tone="done", due="renew_by")
        replaced = State("已被替代", final=True, confirmed=True)
        void = State("作废", final=True, tone="void")

        display = Move(
            draft >> displayed,
            "公示名单",
            by="overload_officer",
            sets={"entries": draw_up, "displayed_on": clock.today},
            recall=False,
        )
        publish_list = Move(
            displayed >> published_list,
            "公布名单",
            by="director",
            takes=("published_on",),
            needs=("published_on",),
            then=mark_yards,
            recall=False,
        )
        replace = Move(published_list >> replaced, "替代", by="director", comment=True)
        cancel = Move((draft | displayed) >> void, "作废", by="director", comment=True)

    class Page(Ledger):
        title = "源头公示名单"
        menu = "治超管理"
        columns = "number version_name published_by how_many displayed_on display_until published_on renew_by state"
        filters = "published_on state renew_by"
        search = "number version_name entries"
        names = "version_name"
        form = [
            Section("名单", "version_name published_by compared_with how_many"),
            Section("公示", "displayed_on display_until published_on renew_by"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone}
        exports = (
            "number version_name published_by how_many entries compared_with added removed changed displayed_on "
            "published_on state"
        )
        sort = "-number"
        detail = "overload/yard_list.html"
        watches = (
            Watch("renew_by", "源头单位名单应更新", lead=60, where=Q(state="published_list"), tell="overload_officer"),
            Watch("display_until", "名单公示期届满", lead=1, where=Q(state="displayed"), tell="overload_officer"),
        )
        papers = (
            Paper(
                "重点货运源头单位公示名单",
                "现将{version_name}重点货运源头单位（共{how_many}家）公示如下，公示期至{display_until}：\n\n{entries}\n\n"
                "【较上版新增：{added}】\n\n【较上版移出：{removed}】\n\n【较上版变更：{changed}】",
                states="displayed published_list replaced",
            ),
        )
        example = dict(version_name="2026年第一版（示例）", published_by="示例县人民政府")

    class Measures:
        versions = Count("公布名单版次", on="published_on", unit="版")

    def __str__(self):
        return self.version_name
