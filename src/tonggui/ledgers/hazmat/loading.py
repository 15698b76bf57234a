"""装货查验台账: the loader's five checks (五必查) before goods go on; if one fails nothing is loaded.

Basis: 危险货物道路运输安全管理办法, the chapter on loading: papers of the vehicle, certificates of driver and escort,
inspection of vehicle and tank, goods as on the waybill, goods within what the tank may hold. The record is kept a year.
"""

from django.db.models import Q

from tonggui.base import clock
from tonggui.register.declare import (
    Count,
    Day,
    Flag,
    Handheld,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Move,
    Number,
    Photos,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Workflow,
    derive,
    own,
    within_unit,
)
from tonggui.statutes.hazmat import LOADING_CHECK_KEPT

FIVE_CHECKS = {
    "vehicle_papers": "车辆没有有效的行驶证和营运证",
    "people_papers": "驾驶员、押运员没有有效的从业资格证",
    "within_inspection": "运输车辆、罐体、集装箱不在检验合格有效期内",
    "goods_as_billed": "所充装的货物与运单不一致",
    "within_media": "货物不在罐体适装介质列表或者集装箱适装范围内",
}


def failed_checks(check) -> list[str]:
    return [why for name, why in FIVE_CHECKS.items() if not getattr(check, name)]


def why_not_load(check) -> str:
    """The checks that failed, and goods beyond the approved load."""
    reasons = failed_checks(check)
    if check.loaded_kg and check.loaded_kg > check.waybill.approved_kg:
        reasons.append(f"实装 {check.loaded_kg:,} kg，超过核定载质量 {check.waybill.approved_kg:,} kg")
    return f"不得装货：{'；'.join(reasons)}。" if reasons else ""


class LoadingCheck(Record):
    """One check of one vehicle at the loader's, for one waybill."""

    number = Number("ZH{year}{seq:06}", year_of="loaded_at")
    waybill = Link("hazmat.Waybill", "危货运单")
    enterprise = Link("parties.Enterprise", "承运企业", optional=True)
    loader = Text("装货人", optional=True, max_length=60)
    loaded_at = Moment("查验时间")
    vehicle_papers = Flag("车辆证件有效")
    people_papers = Flag("人员证件有效")
    within_inspection = Flag("车辆罐体在检验期内")
    goods_as_billed = Flag("货物与运单一致")
    within_media = Flag("货物在适装范围内")
    loaded_kg = Integer("实装质量", unit="kg", optional=True, least=0)
    seal_no = Text("铅封号", optional=True, max_length=40)
    loading_inspector = Text("装货查验人", max_length=30)
    photos = Photos("查验照片")
    failed_items = LongText("查验不符项", optional=True)
    keep_until = Day("查验记录保存期至", optional=True)

    @derive("waybill")
    def derive_loader(self):
        """Who loads stands on the waybill."""
        return self.waybill.loader

    @derive("waybill")
    def derive_enterprise(self):
        return self.waybill.enterprise

    @derive("loaded_at", always=True)
    def derive_keep_until(self):
        return LOADING_CHECK_KEPT.due(self.loaded_at.astimezone(clock.CHINA).date())

    def prepare(self):
        """The items that failed, in words."""
        self.failed_items = "；".join(failed_checks(self))

    class Flow(Workflow):
        checking = State("查验中", start=True)
        cleared_to_load = State("查验合格", final=True, confirmed=True)
        not_loaded = State("不予装货", final=True, confirmed=True, tone="void")

        clear_loading = Move(
            checking >> cleared_to_load,
            "准予装货",
            by=("enterprise", "transport_officer", "clerk"),
            takes=("loaded_kg", "seal_no"),
            needs=("loaded_kg",),
            check=why_not_load,
        )
        bar_loading = Move(
            checking >> not_loaded, "禁止装货", by=("enterprise", "transport_officer", "clerk"), comment=True
        )

    class Page(Ledger):
        title = "装货查验"
        columns = "number loaded_at waybill loader loaded_kg failed_items loading_inspector state"
        filters = "loaded_at unit enterprise state goods_as_billed within_inspection"
        search = "number loader loading_inspector waybill__plate waybill__number"
        form = [
            Section("查验", "waybill loader loaded_at loading_inspector"),
            Section("五必查", "vehicle_papers people_papers within_inspection goods_as_billed within_media"),
            Section("装货", "loaded_kg seal_no photos failed_items keep_until"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"enterprise": own("enterprise"), "transport_officer": within_unit, "clerk": within_unit}
        imports = Sheet(
            "装货查验导入模板",
            key="waybill loaded_at",
            columns=f"{' '.join(FIVE_CHECKS)} loaded_kg seal_no loading_inspector",
        )
        exports = f"number waybill loader loaded_at {' '.join(FIVE_CHECKS)} loaded_kg seal_no loading_inspector state"
        sort = "-loaded_at"
        unit_from = "waybill"
        handheld = Handheld(
            "装货查验",
            f"waybill loaded_at {' '.join(FIVE_CHECKS)} loading_inspector photos",
            moves="clear_loading bar_loading",
        )
        example = dict(
            waybill=None,
            loaded_at="2026-03-01 08:05",
            vehicle_papers=True,
            people_papers=True,
            within_inspection=True,
            goods_as_billed=True,
            within_media=True,
            loaded_kg=9750,
            loading_inspector="陈示例",
        )

    class Measures:
        checks = Count("装货查验", on="loaded_at", unit="次")
        barred = Count("禁止装货", on="loaded_at", where=Q(state="not_loaded"), unit="次")
        loaded_goods = Count("查验合格装货", on="loaded_at", where=Q(state="cleared_to_load"), unit="次")

    def __str__(self):
        return f"{self.number} {self.loader}"
