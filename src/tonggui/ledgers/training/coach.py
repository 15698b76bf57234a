"""教练员台账: who teaches at which school, what, until when the certificate holds, and how trainees rate the teaching.

Basis: 机动车驾驶员培训管理规定 (coaches hold a licence of the class they teach, with experience, and are trained;
quality is rated and shown). A coach teaches at one school at a time.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.ledgers.training.kinds import TaughtClass
from tonggui.register.declare import (
    Bars,
    Choice,
    Choices,
    Count,
    Day,
    Integer,
    Ledger,
    Link,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    column,
    derive,
    own,
    within_unit,
)
from tonggui.statutes.training import COACH_LEAD


class Teaching(TextChoices):
    THEORY = "theory", "理论教练"
    PRACTICE = "practice", "驾驶操作教练"
    BOTH = "both", "理论兼操作教练"


class Stars(TextChoices):
    FIVE = "5", "五星"
    FOUR = "4", "四星"
    THREE = "3", "三星"
    LOW = "low", "三星以下"
    NONE = "none", "未评星"


class Coach(Record):
    """One coach at one school."""

    number = Number("JL{seq:04}")
    person = Link("parties.Person", "人员")
    name = Text("姓名", optional=True, max_length=30)
    school = Link("training.DrivingSchool", "驾校")
    enterprise = Link("parties.Enterprise", "驾培企业", optional=True)
    coach_card = Text("教练员证号", unique=True, max_length=40)
    teaching = Choice(Teaching, "教练类别", default=Teaching.PRACTICE)
    taught_classes = Choices(TaughtClass, "准教车型")
    hired_on = Day("聘用日期", index=True)
    card_until = Day("教练员证有效期至", index=True)
    trained_on = Day("最近培训日期", optional=True)
    stars = Choice(Stars, "教学质量星级", default=Stars.NONE)
    rated_on = Day("评定日期", optional=True, index=True)
    complaints = Integer("本年有责投诉", unit="件", least=0, default=0)
    banned_until = Day("停止教学至", optional=True)

    @derive("person", always=True)
    def derive_name(self):
        """The name under which hours show the coach."""
        return self.person.name

    @derive("school")
    def derive_enterprise(self):
        return self.school.enterprise

    @column("教练员证剩余天数", unit="天")
    def card_days_left(self):
        """Whole days until the certificate ends; negative once it has."""
        return (self.card_until - clock.today()).days

    def why_not_teach(self, day, practice: bool) -> str:
        """Why hours with this coach are doubtful on a day, or the empty string."""
        if self.state == "coach_banned" and (self.banned_until is None or day <= self.banned_until):
            return f"教练员{self.name}已被停止教学"
        if self.card_until < day:
            return f"教练员{self.name}的证件已于 {self.card_until} 到期"
        if practice and self.teaching == Teaching.THEORY:
            return f"教练员{self.name}只能教理论"
        return ""

    class Flow(Workflow):
        teaching_now = State("在教", start=True, confirmed=True, tone="done")
        coach_banned = State("停止教学", confirmed=True, due="banned_until", tone="waiting")
        coach_left = State("已离职", final=True, confirmed=True, tone="void")

        ban_coach = Move(
            teaching_now >> coach_banned,
            "责令停止教学",
            by=("transport_officer", "director"),
            takes=("banned_until",),
            needs=("banned_until",),
            comment=True,
        )
        readmit_coach = Move(coach_banned >> teaching_now, "恢复教学", by=("transport_officer", "director"))
        rate_coach = Move(
            teaching_now >> teaching_now,
            "评定星级",
            by=("transport_officer", "clerk"),
            takes=("stars", "complaints", "rated_on"),
            needs=("rated_on",),
        )
        dismiss_coach = Move(
            (teaching_now | coach_banned) >> coach_left, "登记离职", by=("transport_officer", "clerk"), comment=True
        )

    class Page(Ledger):
        title = "教练员"
        columns = "number name school teaching taught_classes card_until card_days_left stars complaints state"
        filters = "card_until unit enterprise school teaching taught_classes stars state"
        search = "number name coach_card school__name"
        names = "coach_card"
        form = [
            Section("教练员", "person school enterprise hired_on"),
            Section("资格", "coach_card teaching taught_classes card_until trained_on"),
            Section("质量", "stars rated_on complaints banned_until"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"transport_officer": within_unit, "clerk": within_unit}
        imports = Sheet(
            "教练员导入模板",
            key="coach_card",
            columns="person school teaching taught_classes hired_on card_until trained_on stars rated_on complaints",
        )
        exports = (
            "number name person school coach_card teaching taught_classes hired_on card_until trained_on stars "
            "rated_on complaints state"
        )
        sort = "number"
        unit_from = "school"
        watches = (
            Watch(
                "card_until",
                "教练员证到期",
                lead=COACH_LEAD,
                where=~Q(state="coach_left"),
                basis="机动车驾驶员培训管理规定（教练员）",
            ),
        )
        pictures = (Bars("教学质量星级", by="stars"),)
        example = dict(
            person=None,
            school=None,
            coach_card="示教000001",
            taught_classes=["C1", "C2"],
            hired_on="2023-03-01",
            card_until="2028-02-28",
        )

    class Measures:
        coaches = Count("在教教练员", where=Q(state="teaching_now"), unit="人")
        rated = Count("评定星级教练员", on="rated_on", unit="人次")

    def __str__(self):
        return self.name
