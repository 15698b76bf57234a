"""维修指标 RPR: shops with electronic files, records uploaded, rescue points.

Basis: 机动车维修管理规定; 交办运〔2021〕82号 (records are uploaded). Shops and points are those of the last day,
records those uploaded in the period.
"""

from django.db.models import Q

from tonggui.ledgers.repair.job import RepairJob
from tonggui.ledgers.repair.rescue_point import RescuePoint
from tonggui.ledgers.repair.shop import RepairShop
from tonggui.measure.declare import AT_END, Share, Total

SHOPS = "维修企业台账"

shops = Total(
    "RPR-01S", "备案维修企业", "家", of=RepairShop.Measures.shops, during=AT_END, by=("shop_class",), basis=SHOPS
)
shops_with_files = Total(
    "RPR-01",
    "接入电子档案的维修企业",
    "家",
    of=RepairShop.Measures.with_files,
    during=AT_END,
    by=("shop_class",),
    names="name",
    basis=SHOPS,
)
file_rate = Share(
    "RPR-01P",
    "维修电子档案接入率",
    whole=RepairShop.Measures.shops,
    part=Q(uploads=True),
    part_title="已接入电子档案的",
    during=AT_END,
    by=("shop_class",),
    basis=SHOPS,
)
records_uploaded = Total(
    "RPR-02", "上传维修记录", "条", of=RepairJob.Measures.uploaded, by=("shop", "kind"), basis="维修记录台账"
)
rescue_points = Total(
    "RPR-03",
    "维修救援网点",
    "个",
    of=RescuePoint.Measures.points,
    during=AT_END,
    where=Q(state="in_use"),
    names="name",
    basis="维修救援网点台账",
)
