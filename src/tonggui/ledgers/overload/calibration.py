"""检定记录台账: every verification of a weighing device, with its certificate, its scope and the days it holds.

Basis: JJG 907-2006: the certificate names class and speeds; 行政处罚法 第四十一条: outside of it nothing founds a case.
A pass is judged by the certificate that held when it was weighed; the point shows the newest one that an officer has
compared with the paper, and its end is watched there: an older certificate that has run out asks for nothing.
"""

from datetime import timedelta

from django.db.models import TextChoices

from tonggui.ledgers.overload.point import AccuracyClass
from tonggui.register.actor import Actor, acting
from tonggui.register.declare import (
    Amount,
    Bars,
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
    Text,
    Workflow,
    anyone,
)


class CalibrationKind(TextChoices):
    FIRST = "first", "首次检定"
    LATER = "later", "后续检定"
    AFTER_REPAIR = "after_repair", "修理后检定"


def follow_newest(record: "Calibration", actor: Actor) -> None:
    """Let the point show the newest verification that holds: its certificate, class and last day.

    A point whose only verification turned out void has had none since that one's first day.
    """
    held = Calibration.objects.visible_to(actor).filter(point=record.point, state="verified")
    newest, point = held.order_by("-calibrated_from", "-pk").first(), record.point
    stands = point.certificate, point.accuracy, point.calibrated_to
    if newest:
        shown = newest.certificate, newest.accuracy, newest.calibrated_to
    elif record.state == "void" and point.certificate == record.certificate:
        shown = "", point.accuracy, record.calibrated_from - timedelta(days=1)
    else:
        return
    if shown != stands:
        point.certificate, point.accuracy, point.calibrated_to = shown
        with acting(actor, why=f"检定记录 {(newest or record).number}"):
            point.save()


class Calibration(Record):
    """One verification of the device of one point."""

    number = Number("JD{year}{seq:04}", year_of="calibration_day")
    point = Link("overload.WeighingPoint", "检测点")
    calibration_kind = Choice(CalibrationKind, "检定类别", default=CalibrationKind.LATER)
    certificate = Text("检定证书号", max_length=40)
    institute = Text("检定机构", max_length=80)
    calibration_day = Day("检定日期", index=True)
    calibrated_from = Day("检定有效期自", index=True)
    calibrated_to = Day("检定有效期至", index=True)
    accuracy = Choice(AccuracyClass, "准确度等级")
    speed_from_kmh = Amount("检定最低车速", unit="km/h", optional=True, least=0, most=200, total=False)
    speed_to_kmh = Amount("检定最高车速", unit="km/h", optional=True, least=0, most=200, total=False)
    calibration_scope = LongText("检定范围", optional=True, hint="证书载明的适用范围和限制，如安装方式、车道")
    certificate_files = Files("检定证书")

    def faults(self):
        """Days and speeds in order."""
        if self.calibrated_to < self.calibrated_from:
            yield "calibrated_to", f"“检定有效期至”早于有效期起始日 {self.calibrated_from}。"
        if self.calibrated_from < self.calibration_day:
            yield "calibrated_from", f"“检定有效期自”早于检定日期 {self.calibration_day}。"
        low, high = self.speed_from_kmh, self.speed_to_kmh
        if low is not None and high is not None and high <= low:
            yield "speed_to_kmh", "“检定最高车速”应大于最低车速。"

    class Flow(Workflow):
        entered = State("待核对证书", start=True)
        verified = State("已核对", final=True, confirmed=True, tone="done")
        void = State("作废", final=True, tone="void")

        check_certificate = Move(
            entered >> verified,
            "证书核对无误",
            by=("overload_officer", "director"),
            needs=("certificate_files",),
            then=follow_newest,
        )
        cancel = Move(
            (entered | verified) >> void,
            "作废",
            by=("overload_officer", "director"),
            comment=True,
            then=follow_newest,
        )

    class Page(Ledger):
        title = "检定记录"
        menu = "治超管理"
        columns = (
            "number point calibration_kind certificate calibration_day calibrated_from calibrated_to "
            "accuracy speed_from_kmh speed_to_kmh state"
        )
        filters = "calibrated_to calibration_day point accuracy calibration_kind state"
        search = "number certificate institute"
        names = "certificate"
        form = [
            Section(
                "检定", "point calibration_kind certificate institute calibration_day calibrated_from calibrated_to"
            ),
            Section("范围", "accuracy speed_from_kmh speed_to_kmh calibration_scope certificate_files"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "检定记录导入模板",
            key="certificate",
            columns=(
                "point calibration_kind institute calibration_day calibrated_from calibrated_to accuracy "
                "speed_from_kmh speed_to_kmh calibration_scope"
            ),
        )
        exports = (
            "number point calibration_kind certificate institute calibration_day calibrated_from calibrated_to "
            "accuracy speed_from_kmh speed_to_kmh calibration_scope state"
        )
        sort = "-calibrated_from"
        unit_from = "point"
        pictures = (Bars("各检测点检定次数", by="point", stack="calibration_kind"),)
        example = dict(
            point=None,
            certificate="示检字第2026-0101号",
            institute="示例省计量科学研究院（示例）",
            calibration_day="2026-04-01",
            calibrated_from="2026-04-01",
            calibrated_to="2027-03-31",
            accuracy=AccuracyClass.C5,
            speed_from_kmh="0.5",
            speed_to_kmh="80",
        )

    class Measures:
        verified = Count("检定台次", on="calibration_day", unit="台次")

    def __str__(self):
        return f"{self.certificate} {self.point}"
