"""货运指标 FRT: firms opened, firms that left, and the larger firms in the hazard-zero action.

Basis: 道路运输条例 (2023) 第二十四条, 第六十六条 and 第六十七条. A licence taken away (吊销) and one given back (注销)
are told apart; both count on the day of leaving.
"""

from tonggui.ledgers.freight.firm import FreightFirm
from tonggui.measure.declare import AT_END, Total

BASIS = "货运企业档案"


def _firms(code: str, title: str, of, **more) -> Total:
    return Total(code, title, "家", of=of, names="enterprise", basis=BASIS, **more)


opened = _firms("FRT-01", "新增货运企业", FreightFirm.Measures.opened)
revoked = _firms("FRT-02", "吊销许可货运企业", FreightFirm.Measures.licence_revoked)
returned = _firms("FRT-02L", "注销许可货运企业", FreightFirm.Measures.licence_returned)
in_action = _firms("FRT-03", "纳入隐患清零行动的五台以上货运企业", FreightFirm.Measures.large_in_action, during=AT_END)
