"""卸载记录台账: goods taken off an overweight truck, the reweigh that lets it go, and what becomes of the goods.

Basis: 公路安全保护条例 第六十四条 (the unlawful state is removed); 浙江省公路条例 (2020) 第五十三条 for goods that are
left behind, as the bureau's own days. No fee is asked for testing or keeping. A case that must unload is closed by a
reweigh at a fixed station that is not above the limit.
"""

from decimal import Decimal

from django.db.models import Q

from tonggui.ledgers.overload.unloading_flow import UnloadingFlow
from tonggui.register.declare import (
    Amount,
    Board,
    Count,
    Day,
    Flag,
    FollowUp,
    Handheld,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Number,
    Photos,
    Plate,
    Record,
    Section,
    Sum,
    Text,
    Watch,
    anyone,
    derive,
)
from tonggui.statutes.overloading.handling import COLLECT, COLLECT_AGAIN, COLLECT_NOTICE_LEAD


class Unloading(Record):
    """One unloading of one truck, watched by two officers."""

    number = Number("XZ{year}{seq:05}", year_of="unloaded_on")
    overload_case = Link("overload.Case", "超限案件")
    plate = Plate("号牌号码", index=True)
    unload_at = Text("卸载地点", max_length=60)
    unloaded_on = Day("卸载日期", index=True)
    load = Text("货物名称", max_length=60)
    before_kg = Integer("卸载前质量", unit="kg", total=False)
    limit_kg = Integer("限值", unit="kg", optional=True, total=False)
    first_watcher = Link("enforcement.Officer", "监督人员", optional=True)
    second_watcher = Link("enforcement.Officer", "第二监督人员", optional=True)
    photos = Photos("卸载照片")
    reweigh_point = Link("overload.WeighingPoint", "复称检测点", optional=True)
    reweigh_no = Text("复称检测记录号", optional=True, max_length=50, hint="固定站系统的检测记录号；手工称重的写磅单号")
    reweighed_at = Moment("复称时间", optional=True)
    reweigh_kg = Integer("复称质量", unit="kg", optional=True, total=False)
    unloaded_t = Amount("卸载", unit="t", optional=True)
    goods_left = Flag("货物留存", hint="卸下的货物留在站场待领取；当场转运的不勾")
    keeper = Text("保管人员", optional=True, max_length=40)
    collect_by = Day("应领取货物日期", optional=True)
    collect_told_on = Day("领取通知日期", optional=True)
    collect_again_on = Day("再次通知领取日期", optional=True)
    dispose_from = Day("可处置货物日期", optional=True)
    collected_on = Day("领取货物日期", optional=True)
    disposal = LongText("处理结果", optional=True, hint="拍卖、变卖或者清运的依据和价款去向")

    @derive("overload_case")
    def derive_limit_kg(self):
        """The limit against which the case measures."""
        return self.overload_case.limit_kg

    @derive("before_kg", "reweigh_kg", always=True)
    def derive_unloaded_t(self):
        """What was taken off, from one weighing to the other."""
        return Decimal(self.before_kg - self.reweigh_kg) / 1000

    @derive("unloaded_on", "goods_left")
    def derive_collect_by(self):
        return COLLECT.due(self.unloaded_on) if self.goods_left else None

    @derive("collect_again_on")
    def derive_dispose_from(self):
        return COLLECT_AGAIN.due(self.collect_again_on)

    def faults(self):
        """Lighter after than before; two different watchers; notices and collection in order."""
        if self.reweigh_kg is not None and self.reweigh_kg > self.before_kg:
            yield "reweigh_kg", f"“复称质量”大于卸载前质量 {self.before_kg} kg，请核对。"
        if self.first_watcher_id and self.first_watcher_id == self.second_watcher_id:
            yield "second_watcher", "监督卸载应当由两名执法人员进行，请另选一人。"
        for name in ("collect_told_on", "collect_again_on", "collected_on"):
            day = getattr(self, name)
            if day and day < self.unloaded_on:
                yield name, f"“{self.kinds[name].label}”早于卸载日期 {self.unloaded_on}。"

    class Flow(UnloadingFlow):
        pass

    class Page(Ledger):
        title = "卸载记录"
        menu = "治超管理"
        columns = "number unloaded_on plate overload_case load before_kg reweigh_kg unloaded_t collect_by state"
        filters = "unloaded_on unit state reweigh_point goods_left collect_by"
        search = "number plate load reweigh_no unload_at"
        names = "number"
        form = [
            Section("卸载", "overload_case plate unload_at unloaded_on load before_kg limit_kg photos"),
            Section("监督", "first_watcher second_watcher"),
            Section("复称", "reweigh_point reweigh_no reweighed_at reweigh_kg unloaded_t"),
            Section(
                "货物",
                "goods_left keeper collect_by collect_told_on collect_again_on dispose_from collected_on disposal",
            ),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone}
        exports = (
            "number overload_case plate unload_at unloaded_on load before_kg limit_kg reweigh_point reweigh_no "
            "reweighed_at reweigh_kg unloaded_t goods_left keeper collect_by collected_on disposal unit state"
        )
        sort = "-unloaded_on"
        unit_from = "overload_case"
        watches = (
            Watch(
                "collect_by",
                "卸载货物应领取",
                lead=COLLECT_NOTICE_LEAD,
                where=Q(state__in=("unloaded", "let_off"), collected_on__isnull=True),
                basis="日数由本局定，取浙江省公路条例第五十三条",
            ),
            Watch("dispose_from", "卸载货物可处置", lead=0, where=Q(state="let_off")),
        )
        pictures = (Board("卸载情况", by="state", card="plate load unloaded_t collect_by"),)
        follow_ups = (FollowUp("overload.notice", "通知当事人", {"overload_case": "overload_case", "plate": "plate"}),)
        handheld = Handheld(
            "监督卸载",
            "overload_case plate unload_at unloaded_on load before_kg first_watcher second_watcher goods_left keeper "
            "photos",
            moves="pass_reweigh collect",
        )
        example = dict(
            overload_case=None,
            plate="沪A00001",
            unload_at="城东固定超限检测站卸货场",
            unloaded_on="2026-06-01",
            load="砂石（示例）",
            before_kg=52_400,
        )

    class Measures:
        unloadings = Count("监督卸载", on="unloaded_on", unit="台")
        goods = Sum("unloaded_t", "监督卸载货物", on="unloaded_on")

    def __str__(self):
        return f"{self.number} {self.plate}"


def reweighed(case) -> bool:
    """Whether a truck of the case was weighed again and was within its limit."""
    done = Unloading._base_manager.filter(
        overload_case=case, state__in=("let_off", "collected", "goods_disposed", "shipped_on")
    )
    return done.exists()
