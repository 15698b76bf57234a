"""整改延期: a firm that cannot put a hazard right in time asks before the deadline; the new day counts once approved.

Basis: 安全生产法 第四十一条; the bureau's own order. One extension is approved by an officer, any further one by a
leader. An approved extension moves the deadline of its hazard, and the hazard's history says why.
"""

from django.db.models import TextChoices

from tonggui.register.actor import acting
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Files,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Workflow,
    derive,
    own,
    within_unit,
)
from tonggui.statutes.responsibility import EXTENSIONS


class Reason(TextChoices):
    WEATHER = "weather", "天气原因"
    SUPPLY = "supply", "设备材料未到"
    FUNDS = "funds", "资金未到位"
    OUTSIDE = "outside", "须外部单位配合"
    OTHER = "other", "其他原因"


def too_often(extension) -> str:
    """Why an officer may not approve it: the hazard was extended before as often as an officer may."""
    earlier = Extension._base_manager.filter(hazard=extension.hazard_id, state="granted").count()
    most = EXTENSIONS.on(extension.asked_on)
    return f"已延期 {earlier} 次，再延期须由局领导批准。" if earlier >= most else ""


def move_deadline(extension, actor) -> None:
    """The hazard's deadline becomes the day that was granted."""
    hazard = extension.hazard
    hazard.due_on = extension.new_due_on
    with acting(actor, f"整改延期 {extension.number}：{extension.get_reason_display()}", action="change"):
        hazard.save()


class Extension(Record):
    """One request for one hazard."""

    number = Number("YQ{year}{seq:04}", year_of="asked_on")
    hazard = Link("safety.Hazard", "延期隐患")
    enterprise = Link("parties.Enterprise", "企业", optional=True)
    asked_on = Day("申请日期", index=True)
    old_due_on = Day("原整改期限", optional=True)
    new_due_on = Day("申请延至")
    reason = Choice(Reason, "延期原因")
    explanation = LongText("情况说明")
    interim = LongText("延期期间管控措施", hint="隐患未消除期间怎样保证安全")
    file = Files("证明材料")

    @derive("hazard")
    def derive_enterprise(self):
        return self.hazard.enterprise

    @derive("hazard")
    def derive_old_due_on(self):
        return self.hazard.due_on

    class Flow(Workflow):
        proposed = State("待批准", start=True)
        granted = State("已批准", final=True, confirmed=True)
        refused = State("不予批准", final=True, tone="void")

        grant = Move(proposed >> granted, "批准延期", by="safety_officer", check=too_often, then=move_deadline)
        grant_again = Move(proposed >> granted, "领导批准延期", by="director", then=move_deadline)
        refuse = Move(proposed >> refused, "不予批准", by=("safety_officer", "director"), comment=True)

    class Page(Ledger):
        title = "整改延期"
        columns = "number hazard enterprise asked_on old_due_on new_due_on reason state"
        filters = "asked_on unit state reason enterprise"
        search = "number hazard__number enterprise__name"
        form = [
            Section("申请", "hazard asked_on old_due_on new_due_on reason"),
            Section("说明", "explanation interim file"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"safety_officer": within_unit, "enterprise": own("enterprise")}
        imports = Sheet("整改延期导入模板", columns="hazard asked_on new_due_on reason explanation interim")
        exports = "number hazard enterprise asked_on old_due_on new_due_on reason explanation interim state"
        unit_from = "hazard"
        example = dict(
            hazard=None,
            asked_on="2026-10-10",
            new_due_on="2026-12-20",
            reason=Reason.SUPPLY,
            explanation="更换的灭火器已订购，到货日期为十二月",
            interim="停用缺少灭火器的车辆",
        )

    class Measures:
        granted = Count("批准延期", on="asked_on", unit="次")

    def faults(self):
        """A later day than the present deadline, asked for before it has passed."""
        if self.old_due_on and self.new_due_on and self.new_due_on <= self.old_due_on:
            yield "new_due_on", f"“申请延至”应晚于原整改期限 {self.old_due_on}。"
        if self.old_due_on and self.asked_on and self.asked_on > self.old_due_on:
            yield "asked_on", "整改期限已过，不能再申请延期，请按逾期处理。"

    def __str__(self):
        return f"{self.hazard.number} 延至 {self.new_due_on}"
