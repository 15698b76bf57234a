"""The life of a hazmat firm's file: opened when the law's conditions are met, checked, put in order, closed.

Basis: 道路运输条例 (2023) 第二十三条 and 第三十五条; 道路运输车辆动态监督管理办法 (2022) 第二十一条 for the monitors;
道路危险货物运输管理规定 for the parking place of toxic and explosive goods.
"""

from collections.abc import Iterator

from tonggui.base import clock
from tonggui.ledgers.hazmat.goods import KEPT_APART, GoodsClass
from tonggui.register.declare import Move, State, Workflow
from tonggui.statutes.dynamic_supervision import MONITORS_AT_LEAST, VEHICLES_PER_MONITOR
from tonggui.statutes.hazmat import SPECIAL_VEHICLES


def lacking(firm) -> Iterator[str]:
    """What the law wants of a firm in business and this one lacks, a sentence each."""
    today = clock.today()
    if firm.special_vehicles < (least := SPECIAL_VEHICLES.on(today)):
        yield f"专用车辆 {firm.special_vehicles} 辆，不足 {least} 辆。"
    if not firm.safety_officers:
        yield "没有专职安全管理人员。"
    if not firm.escort_count:
        yield "没有押运人员。"
    wanted = max(MONITORS_AT_LEAST.on(today), -(-firm.special_vehicles // VEHICLES_PER_MONITOR.on(today)))
    if firm.monitors < wanted:
        yield f"专职监控人员 {firm.monitors} 人，应配 {wanted} 人。"
    if firm.cover_until < today:
        yield f"承运人责任险已于 {firm.cover_until} 到期。"
    for goods_class in filter(firm.carries, KEPT_APART):
        if firm.special_parking is None or not firm.special_parking.takes(goods_class):
            yield f"运输{GoodsClass(goods_class).label}须有可停放该类车辆的专用停车场。"


def why_not_open(firm) -> str:
    """Everything the licence asks for and the firm does not have yet."""
    return " ".join(lacking(firm))


def why_not_this_check(firm) -> str:
    """A visit counts for the firm that was visited."""
    visit = firm.inspection
    other = visit is not None and visit.enterprise_id != firm.enterprise_id
    return f"检查记录 {visit.number} 的受检企业不是{firm.enterprise}。" if other else ""


class FirmFlow(Workflow):
    registered = State("待核准开业", start=True)
    in_business = State("在营", confirmed=True, tone="done")
    rectifying = State("停业整顿", confirmed=True, due="rectify_until", tone="waiting")
    licence_revoked = State("许可已吊销", final=True, confirmed=True, tone="void")
    licence_returned = State("已注销", final=True, confirmed=True)

    open_business = Move(
        registered >> in_business, "核准开业", by=("transport_officer", "director"), check=why_not_open
    )
    record_check = Move(
        in_business >> in_business,
        "关联安全检查",
        by=("transport_officer", "safety_officer"),
        takes=("inspection",),
        needs=("inspection",),
        check=why_not_this_check,
    )
    rectify = Move(
        in_business >> rectifying,
        "责令停业整顿",
        by="director",
        takes=("rectify_until",),
        needs=("rectify_until",),
        comment=True,
    )
    reopen_business = Move(rectifying >> in_business, "准予恢复营业", by="director", comment=True, check=why_not_open)
    revoke_licence = Move(
        (in_business | rectifying) >> licence_revoked,
        "吊销许可",
        by="director",
        takes=("exited_on",),
        needs=("exited_on",),
        comment=True,
    )
    leave = Move(
        in_business >> licence_returned,
        "注销许可",
        by=("transport_officer", "clerk"),
        takes=("exited_on",),
        needs=("exited_on",),
        comment=True,
    )
