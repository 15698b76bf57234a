"""货车年度审验台账: the yearly check of each goods vehicle, and the day until which its permit then holds.

Basis: 道路货物运输及站场管理规定 (2026) 第五十条 (once a year); 道路运输车辆动态监督管理办法 (2022) 第三十四条: no
check is passed without a satellite device that shows as normal; 道路运输条例 第二十四条: light trucks need no permit
and no check. A passed check moves the vehicle's own 审验有效期, so that nobody types it twice.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Choice,
    Confirming,
    Count,
    Day,
    Flag,
    FollowUp,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    Text,
    derive,
    own,
    within_unit,
)
from tonggui.statutes.freight import PERMIT_FREE_KG, VEHICLE_CHECK


class CheckResult(TextChoices):
    PASSED = "passed", "合格"
    FAILED = "failed", "不合格"


GATES = {
    "inspected": "机动车检验检测报告不合格或者没有",
    "insured": "承运人责任险或者交强险无效",
    "as_registered": "车辆与登记不一致，涉嫌改型",
    "cases_settled": "尚有未处理的违法行为",
}


def extend_permit(check: "AnnualCheck", actor) -> None:
    """The vehicle's permit holds until the next check."""
    vehicle = check.vehicle
    if check.conclusion == CheckResult.PASSED and (
        vehicle.permit_until is None or vehicle.permit_until < check.next_by
    ):
        vehicle.permit_until = check.next_by
        vehicle.save()


class AnnualCheck(Record):
    """One check of one goods vehicle."""

    number = Number("NS{year}{seq:05}", year_of="examined_on")
    vehicle = Link("fleet.Vehicle", "车辆")
    enterprise = Link("parties.Enterprise", "所属企业", optional=True)
    examined_on = Day("审验日期", index=True)
    inspected = Flag("检验检测合格")
    insured = Flag("保险有效")
    satellite_normal = Flag("卫星定位显示正常", hint="须装卫星定位的车辆必须正常")
    as_registered = Flag("与登记一致", hint="外廓、栏板、轮胎与行驶证一致，未改型")
    cases_settled = Flag("违法已处理")
    test_report_no = Text("检验检测报告号", max_length=40)
    conclusion = Choice(CheckResult, "审验结论")
    failures = LongText("不合格原因", optional=True)
    next_by = Day("下次审验日期", optional=True, index=True)

    @derive("vehicle")
    def derive_enterprise(self):
        return self.vehicle.enterprise

    @derive("examined_on")
    def derive_next_by(self):
        """A year on."""
        return VEHICLE_CHECK.due(self.examined_on)

    def faults(self):
        """Light trucks are not checked; what fails one gate does not pass, and a failure says why."""
        if (mass := self.vehicle.gross_kg) is not None and mass <= PERMIT_FREE_KG.on(self.examined_on):
            yield "vehicle", f"{self.vehicle}总质量 {mass} 千克，不需要道路运输证，不办理审验。"
        if self.conclusion == CheckResult.FAILED and not self.failures:
            yield "failures", "审验不合格的，请写明原因。"
        elif self.conclusion == CheckResult.PASSED:
            found = [why for name, why in GATES.items() if not getattr(self, name)]
            if self.vehicle.must_report and not self.satellite_normal:
                found.append("没有安装卫星定位装置或者显示不正常")
            if found:
                yield "conclusion", f"不能审验合格：{'；'.join(found)}。"

    class Flow(Confirming, enters=("transport_officer", "clerk"), checks=("director", "transport_officer")):
        approve = Move(
            Confirming.submitted >> Confirming.confirmed,
            "审核通过",
            by=("director", "transport_officer"),
            not_same_as="submit",
            then=extend_permit,
        )

    class Page(Ledger):
        title = "货车年度审验"
        columns = "number examined_on vehicle enterprise test_report_no satellite_normal conclusion next_by unit state"
        filters = "examined_on unit enterprise conclusion state next_by"
        search = "number test_report_no vehicle__plate"
        form = [
            Section("审验", "vehicle enterprise examined_on test_report_no"),
            Section("条件", "inspected insured satellite_normal as_registered cases_settled"),
            Section("结论", "conclusion failures next_by"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"transport_officer": within_unit, "clerk": within_unit}
        imports = Sheet(
            "货车年度审验导入模板",
            key="examined_on test_report_no",
            columns=("vehicle inspected insured satellite_normal as_registered cases_settled conclusion failures"),
        )
        exports = (
            "number examined_on vehicle enterprise test_report_no inspected insured satellite_normal as_registered "
            "cases_settled conclusion failures next_by state"
        )
        sort = "-examined_on"
        unit_from = "vehicle"
        follow_ups = (
            FollowUp(
                "overload.modifiedtruck",
                "登记改型车",
                {"vehicle": "vehicle", "enterprise": "enterprise", "found_on": "examined_on"},
            ),
        )
        example = dict(
            vehicle=None,
            examined_on="2026-03-12",
            inspected=True,
            insured=True,
            satellite_normal=True,
            as_registered=True,
            cases_settled=True,
            test_report_no="示检20260312001",
            conclusion=CheckResult.PASSED,
        )

    class Measures:
        checks = Count("货车审验", on="examined_on", unit="台次")
        passed = Count(
            "审验合格货车", on="examined_on", where=Q(conclusion=CheckResult.PASSED), distinct="vehicle", unit="台"
        )
        failed = Count("审验不合格货车", on="examined_on", where=Q(conclusion=CheckResult.FAILED), unit="台次")

    def __str__(self):
        return f"{self.vehicle} {self.examined_on}"
