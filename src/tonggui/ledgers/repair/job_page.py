"""The page of repair jobs, and the certificate that leaves the shop with the vehicle.

Basis: 道路运输条例 (2023) 第四十四条 for 机动车维修竣工出厂合格证; JT/T 1132-2017 for the elements of the sheet.
"""

from django.db.models import Q

from tonggui.register.declare import Bars, FollowUp, Ledger, Paper, Section, Sheet, Watch, own, within_unit

CERTIFICATE = Paper(
    "机动车维修竣工出厂合格证",
    "- 合格证编号 | {release_no}\n- 号牌号码 | {plate}\n- 车辆识别代号 | {vin}\n- 维修种类 | {kind}\n"
    "- 进厂里程 | {mileage_km} km\n- 结算清单号 | {settlement_no}\n- 出厂日期 | {released_on}\n\n"
    "维修项目：\n\n{repair_items}\n\n该车经检验合格，准予出厂。\n\n"
    "质量保证期：自出厂之日起 {warranty_days} 日或者行驶 {warranty_km} 公里，以先到者为准（至{warranty_until}）。"
    "在质量保证期内因维修质量造成车辆无法正常使用的，凭本证返修。",
    number="release_no",
    states="released uploaded",
    dated="released_on",
    copies="车主 维修企业",
    signs="质量检验员 承修企业（盖章）",
)
SETTLEMENT = Paper(
    "机动车维修结算清单",
    "- 结算清单号 | {settlement_no}\n- 承修企业 | {shop.name}\n- 号牌号码 | {plate}\n- 进厂里程 | {mileage_km} km\n"
    "- 工时 | {labour_hours}\n- 工时费 | {labour_fee}\n- 材料费 | {parts_fee}\n\n维修项目：\n\n{repair_items}",
    number="settlement_no",
    states="released uploaded",
    signs="承修企业 送修人",
)
SHEET = (
    "shop vin vehicle_sort kind mileage_km symptom repair_items labour_hours labour_fee parts_fee "
    "settlement_no settled_at released_on uploaded_at"
)


class JobPage(Ledger):
    title = "维修记录"
    columns = "number entered_at shop plate kind mileage_km released_on warranty_until uploaded_at state"
    filters = "entered_at unit enterprise kind state settled_at warranty_until vehicle_sort"
    search = "plate number vin settlement_no release_no shop__name"
    names = "number"
    form = [
        Section("车辆", "shop enterprise vehicle plate vin vehicle_sort"),
        Section("维修", "kind entered_at mileage_km symptom repair_items labour_hours labour_fee parts_fee"),
        Section("结算出厂", "settlement_no settled_at released_on final_inspector release_no complaint_no"),
        Section("质量保证和上传", "warranty_days warranty_km warranty_until upload_by_at uploaded_at keep_until"),
    ]
    read = {"county": within_unit, "enterprise": own("enterprise")}
    write = {"enterprise": own("enterprise"), "transport_officer": within_unit, "clerk": within_unit}
    imports = Sheet("维修记录导入模板", key="plate entered_at", columns=SHEET)
    exports = (
        "number shop plate vin vehicle_sort kind entered_at mileage_km symptom repair_items labour_hours labour_fee "
        "parts_fee settlement_no settled_at released_on release_no warranty_days warranty_km warranty_until "
        "uploaded_at complaint_no state"
    )
    sort = "-entered_at"
    unit_from = "shop"
    papers = (CERTIFICATE, SETTLEMENT)
    pictures = (Bars("各企业维修量", by="shop", stack="kind"),)
    watches = (
        Watch(
            "upload_by_at",
            "维修记录未上传",
            lead=1,
            where=Q(state="released"),
            tell=("transport_officer", "enterprise"),
            basis="机动车维修管理规定（维修电子数据记录）",
        ),
    )
    follow_ups = (
        FollowUp("repair.repairpart", "登记配件", {"job": "self", "shop": "shop"}),
        FollowUp("repair.warrantyclaim", "质保返修", {"job": "self"}, states="released uploaded"),
    )
    example = dict(
        shop=None,
        plate="示A00001",
        vin="LSHILI00000000001",
        kind="unit_repair",
        entered_at="2026-03-02 09:00",
        mileage_km=86500,
        symptom="起步抖动，换挡冲击",
        repair_items="离合器总成拆装更换，8 工时",
        labour_hours=8,
        labour_fee="1200",
        parts_fee="2650",
        settlement_no="JS20260302001",
    )
