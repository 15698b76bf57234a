"""An overload case step by step: what the law asks for before the next step, and until when."""

from datetime import date, datetime, time

import pytest

from tonggui.base import clock
from tonggui.measure.indicators import indicator
from tonggui.measure.periods import Period
from tonggui.register.actor import Actor, acting
from tonggui.register.errors import InvalidValues, Refused
from tonggui.register.follow import buttons
from tonggui.register.kinds.base import Reading
from tonggui.register.papers import fill, open_papers
from tonggui.register.registry import ledger
from tonggui.register.views.editing import fillable, first_asked

pytestmark = pytest.mark.django_db
OFFICER = Actor.system("测试")
OPEN = dict.fromkeys(("filed_on", "noticed_on", "noticed_fine", "hearing_told_on", "reminded_on"))


def take(case, move, comment="", **values):
    return case.ledger.perform(case, move, OFFICER, comment, values)


def officer(**values):
    """Another certificate holder than those before."""
    officers = ledger("enforcement.officer")
    return officers.example(certificate=f"示执{900 + officers.query(OFFICER).count()}", **values)


def case(**values):
    """A case as it comes in on Monday 1 June 2026: 3.4 t over, nobody told, nothing to unload."""
    return ledger("overload.case").example(**{**OPEN, "must_unload": False, **values})


def filed(**values):
    return take(case(**values), "open_case", filed_on="2026-06-01", second_officer=officer())


@pytest.fixture
def noticed():
    """Filed on the day of the act, the party told on the Wednesday."""
    return take(filed(), "notice", noticed_on="2026-06-03", noticed_fine="1500")


def decided(record, fine="1500", on="2026-06-11"):
    reason = {} if fine in ("1500", "0") else {"reduction_reason": "首次违法，情节轻微"}
    return take(record, "decide", fine=fine, decided_on=on, **reason)


def served(record):
    return take(record, "serve", served_on="2026-06-15", served_how="直接送达")


# --- filing -----------------------------------------------------------------------------------------------------------


def test_a_case_is_filed_in_time_by_two_certified_officers_and_not_after_two_years():
    record = case()
    assert (record.file_by, record.limitation_until) == (date(2026, 6, 10), date(2028, 6, 1))
    one = officer()
    with pytest.raises(Refused, match="同一人"):
        take(case(plate="沪A00002", lead_officer=one), "open_case", filed_on="2026-06-01", second_officer=one)
    old = case(plate="沪A00003", happened_on="2023-06-01")
    with pytest.raises(Refused, match="2025-06-01 届满"):
        take(old, "open_case", filed_on="2026-06-01", second_officer=officer())


def test_the_weighing_says_the_act_the_fine_and_the_party():
    record = case(enterprise=None, party=None, party_kind=None)
    assert (record.charge, record.party_kind) == ("违法超限运输", "entity")
    assert record.party == record.enterprise.name
    assert record.lawful_fine == 1500
    assert "车货总质量52400kg，限值49000kg，超限3400kg" in record.facts


def test_one_act_is_punished_once():
    first = case(acted_at="2026-06-01 08:00")
    values = {
        "found_by": "非现场",
        "plate": first.plate,
        "party": "李示例",
        "party_kind": "公民",
        "received_on": "2026-06-02",
        "happened_on": "2026-06-01",
        "gross_kg": "60000",
        "limit_kg": "49000",
    }
    with pytest.raises(InvalidValues) as refused:
        first.ledger.create(OFFICER, values | {"acted_at": "2026-06-01 19:00"})
    assert first.number in refused.value.errors["plate"]
    with pytest.raises(InvalidValues):
        first.ledger.create(OFFICER, values)  # an hour that is not known: the day decides
    assert first.ledger.create(OFFICER, values | {"acted_at": "2026-06-01 21:00"}).pk
    again = first.ledger.create(OFFICER, values | {"acted_at": "2026-06-01 12:00", "separate_act": "是"})
    assert again.separate_act


def test_another_ground_of_jurisdiction_is_explained():
    with pytest.raises(InvalidValues) as refused:
        case().ledger.change(case(plate="沪A00009"), OFFICER, {"jurisdiction": "上级指定"}, "更正")
    assert "jurisdiction_note" in refused.value.errors


# --- notice, defence, decision ----------------------------------------------------------------------------------------


def test_no_decision_without_a_notice():
    with pytest.raises(Refused, match="“已告知”"):
        take(filed(), "decide", fine="1500", decided_on="2026-06-20")


def test_no_decision_before_the_notice_is_delivered():
    record = take(filed(), "notice", noticed_fine="1500")
    assert record.intent_no.endswith("0001号") and record.defend_by is None
    with pytest.raises(Refused, match="未告知当事人"):
        take(record, "decide", fine="1500", decided_on="2026-06-20")


def test_no_decision_while_the_party_may_defend_itself(noticed):
    assert noticed.defend_by == date(2026, 6, 10)
    with pytest.raises(Refused, match=r"至 2026-06-10.*2026-06-11"):
        decided(noticed, on="2026-06-10")
    assert decided(noticed).penalty_no.endswith("0001号")


def test_a_party_may_waive_its_defence(noticed):
    assert take(noticed, "decide", fine="1500", decided_on="2026-06-03", waived="是").state == "decided"


def test_no_fine_above_the_one_the_party_was_told_of(noticed):
    more = {"fine": "2000", "decided_on": "2026-06-20", "reduction_reason": "多次违法"}
    with pytest.raises(Refused, match="申辩不得加重处罚"):
        take(noticed, "decide", **more)
    again = take(noticed, "renotice", "拟加重", noticed_on="2026-06-12", noticed_fine="2000")
    assert again.defend_by == date(2026, 6, 22)  # the Dragon Boat holiday, 19 June, is no working day
    assert take(again, "decide", **(more | {"decided_on": "2026-06-23"})).fine == 2000


def test_a_fine_that_is_not_the_laws_wants_its_reason(noticed):
    with pytest.raises(Refused, match="裁量理由"):
        take(noticed, "decide", fine="1000", decided_on="2026-06-11")
    assert decided(noticed, "1000").fine == 1000


def test_a_larger_fine_offers_the_hearing_and_a_major_case_is_reviewed_first():
    record = filed(gross_kg=80_000)
    with pytest.raises(Refused, match="听证的权利"):
        take(record, "notice", noticed_on="2026-06-03", noticed_fine="15500")
    major = filed(plate="沪A00004", major=True, lead_officer=officer())
    with pytest.raises(Refused, match="提交法制审核"):
        take(major, "notice", noticed_on="2026-06-03", noticed_fine="1500")
    major = take(major, "propose", evidence_list="称重数据")
    major = take(major, "pass_review", legal_reviewed_on="2026-06-02", review_opinion="同意")
    assert take(major, "notice", noticed_on="2026-06-03", noticed_fine="1500").state == "noticed"


# --- clocks -----------------------------------------------------------------------------------------------------------


def test_each_clock_runs_from_its_own_day(noticed):
    record = decided(noticed)
    assert record.decide_by == date(2026, 8, 30)  # ninety days from filing
    assert (record.serve_by, record.publish_by) == (date(2026, 6, 23), date(2026, 6, 23))  # seven working days
    assert record.pay_by is None
    record = served(record)
    assert record.pay_by == date(2026, 6, 30)  # fifteen days from receipt, not from the decision
    record = take(record, "close", paid_on="2026-06-30", fine_paid="1500", closed_on="2026-06-30")
    assert (record.copy_by, record.archive_by) == (date(2026, 7, 9), date(2026, 7, 30))


def test_a_late_fine_grows_three_per_cent_a_day_up_to_the_fine(noticed):
    record = served(decided(noticed))
    for day, owed in ((date(2026, 6, 30), None), (date(2026, 7, 2), "90.00"), (date(2026, 12, 31), "1500.00")):
        with clock.pretending(datetime.combine(day, time(10), clock.CHINA)):
            assert record.late_fine() == owed


def test_a_warning_is_closed_without_payment_and_does_not_lower_the_rate():
    record = filed(gross_kg=49_900)
    assert record.lawful_fine == 0
    record = take(record, "notice", noticed_on="2026-06-03", noticed_fine="0")
    record = served(decided(record, "0"))
    assert record.pay_by is None
    assert take(record, "close", closed_on="2026-06-16").state == "closed"
    half = Period.parse("2026H1")
    assert indicator("OVR-10").figure(half).value is None
    case(plate="沪A00005", state="served", decided_on=date(2026, 6, 1), fine=500, paid_on=date(2026, 6, 2))
    assert indicator("OVR-10").figure(half).text == "100%（1宗中1宗）"


def test_steps_in_the_wrong_order_are_refused(noticed):
    with pytest.raises(InvalidValues, match="早于“告知日期”"):
        take(noticed, "decide", fine="1500", decided_on="2026-06-02", waived="是")


def test_a_case_whose_notice_day_was_taken_away_is_not_decided(noticed):
    noticed.noticed_on = noticed.defend_by = None
    with acting(OFFICER):
        noticed.save()
    with pytest.raises(Refused, match="未告知当事人"):
        take(noticed, "decide", fine="1500", decided_on="2026-06-20")


# --- discretion -------------------------------------------------------------------------------------------------------


def like(n, fine, **values):
    days = {"decided_on": date(2026, 5, 1), "happened_on": date(2026, 4, 1)}
    mine = {"plate": f"示L{n:05}", "party": f"王示例{n}", "state": "served", "fine": fine, **days}
    return case(**{**mine, **values})


def test_a_fine_away_from_like_cases_is_said_in_words():
    for n in range(3):
        like(n, 1500)
    like(9, 9000, gross_kg=70_000)
    with clock.pretending(datetime(2026, 6, 11, 10, tzinfo=clock.CHINA)):
        said = case(noticed_fine="1500").beside
        assert (len(said.like), said.warnings, said.earlier) == (3, [], [])
        assert "属于初次违法" in said.first
        low = case(plate="沪A00007", noticed_fine="500").beside
        assert "低于同类案件的中位数 1500 元（3 宗）" in low.warnings[0]


def test_a_fine_outside_the_published_band_wants_reason_and_discussion():
    band = ledger("enforcement.discretion").example(
        act="违法超限运输", law_lowest="0", law_highest="30000", lowest="1000", highest="1500", state="in_force"
    )
    record = take(filed(discretion=band), "notice", noticed_on="2026-06-03", noticed_fine="1500")
    assert record.beside.warnings == [] and record.beside.band == band
    with pytest.raises(Refused, match=r"裁量理由.*集体讨论日期"):
        take(record, "decide", fine="500", decided_on="2026-06-11")
    discussed = {"reduction_reason": "情节轻微", "discussed_on": "2026-06-10", "discussion": "同意"}
    record = take(record, "decide", fine="500", decided_on="2026-06-11", **discussed)
    assert "不在裁量基准" in record.beside.warnings[0]
    assert [line.pk for line in case(plate="沪A00008").beside.lines] == [band.pk]


def test_earlier_cases_of_the_vehicle_and_the_party_are_shown():
    earlier = like(1, 1500, plate="沪A00001", happened_on=date(2026, 2, 1))
    like(2, 1500, plate="沪A00001", happened_on=date(2023, 2, 1))
    said = case().beside
    assert [one.pk for one in said.earlier] == [earlier.pk] and "本车有 1 宗" in said.first


# --- on the spot ------------------------------------------------------------------------------------------------------

SPOT = {"filed_on": "2026-06-01", "decided_on": "2026-06-01", "served_on": "2026-06-01", "spoken": "无异议"}


def test_the_simple_procedure_ends_at_its_limit_and_takes_cash_on_a_ground():
    with pytest.raises(Refused, match="不得超过 200 元"):
        take(case(), "punish_on_spot", fine="1500", second_officer=officer(), **SPOT)
    with pytest.raises(Refused, match="裁量理由"):
        take(case(plate="沪A00013", gross_kg=49_900), "punish_on_spot", fine="100", second_officer=officer(), **SPOT)
    warning = take(
        case(plate="沪A00010", gross_kg=49_900), "punish_on_spot", fine="0", second_officer=officer(), **SPOT
    )
    assert (warning.state, warning.procedure, warning.spot_copy_by) == ("served", "spot", date(2026, 6, 8))
    assert warning.penalty_no.endswith("当罚〔2026〕0001号") or "当罚" in warning.penalty_no
    with pytest.raises(Refused, match="当场处罚备案日期"):
        take(warning, "close", closed_on="2026-06-02")
    firm = case(plate="沪A00011", party_kind="entity")
    cash = {"fine": "1500", "fine_paid": "1500", "paid_on": "2026-06-01"}
    with pytest.raises(Refused, match="超过 100 元"):
        take(firm, "punish_on_spot", second_officer=officer(), cash_ground="一百元以下罚款", **cash, **SPOT)
    ground = "不当场收缴事后难以执行"
    firm = take(firm, "punish_on_spot", second_officer=officer(), cash_ground=ground, **cash, **SPOT)
    assert firm.cash_by == date(2026, 6, 3)
    with pytest.raises(Refused, match="交回罚款日期"):
        take(firm, "close", spot_copied_on="2026-06-02", closed_on="2026-06-04")
    firm = take(
        firm, "close", spot_copied_on="2026-06-02", cash_on="2026-06-02", banked_on="2026-06-03", closed_on="2026-06-04"
    )
    assert firm.state == "closed" and firm.bank_by == date(2026, 6, 4)


# --- unpaid, quashed --------------------------------------------------------------------------------------------------


def test_an_unpaid_fine_is_reminded_then_taken_to_the_court_in_its_window(noticed):
    record = served(decided(noticed))
    assert record.apply_by == date(2027, 3, 15)
    with pytest.raises(Refused, match="期满未缴才催告"):
        take(record, "remind", reminded_on="2026-06-30")
    record = take(record, "remind", reminded_on="2026-07-01")
    assert record.apply_from == date(2026, 7, 15) and record.reminder_no.endswith("0001号")
    with pytest.raises(Refused, match="2026-07-15 届满"):
        take(record, "apply", enforcement_asked_on="2026-07-15")
    with pytest.raises(Refused, match="2027-03-15 届满"):
        take(record, "apply", enforcement_asked_on="2027-03-16")
    record = take(record, "apply", enforcement_asked_on="2026-07-16")
    record = take(record, "interrupt", interrupted_on="2026-08-01", interruption_reason="当事人暂无履行能力")
    assert record.interrupted_until == date(2029, 8, 1)
    record = take(record, "end_enforcement", "三年未恢复", closed_on="2029-08-02")
    assert record.state == "closed"
    checks = ledger("overload.fourfold").query(Actor.system("test")).filter(overload_case=record)
    assert {check.copy_by for check in checks} == {record.copy_by}


def test_instalments_move_the_day_for_payment(noticed):
    record = served(decided(noticed))
    plan = {"pay_by": "2026-09-30", "instalments": "三期，每月五百元"}
    record = take(record, "defer", "经济困难", **plan)
    assert record.pay_by == date(2026, 9, 30) and record.deferral_no.endswith("0001号")


def test_a_quashed_decision_is_withdrawn_from_publication(noticed):
    record = take(decided(noticed), "serve", served_on="2026-06-15", served_how="直接送达", published_on="2026-06-16")
    record = take(record, "quash", "复议撤销", quashed_on="2026-07-01")
    assert (record.state, record.withdraw_by) == ("quashed", date(2026, 7, 6))


# --- papers -----------------------------------------------------------------------------------------------------------

#: The national forms that a case fills, and those of what was seized.
NAMES = (
    "立案登记表 询问笔录 勘验笔录 现场笔录 抽样取证凭证 违法行为通知书 听证通知书 听证笔录 当场行政处罚决定书 "
    "行政处罚决定书 责令改正违法行为通知书 分期（延期）缴纳罚款通知书 执行公告 催告书 行政强制执行决定书 代履行决定书 "
    "中止（终结、恢复）行政强制执行通知书 送达回证 结案报告"
)
FORMS = set(NAMES.split())
SEIZED = {
    "证据登记保存清单",
    "解除证据登记保存决定书",
    "行政强制措施决定书",
    "延长行政强制措施期限通知书",
    "解除行政强制措施决定书",
}


def text_of(record, title):
    """The words of a paper as it is filled now."""
    (paper,) = [one for _, one in open_papers(record) if one.title == title]
    filled = fill(paper, record)
    parts = [part if isinstance(part, str) else str(part.rows) for part in filled.parts]
    return " ".join([filled.number, filled.to, *parts])


def test_the_24_national_forms_stand_in_the_case_and_in_what_was_seized():
    assert {paper.title for paper in ledger("overload.case").page.papers} == FORMS
    assert {paper.title for paper in ledger("enforcement.case").page.papers} == FORMS
    assert {paper.title for paper in ledger("enforcement.seizure").page.papers} == SEIZED
    assert len(FORMS | SEIZED) == 24


def test_each_form_says_the_facts_of_the_case(noticed):
    assert "52,400kg" in text_of(noticed, "立案登记表") and noticed.filing_no in text_of(noticed, "立案登记表")
    assert "壹仟伍佰元整" in text_of(noticed, "违法行为通知书") and "2026年6月10日" in text_of(
        noticed, "违法行为通知书"
    )
    record = served(decided(noticed))
    decision = text_of(record, "行政处罚决定书")
    assert record.penalty_no in decision and "3400kg" in decision and "60日内" in decision and "15日内" in decision
    assert "直接送达" in text_of(record, "送达回证")
    record = take(record, "defer", "困难", pay_by="2026-07-30", instalments="两期")
    assert "两期" in text_of(record, "分期（延期）缴纳罚款通知书")
    record = take(record, "remind", reminded_on="2026-08-01")
    assert record.reminder_no in text_of(record, "催告书")
    record = take(record, "compel", "期满未履行", compelled_on="2026-09-01")
    assert record.compulsion_no in text_of(record, "行政强制执行决定书")
    record = take(record, "substitute", substitute_work="卸载超限货物（示例）", substitute_on="2026-09-10")
    assert "卸载超限货物" in text_of(record, "代履行决定书") and "卸载超限货物" in text_of(record, "执行公告")
    record = take(record, "interrupt", interrupted_on="2026-10-01", interruption_reason="下落不明（示例）")
    assert "下落不明" in text_of(record, "中止（终结、恢复）行政强制执行通知书")
    record = take(record, "end_enforcement", "终结", closed_on="2026-11-01")
    assert record.penalty_no in text_of(record, "结案报告") and "下落不明" in text_of(record, "结案报告")


def test_an_intended_warning_is_announced_as_one():
    told = take(filed(), "notice", noticed_on="2026-06-03", noticed_fine="0")
    assert "拟对你（单位）作出行政处罚：予以警告。" in text_of(told, "违法行为通知书")


def test_a_form_is_offered_only_where_it_belongs(noticed):
    offered = {paper.title for _, paper in open_papers(noticed)}
    assert {"立案登记表", "询问笔录", "违法行为通知书"} <= offered
    assert not offered & {
        "当场行政处罚决定书",
        "行政处罚决定书",
        "催告书",
        "听证笔录",
        "责令改正违法行为通知书",
        "结案报告",
    }
    spot = take(case(plate="沪A00010", gross_kg=49_900), "punish_on_spot", fine="0", second_officer=officer(), **SPOT)
    titles = [paper.title for _, paper in open_papers(spot)]
    assert titles.count("当场行政处罚决定书") == 1 and "行政处罚决定书" not in titles and "询问笔录" not in titles
    assert "予以警告" in text_of(spot, "当场行政处罚决定书") and "无异议" in text_of(spot, "当场行政处罚决定书")


def test_a_truck_held_for_a_case_fills_the_forms_of_its_seizure():
    seizures = ledger("enforcement.seizure")
    held = seizures.example(overload_case=case(), plate="沪A00001", state="held", measure_no="示强措〔2026〕0001号")
    titles = {paper.title for _, paper in open_papers(held)}
    assert titles == {"行政强制措施决定书"}
    kept = seizures.example(kind="evidence", ground="evidence", state="held", plate="沪A00001")
    assert {paper.title for _, paper in open_papers(kept)} == {"证据登记保存清单"}


def test_an_overload_case_goes_to_the_police_and_comes_back():
    record, referrals = filed(), ledger("enforcement.referral")
    raw = {
        "offence": "妨害公务罪（刑法第二百七十七条）",
        "referral_reported_on": "2026-06-03",
        "reporters": "孙示例、李示例",
    }
    raw["grounds"] = "强行冲卡（示例）"
    with pytest.raises(InvalidValues, match="其中一项"):
        referrals.create(OFFICER, raw)
    referral = referrals.create(OFFICER, raw | {"overload_case": record.number})
    with clock.pretending(datetime(2026, 6, 3, 10, tzinfo=clock.CHINA)):
        referral = take(referral, "agree")
    handed = {"referred_at": "2026-06-04 09:00", "receiver": "示例县公安局"}
    referral = take(referral, "hand_to_police", **handed)
    assert record.ledger.get(record.number, OFFICER).state == "with_police"
    referral = take(referral, "police_refuse", police_decided_on="2026-06-08")
    take(referral, "bring_back", criminal_outcome="不构成犯罪")
    assert record.ledger.get(record.number, OFFICER).state == "filed"


def test_the_button_of_a_pass_begins_the_case_as_the_desk_does(office):
    truck = ledger("fleet.vehicle").example()
    passed = {"state": "accepted", "gross_kg": 52_400, "tolerance_kg": 400, "vehicle": truck}
    found = ledger("overload.doubtedpass").example(**passed)
    address = buttons(found, office.person("overload_officer"))[0]["url"]
    assert "gross_kg=52000" in address and "found_by=off_site" in address and "enterprise=" in address
    assert f"received_on={clock.today()}" in address


def test_the_firm_of_the_truck_or_its_driver_is_the_party_where_none_is_named():
    raw = {"found_by": "off_site", "plate": "示A00009", "received_on": "2026-06-02", "happened_on": "2026-06-01"}
    raw |= {"gross_kg": 52_000, "limit_kg": 49_000}
    with pytest.raises(InvalidValues, match="当事人"):
        ledger("overload.case").create(OFFICER, raw)
    assert ledger("overload.case").create(OFFICER, raw | {"driver_name": "孙示例"}).party == "孙示例"


# --- how a case is entered and named ----------------------------------------------------------------------------------


def test_a_pass_with_a_case_leads_to_it_and_offers_no_second_one():
    found = ledger("overload.doubtedpass").example(state="accepted")
    assert [one["label"] for one in buttons(found, OFFICER)] == ["立案"]
    record = case(doubted_pass=found)
    assert buttons(found, OFFICER) == [{"label": f"超限案件 {record.number}", "url": record.url, "icon": "file-text"}]
    record = take(record, "refuse_filing", "同一行为已由邻县立案")
    assert [one["label"] for one in buttons(found, OFFICER)] == ["立案"]


def test_a_link_names_a_case_by_its_number_and_it_is_found_by_its_plate():
    record = case()
    assert (record.short_name, str(record)) == (record.number, f"{record.number} 沪A00001")
    link = ledger("overload.unloading").kinds["overload_case"]
    assert [link.read(text, Reading(OFFICER)) for text in (record.plate, record.number)] == [record, record]


@pytest.mark.parametrize("key", ["overload.case", "enforcement.case"])
def test_a_new_case_is_not_asked_what_only_its_clocks_count(key):
    bound = ledger(key)
    assert "paused_days" not in [kind.name for kind in first_asked(bound)]
    assert "paused_days" in [kind.name for kind in fillable(bound)]
    assert bound.example().paused_days == 0
