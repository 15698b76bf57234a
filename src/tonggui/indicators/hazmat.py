"""危货运输指标 HZM: firms and how many were inspected, waybills that were missing or wrong, the area of parking.

Basis: 道路运输条例 (2023) 第二十三条; 危险货物道路运输安全管理办法 on electronic waybills. 全覆盖 is a share of the
firms on the books on the last day and is 100 % only where each of them was inspected within the period.
"""

from django.db.models import Q

from tonggui.ledgers.hazmat.bill_check import BillCheck
from tonggui.ledgers.hazmat.firm import HazmatFirm
from tonggui.ledgers.hazmat.parking import HazmatParking
from tonggui.ledgers.hazmat.waybill import Waybill
from tonggui.measure.declare import AT_END, Share, Total

FIRMS = "危险货物运输企业档案"
BILLS = "危险货物道路运输安全管理办法"


def inspected_within(period):
    return Q(checked_on__gte=period.start, checked_on__lte=period.end)


firms = Total(
    "HZM-01", "危险货物运输企业", "家", of=HazmatFirm.Measures.firms, during=AT_END, names="enterprise", basis=FIRMS
)
firms_inspected = Total(
    "HZM-02N",
    "已检查危险货物运输企业",
    "家",
    of=HazmatFirm.Measures.firms,
    during=AT_END,
    where=inspected_within,
    names="enterprise",
    basis=FIRMS,
)
firms_inspected_share = Share(
    "HZM-02",
    "危险货物运输企业检查覆盖率",
    whole=HazmatFirm.Measures.firms,
    part=inspected_within,
    part_title="期内检查过的",
    during=AT_END,
    basis=FIRMS,
)
bills = Total("HZM-03", "危险货物电子运单", "份", of=Waybill.Measures.bills, by=("enterprise",), basis=BILLS)
bills_wrong = Total(
    "HZM-03W", "不符的危险货物电子运单", "份", of=Waybill.Measures.mismatched, by=("enterprise",), basis=BILLS
)
bills_wrong_share = Share(
    "HZM-03P",
    "危险货物电子运单不符率",
    whole=Waybill.Measures.bills,
    part=Q(mismatched=True),
    part_title="与实际不符的",
    by=("enterprise",),
    basis=BILLS,
)
bills_checked = Total("HZM-03C", "路检核查危险货物运单", "台次", of=BillCheck.Measures.bill_checks, basis=BILLS)
bills_missing = Total("HZM-03M", "无运单或者运单过期", "台次", of=BillCheck.Measures.bills_missing, basis=BILLS)
parking_area = Total(
    "HZM-04",
    "危险货物专用停车场面积",
    "平方米",
    of=HazmatParking.Measures.area,
    during=AT_END,
    where=Q(state="in_use"),
    by={"parking": "self"},
    places=2,
    names="name",
    basis="道路危险货物运输管理规定",
)
