"""治超指标 OVR over weighing passes: trucks detected, over-limit rate, bands, points and source yards online.

Basis: published statistics of one province (`statutes/overloading/statistics.py`); 超限率 as the share of over-limit
trucks of valid passes. Valid: the scale's certificate held on the day and the rate is plausible. OVR-16 is the code
of the catalogue; the others are the bureau's own beside it. What a point did not send is unknown, never none.
"""

from collections.abc import Mapping
from typing import Any

from tonggui.measure.declare import Tally, TallyShare

VALID = "检定有效、超限率未超过合理上限的过车，不含源头称重点"
PROVINCIAL = "某省治超统计口径，参数由本局设定"
USABLE: Mapping[str, str] = {"calibrated": "true"}
BY = ("point", "hour")


#: What rests on valid passes is unknown where there was none, however many came from a scale without certificate.
OF_VALID = {"heard": "valid", "unheard": "没有有效过车"}


def _of_passes(code: str, title: str, name: str, opens: Mapping[str, str], **more: Any) -> Tally:
    """A count of passes: by point and hour, unknown where none was received at all."""
    chosen = {"by": BY, "basis": PROVINCIAL, "heard": "passes", **more}
    return Tally(code, title, "辆次", provider="passes", name=name, opens=opens, **chosen)


passes = _of_passes("OVR-20", "检测货车", "passes", {})
valid = _of_passes("OVR-21", "有效过车", "valid", USABLE, expressed=VALID)
over = _of_passes(
    "OVR-22", "超限过车", "over", {**USABLE, "over": "true"}, expressed=f"{VALID}，其中超限的", **OF_VALID
)
rate = TallyShare(
    "OVR-16",
    "超限率",
    provider="passes",
    name="over",
    whole="valid",
    **OF_VALID,
    part_title="超限过车",
    whole_title="有效过车",
    whole_unit="辆次",
    expressed=f"超限过车÷有效过车（{VALID}）",
    opens={**USABLE, "over": "true"},
    by=BY,
    basis="超限运输车辆行驶公路管理规定第三条；公路安全保护条例第三十九条",
)

BANDS = tuple(
    _of_passes(
        f"OVR-23{letter}",
        f"超限{words}",
        name,
        {**USABLE, "band": band},
        expressed=f"{VALID}，超限率{words}的",
        **OF_VALID,
    )
    for letter, words, name, band in (
        ("A", "10%及以下", "over_0", "0-10"),
        ("B", "10%至20%", "over_10", "10-20"),
        ("C", "20%至50%", "over_20", "20-50"),
        ("D", "50%至100%", "over_50", "50-100"),
        ("E", "100%以上", "over_100", "100+"),
    )
)
kings = _of_passes(
    "OVR-24",
    "百吨王",
    "kings",
    {**USABLE, "gross_kg_min": "100000"},
    expressed="总质量在百吨王上下限之间的有效过车",
    **OF_VALID,
)
heavy = _of_passes(
    "OVR-25",
    "80吨以上",
    "heavy",
    {**USABLE, "gross_kg_min": "80001"},
    expressed="总质量超过重点关注总质量（80吨，可设定）的有效过车",
    **OF_VALID,
)
doubled = _of_passes(
    "OVR-26",
    "超限100%以上且不足百吨",
    "doubled",
    {**USABLE, "band": "100+"},
    expressed="超限率100%以上、总质量不足百吨王下限的有效过车",
    **OF_VALID,
)
unread = _of_passes("OVR-27", "未识别号牌", "unread", {"plate_read": "false"})
doubted = _of_passes("OVR-27D", "存疑过车", "doubted", {"doubt": "true"}, expressed="平台列出疑点的过车，疑点不是结论")
uncertified = _of_passes("OVR-27U", "检定无效过车", "uncertified", {"calibrated": "false"})
strangers = Tally("OVR-27S", "未登记站点过车", "辆次", provider="passes", name="strangers", basis=PROVINCIAL)

sites = Tally("OVR-28N", "应在线站点", "个", provider="passes", name="sites", basis="在用的不停车检测点和固定站")
sites_online = Tally("OVR-28A", "有数据站点", "个", provider="passes", name="sites_online", basis=PROVINCIAL)
sites_silent = Tally("OVR-28S", "无数据站点", "个", provider="passes", name="sites_silent", basis=PROVINCIAL)
silent_days = Tally(
    "OVR-28D", "无数据天数", "天", provider="passes", name="days_silent", by=("point",), basis=PROVINCIAL
)
online_rate = TallyShare(
    "OVR-28",
    "站点在线率",
    provider="passes",
    name="days",
    whole="days_due",
    part_title="有数据的站点天数",
    whole_title="应有数据的站点天数",
    whole_unit="天",
    by=("point",),
    basis=PROVINCIAL,
)
valid_sites = TallyShare(
    "OVR-29",
    "有效站点",
    provider="passes",
    name="sites_valid",
    whole="sites",
    part_title="在线天数和过车达到下限的站点",
    whole_title="应在线站点",
    whole_unit="个",
    basis=PROVINCIAL,
)
intact_rate = TallyShare(
    "OVR-30",
    "设备完好率",
    provider="passes",
    name="sites_intact",
    whole="sites",
    part_title="有效且不在维修的站点",
    whole_title="应在线站点",
    whole_unit="个",
    basis=PROVINCIAL,
)
yards_online = TallyShare(
    "OVR-34",
    "源头设备上线率",
    provider="passes",
    name="yards_online",
    whole="yards",
    part_title="上线的源头单位",
    whole_title="设有称重点的源头单位",
    whole_unit="家",
    expressed="上线÷设有称重点的在册源头单位；当月天数、吨数或者车数超过所定数的为上线",
    basis=PROVINCIAL,
)
YARD_BANDS = tuple(
    TallyShare(
        f"OVR-35{letter}",
        f"源头超限{words}占比",
        provider="passes",
        name=f"yard_{name}",
        whole="yard_valid",
        heard="yard_passes",
        part_title=f"源头称重超限{words}",
        whole_title="源头称重有效过车",
        whole_unit="辆次",
        basis=PROVINCIAL,
    )
    for letter, words, name in (
        ("C", "20%至50%", "over_20"),
        ("D", "50%至100%", "over_50"),
        ("E", "100%以上", "over_100"),
    )
)
