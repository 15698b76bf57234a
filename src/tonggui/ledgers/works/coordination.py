"""协调调度台账: what a project needs of others (stone, land, roads for its trucks), asked at a 调度会 or between two.

Basis: the bureau's 属地协调 for great projects (W43). Each matter has one owner and a day; whoever asked, not whoever
did it, says that it is solved.
"""

from datetime import timedelta

from django.db.models import F, Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Board,
    Choice,
    Count,
    Day,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    anyone,
    column,
    derive,
)
from tonggui.statutes.works import COORDINATION_DAYS


class Need(TextChoices):
    STONE = "stone", "石料"
    SITE = "site", "用地"
    BORROW = "borrow", "取弃土场"
    HAUL_ROAD = "haul_road", "便道通行"
    POWER_WATER = "power_water", "用电用水"
    PIPES = "pipes", "管线"
    PEOPLE = "people", "群众阻工"
    TRAFFIC = "traffic", "交通组织"
    FUNDS = "funds", "资金拨付"
    APPROVAL = "approval", "手续办理"
    OTHER = "other", "其他"


class Occasion(TextChoices):
    DISPATCH = "dispatch", "项目调度会"
    SITE = "site", "现场办公"
    LETTER = "letter", "来函来电"
    VISIT = "visit", "上门服务"


class Coordination(Record):
    """One matter of one project, asked of one owner."""

    number = Number("XT{year}{seq:05}", year_of="brought_on")
    project = Link("works.Project", "项目")
    solves = Link("works.Blocker", "所解制约", optional=True)
    raised_where = Choice(Occasion, "提出场合", default=Occasion.DISPATCH)
    brought_on = Day("协调提出日期", index=True)
    need = Choice(Need, "协调类别")
    need_text = LongText("协调事项")
    town = Link("parties.Town", "乡镇", optional=True)
    owner = Link("parties.Unit", "责任单位", optional=True)
    owner_outside = Text("协助单位", optional=True, max_length=60, hint="乡镇、部门、企业")
    undertaker = Link("parties.Person", "协调承办人员", optional=True)
    settle_by = Day("协调期限", optional=True, index=True)
    settled_on = Day("落实日期", optional=True, index=True)
    coordination_result = LongText("协调结果", optional=True)

    @derive("brought_on")
    def derive_settle_by(self):
        """The bureau's usual time, unless the meeting set a day."""
        return self.brought_on + timedelta(days=COORDINATION_DAYS.on(self.brought_on))

    @column("协调用时", unit="天")
    def days_taken(self):
        """Days from the asking to the end, or to today."""
        return ((self.settled_on or clock.today()) - self.brought_on).days

    def faults(self):
        """Somebody owns it; the end follows the asking; a blocker is one of the same project."""
        if not self.owner_id and not self.owner_outside:
            yield "owner", "“责任单位”和“协助单位”至少填一个，事项才有人办。"
        for name in ("settle_by", "settled_on"):
            day = getattr(self, name)
            if day and day < self.brought_on:
                yield name, f"“{self.kinds[name].label}”早于协调提出日期 {self.brought_on}。"
        if self.solves_id and self.solves.project_id != self.project_id:
            yield "solves", "“所解制约”属于另一个项目。"

    class Flow(Workflow):
        to_hand = State("待交办", start=True)
        coordinating = State("协调中", due="settle_by", confirmed=True)
        answered = State("待确认落实", due="settle_by", confirmed=True)
        settled = State("已落实", final=True, confirmed=True)
        not_pursued = State("不再协调", final=True, tone="void")

        hand = Move(
            to_hand >> coordinating,
            "交办",
            by=("project_officer", "director"),
            takes=("owner", "settle_by", "undertaker"),
        )
        answer = Move(
            coordinating >> answered,
            "办理反馈",
            by=("project_officer", "clerk", "road_officer"),
            takes=("coordination_result", "settled_on"),
            needs=("coordination_result", "settled_on"),
        )
        confirm_done = Move(answered >> settled, "确认落实", by=("project_officer", "director"), not_same_as="answer")
        press = Move(answered >> coordinating, "未落实再办", by=("project_officer", "director"), comment=True)
        stop_pursuing = Move((to_hand | coordinating) >> not_pursued, "不再协调", by="director", comment=True)

    class Page(Ledger):
        title = "协调调度事项"
        menu = "项目建设"
        columns = "number project need need_text raised_where brought_on owner owner_outside settle_by days_taken state"
        filters = "brought_on project state need raised_where owner settle_by"
        search = "number project__name need_text owner_outside coordination_result"
        form = [
            Section("事项", "project solves raised_where brought_on need need_text town"),
            Section("交办", "owner owner_outside undertaker settle_by"),
            Section("落实", "settled_on coordination_result"),
        ]
        read = {"county": anyone}
        write = {"project_officer": anyone, "director": anyone, "clerk": anyone}
        imports = Sheet(
            "协调调度事项导入模板",
            columns="project raised_where brought_on need need_text town owner owner_outside settle_by",
        )
        exports = (
            "number project need need_text raised_where brought_on town owner owner_outside settle_by settled_on "
            "days_taken coordination_result state"
        )
        sort = "-brought_on"
        watches = (Watch("settle_by", "协调事项到期", lead=3, where=Q(state__in=["coordinating", "answered"])),)
        pictures = (Board("调度看板", by="state", card="project need owner settle_by"),)
        example = dict(
            project=None,
            brought_on="2026-05-08",
            need=Need.STONE,
            need_text="示例标段每日缺碎石300吨，请协调就近料场",
            owner_outside="示例镇人民政府",
        )

    class Measures:
        asked = Count("提请协调", on="brought_on", unit="件")
        settled = Count("协调落实", on="settled_on", where=Q(state="settled"), unit="件")
        in_time = Count(
            "按期落实", on="settled_on", where=Q(state="settled", settled_on__lte=F("settle_by")), unit="件"
        )

    def __str__(self):
        return f"{self.project} {Need(self.need).label}"
