"""Papers of overload control: the national forms as an overload case fills them, and the permit.

Basis: 公路安全保护条例 第三十三条, 第六十四条 and Order 62 第二十七条, 第四十三条 for the act and its penalty; the
forms themselves are those of any penalty case (`penalty/papers.py`).
"""

from tonggui.ledgers.penalty.papers import case_papers
from tonggui.register.declare import Paper

LAW = (
    "上述行为违反了《公路安全保护条例》第三十三条、《超限运输车辆行驶公路管理规定》第二十七条的规定，依据《公路安全保护条例》"
    "第六十四条、《超限运输车辆行驶公路管理规定》第四十三条处理。"
)
TRUCK = """
- 号牌号码 | 驾驶员 | 车货总质量 | 限值 | 超限
- {plate} | {driver_name} | {gross_kg}kg | {limit_kg}kg | {excess_kg}kg

【检测点：{point}（检定证书{point.certificate}）。】【检测记录号：{doubted_pass.record_no}。】【装载源头：{source}。】
"""

CASE_PAPERS = case_papers(LAW, TRUCK, extra="copied")

PERMIT_PAPERS = (
    Paper(
        "超限运输车辆通行证",
        "- 承运人 | {carrier}\n- 车辆 | {plate}【，挂车{trailer_plate}】\n- 货物 | {load}\n"
        "- 长、宽、高 | {load_length_m} m、{load_width_m} m、{load_height_m} m\n- 车货总重 | {gross_t} t\n"
        "- 路线 | {permit_route}\n- 有效期 | {valid_from} 至 {runs_until}\n\n"
        "应随车携带，按指定的时间、路线和速度行驶，并悬挂明显标志。不得租借、转让。",
        number="pass_no",
        states="may_run lapsed",
    ),
)
