"""The page of the waybills: what the list shows, how a bill is found by its plate, imported, printed and followed."""

from django.db.models import Q

from tonggui.ledgers.hazmat.waybill_paper import WAYBILL
from tonggui.register.declare import (
    Board,
    FollowUp,
    Handheld,
    Ledger,
    Section,
    Sheet,
    Watch,
    own,
    within_unit,
)

SHEET = (
    "trailer_plate tank driver escort consignor consignor_phone loader loading_place consignee unloading_place "
    "trip_route un_no goods_name goods_class packing_group packaging goods_kg approved_kg trip_hours vehicle_checked "
    "briefed bill_no"
)


class WaybillPage(Ledger):
    title = "危货电子运单"
    columns = "number plate goods_name goods_class goods_kg departs_at consignee mismatched enterprise state"
    filters = "departs_at unit enterprise state goods_class mismatched packaging toxic"
    search = "plate number bill_no un_no goods_name consignor consignee driver__name"
    form = [
        Section("车辆人员", "bill_no vehicle plate trailer_plate enterprise tank driver escort"),
        Section("托运和路线", "consignor consignor_phone loader loading_place consignee unloading_place trip_route"),
        Section("货物", "un_no goods_name goods_class packing_group packaging goods_kg approved_kg"),
        Section("剧毒和废物", "toxic toxic_pass_no toxic_pass_until waste waste_form_no"),
        Section("行程", "departs_at trip_hours vehicle_checked briefed"),
        Section("办理", "signed_at departed_at arrived_at close_by_at received_kg closed_at keep_until mismatch"),
    ]
    read = {"county": within_unit, "enterprise": own("enterprise")}
    write = {"enterprise": own("enterprise"), "transport_officer": within_unit, "clerk": within_unit}
    imports = Sheet("危货电子运单导入模板", key="vehicle departs_at", columns=SHEET)
    exports = (
        "number bill_no vehicle plate trailer_plate enterprise tank driver escort consignor loader loading_place "
        "consignee unloading_place trip_route un_no goods_name goods_class packing_group packaging goods_kg "
        "received_kg approved_kg departs_at trip_hours vehicle_checked briefed departed_at arrived_at closed_at "
        "mismatch state"
    )
    sort = "-departs_at"
    unit_from = "vehicle"
    papers = (WAYBILL,)
    pictures = (Board("运单看板", by="state", card="plate goods_name departs_at"),)
    watches = (
        Watch(
            "close_by_at",
            "危货运单未按时办结",
            lead=1,
            where=Q(state="arrived"),
            tell=("transport_officer", "enterprise"),
            basis="危险货物道路运输安全管理办法第二十四条",
        ),
    )
    follow_ups = (
        FollowUp("hazmat.loadingcheck", "装货查验", {"waybill": "self"}, states="bill_signed"),
        FollowUp("hazmat.billcheck", "路检核查", {"plate": "plate"}, states="bill_signed on_road"),
        FollowUp("enforcement.clue", "登记违法线索", {"plate": "plate"}),
    )
    handheld = Handheld(
        "办理运单",
        "vehicle driver escort tank un_no goods_name goods_class goods_kg departs_at trip_hours consignor loader "
        "loading_place consignee unloading_place trip_route vehicle_checked briefed",
        moves="depart arrive close",
        big="depart",
    )
    example = dict(
        vehicle=None,
        driver=None,
        escort=None,
        consignor="示例石化销售有限公司",
        consignor_phone="13800000031",
        loader="示例油库",
        loading_place="示例县江口镇示例油库装车台",
        consignee="示例加油站",
        unloading_place="示例县北桥镇示例加油站",
        trip_route="S201 示例至北桥段，绕行示例老城",
        un_no="UN1203",
        goods_name="汽油",
        goods_class="3",
        packing_group="II",
        packaging="drum",
        goods_kg=9800,
        approved_kg=12000,
        departs_at="2026-03-01 08:30",
        trip_hours=3,
        vehicle_checked=True,
        briefed=True,
    )
