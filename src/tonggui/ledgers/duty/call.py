"""值班来电和信息报送台账: what came in and went out during a shift, by when it is to be dealt with, and what was
done.

Basis: 生产安全事故应急条例 第十四条; 国务院办公厅 rules on reporting of information ask for a log of each call with
time, sender and handling. Information reports (信息报送) of the summaries are the rows sent upwards.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    FollowUp,
    Handheld,
    Ledger,
    Link,
    LongText,
    Moment,
    Move,
    Number,
    Phone,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Workflow,
    anyone,
    derive,
    within_unit,
)


class CallKind(TextChoices):
    IN = "in", "来电"
    OUT = "out", "去电"
    DOCUMENT = "document", "来文"
    REPORT = "report", "信息报送"
    VISIT = "visit", "来访"


class Urgency(TextChoices):
    NORMAL = "normal", "一般"
    URGENT = "urgent", "急"
    EXTRA = "extra", "特急"


class Call(Record):
    """One call, document or report. It stands with the shift of its day."""

    number = Number("LD{year}{seq:05}", year_of="called_on")
    kind = Choice(CallKind, "来往类别")
    called_at = Moment("来往时间")
    called_on = Day("来往日期", optional=True)
    shift = Link("duty.Shift", "值班班次", optional=True)
    urgency = Choice(Urgency, "紧急程度", default=Urgency.NORMAL)
    counterpart = Text("对方单位", max_length=60)
    counterpart_name = Text("对方联系人", optional=True, max_length=30)
    phone = Phone("对方电话", optional=True)
    content = LongText("来往内容")
    incident = Link("duty.Incident", "相关事件", optional=True)
    reported_to = Text("报告领导", optional=True, max_length=60)
    instruction = LongText("领导批示", optional=True)
    due_on = Day("办理期限", optional=True)
    handler = Link("parties.Person", "转办承办人", optional=True)
    action = LongText("来往处理情况", optional=True)
    handled_on = Day("办结日期", optional=True)

    @derive("called_at")
    def derive_called_on(self):
        return self.called_at.astimezone(clock.CHINA).date()

    @derive("called_on", "urgency")
    def derive_due_on(self):
        """Urgent matters are dealt with on the day; for others the officer sets a day."""
        return self.called_on if self.urgency != Urgency.NORMAL else None

    def needed_to_finish(self) -> tuple[str, ...]:
        """Urgent matters went to a leader."""
        return ("action",) if self.urgency == Urgency.NORMAL else ("action", "reported_to")

    class Flow(Workflow):
        logged = State("待办理", start=True, confirmed=True, tone="todo", due="due_on")
        passed_on = State("已转办", confirmed=True, due="due_on")
        finished = State("已处理", final=True, confirmed=True)
        void = State("作废", final=True, tone="void")

        pass_on = Move(
            logged >> passed_on,
            "转办",
            by=("duty_officer", "director"),
            needs=("handler",),
            takes=("due_on", "instruction"),
        )
        finish = Move(
            (logged | passed_on) >> finished,
            "办结",
            by=("duty_officer", "clerk", "director"),
            takes=("action", "reported_to"),
            needs=lambda call: call.needed_to_finish(),
            sets={"handled_on": clock.today},
        )
        cancel = Move(logged >> void, "作废", by="director", comment=True)

    class Page(Ledger):
        title = "值班来电和信息报送"
        columns = "number called_at kind urgency counterpart content reported_to due_on handled_on state"
        filters = "called_at kind urgency state due_on incident unit"
        search = "number counterpart counterpart_name content action"
        form = [
            Section("来往", "kind called_at shift urgency counterpart counterpart_name phone content"),
            Section("办理", "incident reported_to instruction due_on handler action handled_on"),
        ]
        read = {"county": anyone}
        write = {"duty_officer": anyone, "clerk": within_unit}
        imports = Sheet(
            "值班来电导入模板",
            columns="kind called_at urgency counterpart counterpart_name phone content reported_to due_on action",
        )
        exports = (
            "number kind called_at shift urgency counterpart counterpart_name phone content reported_to instruction "
            "due_on handler action handled_on state"
        )
        sort = "-called_at"
        follow_ups = (
            FollowUp("duty.incident", "登记突发事件", {"detail": "content", "known_at": "called_at"}),
            FollowUp("duty.warning", "登记预警", {"content": "content", "received_at": "called_at"}),
        )
        handheld = Handheld(
            "来电记录", "kind called_at urgency counterpart counterpart_name phone content", moves="finish"
        )
        example = dict(
            kind=CallKind.IN,
            called_at="2026-05-03 21:40",
            called_on="2026-05-03",
            counterpart="江口镇人民政府（示例）",
            counterpart_name="郑示例",
            phone="13900000003",
            content="县道X001 K12处落石，占用半幅路面",
            due_on="2026-05-05",
            handler=None,
        )

    class Measures:
        calls = Count("值班来电", on="called_on", where=Q(kind__in=["in", "document", "visit"]), unit="件")
        reports = Count("信息报送", on="called_on", where=Q(kind="report"), unit="条")
        finished = Count("办结来电", on="handled_on", where=Q(state="finished"), unit="件")

    def faults(self):
        """What is due is due after it came."""
        if self.due_on and self.called_on and self.due_on < self.called_on:
            yield "due_on", f"“办理期限”早于来往日期 {self.called_on}。"

    def __str__(self):
        return f"{self.number} {self.counterpart}"
