"""源头公示名单台账: each version of the published list of key source yards, and what it changed.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令) 第三十一条: the government publishes its key source yards and
renews the list; 交运发〔2011〕355号 for the list itself. A version holds the names as they stood when it was drawn up,
and the difference from the version published before; publishing it marks the yards themselves.
"""

from tonggui.base import clock
from tonggui.ledgers.overload.yard import Yard
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
    """The names of the key yards of now, one a line."""
    return "\n".join(key_yards().values_list("name", flat=True)) or "无"


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
    displayed_on = Day("公示开始日期", optional=True, index=True)
    display_until = Day("公示截止日期", optional=True)
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
        return [] if self.entries in ("", "无") else self.entries.splitlines()

    def prepare(self):
        """What the version changes is told against the one that was published before it."""
        before = YardList._base_manager.filter(published_on__isnull=False).exclude(pk=self.pk)
        before = before.order_by("-published_on", "-pk").first()
        earlier, now = (set(before.names) if before else set()), set(self.names)
        self.how_many = len(now)
        self.added = "\n".join(name for name in self.names if name not in earlier)
        self.removed = "\n".join(sorted(earlier - now))

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
            Section("名单", "version_name published_by entries how_many added removed"),
            Section("公示", "displayed_on display_until published_on renew_by"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone}
        exports = "number version_name published_by how_many entries added removed displayed_on published_on state"
        sort = "-number"
        watches = (Watch("renew_by", "源头单位名单应更新", lead=60, tell="overload_officer"),)
        papers = (
            Paper(
                "重点货运源头单位公示名单",
                "现将{version_name}重点货运源头单位（共{how_many}家）公示如下，公示期至{display_until}：\n\n{entries}\n\n"
                "【较上版新增：{added}】\n\n【较上版移出：{removed}】",
                states="displayed published_list replaced",
            ),
        )
        example = dict(version_name="2026年第一版（示例）", published_by="示例县人民政府")

    class Measures:
        versions = Count("公布名单版次", on="published_on", unit="版")

    def __str__(self):
        return self.version_name
