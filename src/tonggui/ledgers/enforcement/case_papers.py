"""Papers of an enforcement case: the national forms, with the clauses of the discretion line that the case names."""

from tonggui.ledgers.penalty.papers import case_papers

LAW = "【上述行为违反了{discretion.clause}的规定，依据{discretion.penalty_clause}处理。】"
PAPERS = case_papers(LAW, "【车船：{plate}】")
