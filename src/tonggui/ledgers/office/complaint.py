"""投诉与公众诉求台账: what people ask of the bureau by hotline, in public, by petition or in person, and the answer.

Basis: 信访工作条例 第二十三条 and 第三十四条 (accepted in fifteen days, settled in sixty, thirty more at most);
道路运输条例 第八十四条 (a bureau takes complaints about transport); for 12328 and 阳光问政 the bureau's own clocks. A
breach goes on as a clue of enforcement, a danger as a hazard. Who asked is kept no longer than needed.
"""

from django.db.models import F, Q, TextChoices

from tonggui.ledgers.office.complaint_clocks import Avenue, accept_due, reply_due
from tonggui.ledgers.office.complaint_flow import HANDLERS, ComplaintFlow
from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    FollowUp,
    Ledger,
    Link,
    LongText,
    Number,
    Phone,
    Photos,
    Place,
    Plate,
    Purge,
    Record,
    Section,
    Sheet,
    Text,
    Watch,
    anyone,
    derive,
)
from tonggui.statutes.office import COMPLAINANT_KEPT


class ComplaintKind(TextChoices):
    SERVICE = "service", "服务质量"
    REFUSAL = "refusal", "拒载绕路"
    FARE = "fare", "票价收费"
    LINE = "line", "线路班次"
    ILLEGAL = "illegal", "非法营运"
    ROAD = "road", "道路设施"
    DANGER = "danger", "安全隐患"
    CONDUCT = "conduct", "执法行为"
    QUESTION = "question", "政策咨询"
    OTHER = "other", "其他诉求"


class Answer(TextChoices):
    SATISFIED = "satisfied", "诉求人满意"
    FAIRLY = "fairly", "诉求人基本满意"
    DISSATISFIED = "dissatisfied", "诉求人不满意"
    UNREACHED = "unreached", "未能回访"


class Complaint(Record):
    """One complaint, question or proposal of somebody outside."""

    number = Number("TS{year}{seq:05}", year_of="received_on")
    avenue = Choice(Avenue, "诉求渠道")
    kind = Choice(ComplaintKind, "诉求类别")
    order_ref = Text("转办单号", optional=True, max_length=40, index=True)
    received_on = Day("收到日期", index=True)
    content = LongText("诉求内容")
    enterprise = Link("parties.Enterprise", "被诉求企业", optional=True)
    driver = Link("fleet.Driver", "被诉求驾驶员", optional=True)
    plate = Plate("号牌号码", optional=True)
    line_name = Text("涉及线路", optional=True, max_length=60)
    scene = Text("事发地点", optional=True, max_length=60)
    town = Link("parties.Town", "乡镇", optional=True)
    place = Place("位置", optional=True)
    photos = Photos("诉求照片")
    complainant = Text("诉求人", optional=True, max_length=30)
    phone = Phone("诉求人电话", optional=True)
    accept_by = Day("应受理日期", optional=True)
    accepted_on = Day("受理日期", optional=True)
    reply_by = Day("应答复日期", optional=True, index=True)
    person = Link("parties.Person", "责任人员", optional=True)
    verification = LongText("核查结果", optional=True)
    receiver = Text("承接单位", optional=True, max_length=60)
    answer = LongText("答复意见", optional=True)
    answered_on = Day("答复日期", optional=True, index=True)
    handled_on = Day("办结日期", optional=True, index=True)
    asker_verdict = Choice(Answer, "诉求人评价", optional=True)

    @derive("avenue", "received_on")
    def derive_accept_by(self):
        """The last day for accepting it, by the clock of its avenue."""
        return accept_due(self.avenue, self.received_on)

    @derive("avenue", "received_on")
    def derive_reply_by(self):
        """The last day for the answer, from receipt or (a petition) from acceptance."""
        return reply_due(self.avenue, self.received_on, self.accepted_on)

    @derive("driver")
    def derive_enterprise(self):
        """The firm of the driver who is complained of."""
        return self.driver.enterprise if self.driver else self.enterprise

    def prepare(self):
        """A petition's time runs from the day it is accepted; what is answered and closed was closed on that day."""
        if self.avenue == Avenue.PETITION and self.accepted_on and not self.loaded.get("accepted_on"):
            self.reply_by = reply_due(self.avenue, self.received_on, self.accepted_on)
        if self.state in ("replied", "completed"):
            self.handled_on = self.handled_on or self.answered_on

    def faults(self):
        """Days follow the receipt; what is said of service names the firm, the plate or the line."""
        for name in ("accepted_on", "answered_on", "handled_on"):
            day = getattr(self, name)
            if day and day < self.received_on:
                yield name, f"“{self.kinds[name].label}”早于收到日期 {self.received_on}。"
        named = self.enterprise or self.plate or self.line_name
        if self.kind in (ComplaintKind.REFUSAL, ComplaintKind.FARE, ComplaintKind.LINE) and not named:
            yield "enterprise", "请写明被诉求的企业、号牌或者线路。"

    class Flow(ComplaintFlow):
        pass

    class Page(Ledger):
        title = "投诉与公众诉求"
        columns = "number received_on avenue kind content enterprise reply_by answered_on asker_verdict state"
        filters = "received_on reply_by avenue kind enterprise town asker_verdict unit state"
        search = "number order_ref content plate enterprise__name line_name"
        form = [
            Section("诉求", "avenue kind order_ref received_on content photos"),
            Section("涉及", "enterprise driver plate line_name scene town place"),
            Section("诉求人", "complainant phone"),
            Section("办理", "unit accept_by accepted_on reply_by person verification receiver"),
            Section("答复", "answer answered_on handled_on asker_verdict"),
        ]
        read = {"county": anyone}
        write = dict.fromkeys(HANDLERS, anyone)
        imports = Sheet(
            "投诉与公众诉求导入模板",
            columns="avenue kind order_ref received_on content enterprise plate line_name scene town complainant phone",
        )
        exports = (
            "number avenue kind order_ref received_on content enterprise driver plate line_name scene town accept_by "
            "accepted_on reply_by verification receiver answer answered_on handled_on asker_verdict state"
        )
        sort = "-received_on"
        map = "place"
        watches = (Watch("reply_by", "公众诉求答复到期", lead=2, where=Q(state__in=("applied", "doing"))),)
        purges = (
            Purge("complainant phone", after="handled_on", days=COMPLAINANT_KEPT, basis="个人信息保护法第十九条"),
        )
        follow_ups = (
            FollowUp(
                "enforcement.clue",
                "转为违法线索",
                {
                    "received_on": "received_on",
                    "scene": "scene",
                    "town": "town",
                    "plate": "plate",
                    "place": "place",
                    "content": "content",
                },
            ),
            FollowUp("safety.hazard", "登记隐患", {"enterprise": "enterprise", "content": "content", "place": "place"}),
        )
        pictures = (Bars("诉求渠道", by="avenue", stack="kind"), Bars("各企业", by="enterprise", stack="kind"))
        example = dict(
            avenue=Avenue.HOTLINE,
            kind=ComplaintKind.SERVICE,
            order_ref="12328-示例-0001",
            received_on="2026-03-02",
            content="示例：城乡公交末班车提前收车，乘客滞留",
            line_name="城关至石湖",
            complainant="郑示例",
            phone="13900000011",
        )

    class Measures:
        received = Count("公众诉求", on="received_on", unit="件")
        hotline = Count("12328诉求", on="received_on", where=Q(avenue=Avenue.HOTLINE), unit="件")
        in_public = Count("阳光问政诉求", on="received_on", where=Q(avenue=Avenue.IN_PUBLIC), unit="件")
        due = Count("应答复诉求", on="reply_by", unit="件")
        answered = Count("已答复诉求", on="reply_by", where=Q(answered_on__isnull=False), unit="件")
        in_time = Count("按期答复诉求", on="reply_by", where=Q(answered_on__lte=F("reply_by")), unit="件")
        judged = Count(
            "已回访诉求",
            on="answered_on",
            where=Q(asker_verdict__in=("satisfied", "fairly", "dissatisfied")),
            unit="件",
        )
        satisfied = Count("满意诉求", on="answered_on", where=Q(asker_verdict__in=("satisfied", "fairly")), unit="件")

    def __str__(self):
        return f"{self.number} {self.content[:16]}"
