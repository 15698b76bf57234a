"""The left menu: pages of the platform first, then the ledgers by the groups that they name themselves."""

from dataclasses import dataclass, field

from django.http import HttpRequest

from tonggui.register.actor import Actor
from tonggui.register.registry import all_ledgers
from tonggui.register.registry import ledger as find_ledger
from tonggui.register.roles import GROUPS

# Pictures of the groups; a group without one gets a folder.
GROUP_ICONS = {
    "车辆监管": "truck",
    "客运管理": "ticket",
    "公交与城乡客运": "bus",
    "货运管理": "package",
    "危货运输": "flame",
    "治超管理": "scale",
    "综合执法": "gavel",
    "安全监管": "shield-alert",
    "项目建设": "chart-column",
    "公路养护": "route",
    "水上交通": "ship",
    "维修管理": "wrench",
    "驾培管理": "graduation-cap",
    "值班应急": "siren",
    "疫情与卡口": "clipboard-check",
    "综合办公": "inbox",
    "党建与宣传": "flag",
    "基础档案": "building-2",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu. `is_here` marks the page that is open."""

    title: str
    url: str
    icon: str = ""
    is_here: bool = False


@dataclass(slots=True)
class Group:
    """A fold of the menu, open when the page that is open lies in it."""

    title: str
    icon: str
    items: list[Item] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return any(item.is_here for item in self.items)


PAGES = (
    ("首页", "/", "house", ()),
    ("实时监控", "/map/", "map", ()),
    ("报警", "/alarms/", "bell", ()),
    ("预警", "/warnings/", "triangle-alert", ()),
    ("周期工作", "/duties/", "calendar-days", ()),
    ("公文", "/documents/", "file-text", tuple(GROUPS["county"])),
    ("指标", "/indicators/", "chart-column", tuple(GROUPS["county"])),
    ("校对", "/proofread/", "list-checks", tuple(GROUPS["county"])),
    ("扫码查询", "/codes/", "qr-code", ()),
    ("法规参数", "/parameters/", "scale", ("admin", "legal_officer", "clerk", "director")),
    ("系统状态", "/status/", "server", ("admin", "monitor", "director")),
)

# Pages that stand in a group, before its ledgers, for those who may read the ledger named and have one of the roles.
AMONG_LEDGERS = (
    ("治超管理", "审核工作台", "/desk/passes/", "overload.doubtedpass", ("overload_officer",)),
    ("治超管理", "治超态势", "/overload/", "overload.doubtedpass", ()),
    ("治超管理", "治超通报", "/bulletins/", "overload.case", ()),
    ("治超管理", "过车记录", "/passes/", "overload.doubtedpass", ()),
    ("治超管理", "治超热点", "/hotspots/", "overload.doubtedpass", ()),
    ("治超管理", "一超四罚计次", "/counters/", "overload.fourfold", ()),
    ("治超管理", "交换情况", "/exchange/", "overload.uploaditem", ()),
)


def stands_at(request: HttpRequest, path: str) -> None:
    """Mark another line of the menu than the page's own address would, for this answer."""
    request.menu_place = path  # type: ignore[attr-defined]


def place(request: HttpRequest) -> str:
    """The address by which the menu marks the page that is open."""
    return getattr(request, "menu_place", request.path)


def pages(actor: Actor, path: str) -> list[Item]:
    """The fixed pages that the actor may open."""
    return [
        Item(title, url, icon, path == url or (url != "/" and path.startswith(url)))
        for title, url, icon, roles in PAGES
        if not roles or actor.has(*roles)
    ]


def groups(actor: Actor, path: str) -> list[Group]:
    """The ledgers that the actor may read, under their groups in the order of declaration."""
    found: dict[str, Group] = {}
    for ledger in all_ledgers():
        if not ledger.can_read(actor):
            continue
        group = found.setdefault(ledger.menu, Group(ledger.menu, GROUP_ICONS.get(ledger.menu, "folder")))
        group.items.append(Item(ledger.title, ledger.url, "", path.startswith(ledger.url)))
    for menu, title, url, key, roles in reversed(AMONG_LEDGERS):
        if menu in found and find_ledger(key).can_read(actor) and (not roles or actor.has(*roles)):
            found[menu].items.insert(0, Item(title, url, "", path.startswith(url)))
    return list(found.values())
