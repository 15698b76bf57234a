"""资金指标 FIN: superior money that arrived, all money by source and use, and what is still missing.

Basis: 预算法 (2018) 第三十八条 (transfers told in advance); 车辆购置税收入补助地方资金管理暂行办法. Money counts on
the day it arrived. The gap is what was planned less what had arrived, for all money on the books on the last day.
"""

from tonggui.ledgers.works.fund import Fund
from tonggui.ledgers.works.fund_request import FundRequest
from tonggui.measure.declare import AT_END, Together, Total

BASIS = "项目资金台账"
SPLITS = ("money_source", "project")

superior = Total("FIN-01", "上级补助资金到位", "万元", of=Fund.Measures.superior, by=SPLITS, basis=BASIS)
arrived = Total(
    "FIN-02",
    "到位资金",
    "万元",
    of=Fund.Measures.arrived,
    by=("money_source", "project", "fund_purpose"),
    basis=BASIS,
)
planned = Total("FIN-03N", "计划资金", "万元", of=Fund.Measures.planned, during=AT_END, by=SPLITS, basis=BASIS)
arrived_in_all = Total(
    "FIN-03A",
    "累计到位资金",
    "万元",
    of=Fund.Measures.arrived_all,
    during=AT_END,
    by=SPLITS,
    beside=planned,
    basis=BASIS,
)
gap = Together("FIN-03", "资金缺口", "万元", plus=(planned,), less=(arrived_in_all,), basis=BASIS)
applied = Total(
    "FIN-04", "申报上级资金", "项", of=FundRequest.Measures.fund_applied, by=("money_source",), basis="争取上级资金台账"
)
requested = Total(
    "FIN-04M",
    "申请上级资金",
    "万元",
    of=FundRequest.Measures.requested,
    by=("money_source",),
    basis="争取上级资金台账",
)
granted = Total(
    "FIN-04G",
    "批复上级资金",
    "万元",
    of=FundRequest.Measures.granted_fund,
    by=("money_source",),
    basis="争取上级资金台账",
)
