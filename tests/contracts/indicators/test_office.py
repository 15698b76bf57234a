"""建议提案、资金、文件、编制、任务、困难问题 PRP, FIN, DOC, ORG, TSK, PROB."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.cases import AFTER, BEFORE, HALF, INSIDE, Case, cases, row, rows_in_value_out, write
from tonggui.measure.indicators import indicator

proposal = row("office.proposal", state="completed", received_on=INSIDE, reply_by=date(2026, 6, 1))
fund = row("works.fund", state="审核通过", arrived_on=INSIDE, planned_fund="1200", arrived_fund="800")
request = row("works.fundrequest", state="fund_granted", fund_applied_on=INSIDE, requested="1500")
document = row("office.document", state="issued", drafted_on=date(2026, 2, 10), issued_on=INSIDE)
post = row("office.post", state="审核通过")
task = row("office.task", state="under_way", due_on=date(2026, 6, 30))
problem = row("office.difficulty", state="put_up", put_up_on=date(2026, 6, 20))


def answered(day: date, outcome: str, **values):
    return proposal(first_answered_on=day, answered_on=day, outcome_class=outcome, contacted_on=INSIDE, **values)


PROPOSALS = [
    answered(date(2026, 5, 20), "A", proposal_no="1", member_verdict="satisfied"),
    answered(date(2026, 6, 10), "B", proposal_no="2", kind="proposal", member_verdict="dissatisfied"),
    answered(AFTER, "C", proposal_no="3", kind="motion", member_verdict="fairly"),
    proposal(proposal_no="4", state="doing", reply_by=date(2026, 9, 1)),
    proposal(proposal_no="5", state="void"),
    answered(BEFORE, "D", proposal_no="6", received_on=date(2025, 10, 1), reply_by=date(2025, 12, 31)),
]
OLD = PROPOSALS[5:]
OF_PROPOSALS = (
    "PRP-01", "PRP-02", "PRP-03", "PRP-03A", "PRP-03N", "PRP-03P", "PRP-04", "PRP-04A", "PRP-04B", "PRP-04C", "PRP-04D",
    "PRP-04N", "PRP-04P", "PRP-04S",
)  # fmt: skip
FUNDS = [
    fund(),
    fund(money_source="central", planned_fund="500", arrived_fund="500", fund_no="2"),
    fund(money_source="county", planned_fund="300", arrived_fund="100", fund_no="3"),
    fund(planned_fund="50", arrived_fund="0", arrived_on=None, fund_no="4"),
    fund(planned_fund="900", arrived_fund="0", state="草稿", fund_no="5"),
]
ARRIVED_BEFORE = [fund(arrived_on=BEFORE)]
DOCUMENTS = [
    document(name="甲"),
    document(name="乙", state="waiting", issued_on=None, awaited="省级文件（示例）"),
    document(name="丙", state="drafting", issued_on=None),
    document(name="丁", state="void", issued_on=None),
    document(name="戊", drafted_on=date(2025, 10, 1), issued_on=BEFORE),
]
POSTS = [post(authorised=42, filled=38), post(kind="full", authorised=8, filled=9, over_because="军转（示例）")]
FINISHED = {"state": "achieved", "achieved_on": date(2026, 7, 3)}
TASKS = [
    task(content="甲", **FINISHED),
    task(content="乙", state="part_done", done_note="完成一半。\n其余待批。"),
    task(content="丙", state="carried", carried_to=date(2026, 12, 31)),
    task(content="丁", progress="正在招标。"),
    task(content="戊", state="void"),
    task(content="己", due_on=date(2026, 9, 30), standard="建成通车"),
    task(content="庚", due_on=date(2027, 1, 31)),
]
LATER = [task(due_on=date(2027, 1, 31))]
OF_TASKS = ("TSK-01", "TSK-02", "TSK-02N", "TSK-02D", "TSK-02A", "TSK-02C", "TSK-02O")
TOLD_TASKS = (
    "TSK-03", "TSK-03F", "TSK-03R", "TSK-03J", "TSK-03C", "TSK-03W", "TSK-04", "TSK-04B", "TSK-04W", "TSK-04R",
    "TSK-04T",
)  # fmt: skip
PROBLEMS = [
    problem(gap_money="2000000"),
    problem(put_up_on=BEFORE, content="乙", state="solved", answered_on=AFTER, answer="已拨付"),
    problem(content="丙", state="solved", answered_on=INSIDE, put_up_on=BEFORE),
    problem(content="丁", state="gathered"),
    problem(content="戊", put_up_on=AFTER),
]
ONE = PROBLEMS[:1]

CASES = [
    *cases("what was received in the period, followed to its end", PROPOSALS, {
        "PRP-01": "3件", "PRP-02": "1件", "PRP-03N": "4件", "PRP-03": "2件", "PRP-03A": "50.0%（4件中2件）",
        "PRP-03P": "33.3%（3件中1件）", "PRP-04": "2件", "PRP-04A": "1件", "PRP-04B": "1件", "PRP-04C": "0件",
        "PRP-04D": "0件", "PRP-04N": "2件", "PRP-04S": "1件", "PRP-04P": "50.0%（2件中1件）",
    }),
    *cases("received the year before", OLD, dict.fromkeys(OF_PROPOSALS, "—")),
    Case("PRP-04", "of one class", PROPOSALS, "1件", by="outcome_class", of="A 类（已解决或采纳）"),
    *cases("by source, and what is missing", FUNDS, {
        "FIN-01": "1300万元", "FIN-02": "1400万元", "FIN-03N": "2050万元", "FIN-03A": "1400万元", "FIN-03": "650万元",
    }),
    *cases("arrived before the period", ARRIVED_BEFORE, {"FIN-01": "—", "FIN-02": "—", "FIN-03": "400万元"}),
    *cases("nothing on the books", [fund(state="草稿")], {"FIN-03": "—", "FIN-03N": "—", "FIN-03A": "—"}),
    Case("FIN-02", "of one source", FUNDS, "500万元", by="money_source", of="中央"),
    *cases("asked for and granted", [request(replied_on=date(2026, 6, 1), granted_fund="1000")], {
        "FIN-04": "1项", "FIN-04M": "1500万元", "FIN-04G": "1000万元",
    }),
    *cases("drafts by the day they were begun", DOCUMENTS, {"DOC-01": "3份", "DOC-01N": "1份", "DOC-01W": "1份"}),
    *cases("of the year before", DOCUMENTS[4:], {"DOC-01": "—", "DOC-01N": "—", "DOC-01W": "0份"}),
    *cases("all kinds of posts", POSTS, {"ORG-01": "50个", "ORG-01N": "47人", "ORG-01P": "94.0%"}),
    *cases("more than authorised", POSTS[1:], {"ORG-01": "8个", "ORG-01N": "9人", "ORG-01P": "112.5%"}),
    *cases("what became of the last plan, and the next one", TASKS, {
        "TSK-01": "1项", "TSK-02": "25.0%（4项中1项）", "TSK-02N": "4项", "TSK-02D": "1项", "TSK-02A": "1项",
        "TSK-02C": "1项", "TSK-02O": "1项",
    }),
    *cases("due in neither", LATER, dict.fromkeys((*OF_TASKS, *TOLD_TASKS), "—")),
    Case("TSK-02", "all done", TASKS[:1], "100%（1项中1项）"),
    *cases("of the one task that was finished", TASKS[:1], {"TSK-03": "甲", "TSK-03F": "按要求完成"}),
    *cases("done in part", TASKS[1:2], {"TSK-03R": "完成一半；其余待批", "TSK-03F": "部分完成"}),
    *cases("carried over", TASKS[2:3], {"TSK-03C": "2026年12月31日", "TSK-03F": "结转下期"}),
    *cases("under way", TASKS[3:4], {"TSK-03J": "正在招标", "TSK-03F": "推进中"}),
    *cases("what is planned next", TASKS[5:6], {
        "TSK-04": "己", "TSK-04B": "建成通车", "TSK-04T": "2026年9月30日",
    }),
    *cases("put up and not solved", PROBLEMS, {"PROB-01": "2项", "PROB-02": "200万元", "PROB-03": "1项"}),
    *cases("one problem: content, effect, ask, of whom, from which figures", ONE, {
        "PROB-01T": "船舶污染物接收缺少趸船和吸油污船", "PROB-01E": "辖区 6 处码头的生活污水只能由陆上车辆接收",
        "PROB-01A": "建议县财政安排购置吸油污船", "PROB-01W": "示例县人民政府", "PROB-01S": "码头台账",
    }),
    *cases("several are told one by one", PROBLEMS, {"PROB-01T": "—", "PROB-01A": "—"}),
    Case("PROB-01R", "answered after the end", PROBLEMS[1:2], "已拨付"),
    Case("PROB-01", "gathered and not put up", [problem(state="gathered")], "—"),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)


def values(*codes: str) -> dict[str, Decimal]:
    return {code: indicator(code).figure(HALF).value for code in codes}


@pytest.mark.django_db
def test_classes_add_up_to_the_answered_and_kinds_to_the_received():
    write(PROPOSALS)
    value = values(*(code for code in OF_PROPOSALS if code[-1] != "P"))
    assert sum(value[f"PRP-04{letter}"] for letter in "ABCD") == value["PRP-03"] == value["PRP-04"]
    assert value["PRP-01"] + value["PRP-02"] == value["PRP-03N"]
    assert value["PRP-04S"] <= value["PRP-04N"] <= value["PRP-03"] <= value["PRP-03N"]


@pytest.mark.django_db
def test_money_by_source_adds_up_and_the_gap_is_the_difference():
    write(FUNDS)
    value = values("FIN-01", "FIN-02", "FIN-03", "FIN-03N", "FIN-03A")
    parts = {part.scope.code: part.value for part in indicator("FIN-02").split(HALF, "money_source")}
    assert sum(parts.values()) == value["FIN-02"] and parts["central"] + parts["province"] == value["FIN-01"]
    assert value["FIN-03"] == value["FIN-03N"] - value["FIN-03A"]
    gaps = indicator("FIN-03").split(HALF, "money_source")
    assert sum(part.value for part in gaps) == value["FIN-03"]


@pytest.mark.django_db
def test_the_fates_of_the_last_plan_add_up_and_each_task_is_told():
    write(TASKS)
    value = values("TSK-02N", "TSK-02D", "TSK-02A", "TSK-02C", "TSK-02O")
    assert sum(value[f"TSK-02{letter}"] for letter in "DACO") == value["TSK-02N"]
    told = [figure.text for figure in indicator("TSK-03F").split(HALF, "task")]
    assert told == ["按要求完成", "部分完成", "结转下期", "推进中"]
    (owner,) = indicator("TSK-04W").split(HALF, "next_task")
    assert owner.known and owner.records().get().content == "己"


@pytest.mark.django_db
def test_each_open_problem_is_told_with_its_own_words():
    write(PROBLEMS)
    told = [figure.text for figure in indicator("PROB-01T").split(HALF, "problem")]
    assert told == ["船舶污染物接收缺少趸船和吸油污船", "乙"]
    assert len(indicator("PROB-01A").split(HALF, "problem")) == indicator("PROB-01").figure(HALF).value
