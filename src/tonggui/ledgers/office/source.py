"""数据来源台账: which existing system feeds what, by which way, how often it should, and until when its contract runs.

Basis: 交通运输政务数据共享管理办法 第九条 (a directory of data with source, format and update cycle). How fresh and
how good a source is, the platform sees for itself: who starts it hands in a function that knows (`provide`). A source
that falls silent is marked with the day on which it did, so that the warning list shows it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Integer,
    Ledger,
    Link,
    LongText,
    Number,
    Record,
    Section,
    Sheet,
    Standing,
    Text,
    Watch,
    anyone,
    column,
)
from tonggui.register.registry import all_ledgers
from tonggui.statutes.licences import CONTRACT_LEAD


class Channel(TextChoices):
    JT808 = "jt808", "车载终端接入"
    WEIGHING = "weighing", "称重数据接入"
    SHEET = "sheet", "表格导入"
    API = "api", "接口推送"
    BY_HAND = "by_hand", "人工录入"


@dataclass(frozen=True, slots=True)
class Freshness:
    """What is known of a source now: its last data, and of the last days how many items came and were refused."""

    last_at: datetime | None
    items: int = 0
    refused: int = 0

    @property
    def good_share(self) -> float | None:
        """Percent of what came that could be used; None where nothing came."""
        return round(100 * (1 - self.refused / self.items), 1) if self.items else None


def ledgers():
    """Every ledger by its key."""
    return [(one.key, one.title) for one in all_ledgers()]


_knows: list[Callable[["Source"], Freshness | None]] = []


def provide(function: Callable[["Source"], Freshness | None]) -> None:
    """Hand in what knows how fresh a source is; it returns None where nobody can know now."""
    _knows[:] = [function]


class Source(Record):
    """One system and one of the things it feeds."""

    number = Number("SJ{seq:04}")
    name = Text("系统名称", max_length=60)
    system_owner = Text("系统归口单位", max_length=60)
    access = Choice(Channel, "接入方式")
    feeds = Choice(ledgers, "供给台账", max_length=40, hint="车载终端和称重数据选所产生的台账")
    data_items = LongText("数据内容", optional=True)
    point = Link("overload.WeighingPoint", "检测点", optional=True, hint="称重数据按检测点分别登记")
    every_minutes = Integer("应更新间隔", unit="分钟", least=1, most=525_600, total=False)
    good_least = Integer("合格率下限", unit="%", optional=True, least=0, most=100, total=False)
    system_contact = Link("parties.Person", "系统联系人", optional=True)
    system_keeper = Link("parties.Enterprise", "系统运维企业", optional=True)
    service_contract = Text("服务合同编号", optional=True, max_length=60)
    service_until = Day("服务合同到期日", optional=True)
    silent_since = Day("中断起始日期", optional=True, editable=False, hint="由系统写入，恢复后清空")

    @column("最近数据", numeric=False)
    def last_data(self):
        """When its last data came, in words; None where nobody can know."""
        known = self.freshness
        return f"{known.last_at.astimezone(clock.CHINA):%Y-%m-%d %H:%M}" if known and known.last_at else None

    @column("近七日合格率", unit="%")
    def good_share(self):
        """Of what came in the last seven days, how much could be used."""
        return self.freshness.good_share if self.freshness else None

    @property
    def freshness(self):
        return _knows[0](self) if _knows else None

    class Flow(Standing, keeps=("admin", "clerk")):
        pass

    class Page(Ledger):
        title = "数据来源"
        columns = "number name access feeds last_data every_minutes good_share silent_since service_until state"
        filters = "service_until access state silent_since"
        search = "number name system_owner feeds"
        names = "name"
        form = [
            Section("系统", "name system_owner access system_contact system_keeper"),
            Section("数据", "feeds data_items point every_minutes good_least"),
            Section("合同", "service_contract service_until"),
        ]
        read = {"county": anyone}
        write = {"admin": anyone, "clerk": anyone}
        imports = Sheet(
            "数据来源导入模板",
            key="name feeds",
            columns="system_owner access data_items point every_minutes good_least system_contact system_keeper "
            "service_contract service_until",
        )
        exports = (
            "number name system_owner access feeds data_items point every_minutes last_data good_share silent_since "
            "system_contact system_keeper service_contract service_until state"
        )
        watches = (
            Watch("silent_since", "数据中断", lead=0, where=Q(state="in_use"), basis="应更新间隔内没有新数据"),
            Watch("service_until", "系统服务合同到期", lead=CONTRACT_LEAD, where=Q(state="in_use")),
        )
        example = dict(
            name="示例省治超联网系统",
            system_owner="示例市交通运输局",
            access=Channel.SHEET,
            feeds="overload.doubtedpass",
            every_minutes=1440,
            service_until="2027-12-31",
        )

    class Measures:
        in_use = Count("在用数据来源", where=Q(state="in_use"), unit="个")
        silent = Count("中断数据来源", where=Q(state="in_use", silent_since__isnull=False), unit="个")

    def faults(self):
        """What is weighed names its point."""
        if self.access == Channel.WEIGHING and self.point is None:
            yield "point", "称重数据应写明检测点。"

    def __str__(self):
        return self.name
