"""The rules before printing, R1 to R20: each holds where it should, and speaks where it does not."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from tonggui.base import clock
from tonggui.measure.crossfoot import (
    AtMost,
    Balance,
    CountedOnce,
    Dated,
    InOrder,
    NotFalling,
    RateOf,
    SumOf,
    figure_faults,
    text_faults,
)
from tonggui.measure.declare import Period
from tonggui.measure.figures import COUNTY, Figure, Scope, Stamp
from tonggui.measure.figureset import FigureSet
from tonggui.measure.recordsets import RecordSet
from tonggui.measure.text import parse
from tonggui.register.registry import ledger
from tonggui.reports.half_year import half_year

HALF = Period.parse("2026H1")
STAMP = Stamp("d", "2026H1", "全县", "2026-07-01T00:00:00+08:00", {}, "r")


@pytest.fixture(autouse=True)
def after_the_period():
    with clock.pretending(datetime(2026, 7, 10, tzinfo=clock.CHINA)):
        yield


def one(code: str, value, unit: str = "处", scope: Scope = COUNTY, **more) -> Figure:
    value = None if value is None else Decimal(str(value))
    text = more.pop("text", "—" if value is None else f"{value}{unit}")
    kept = dict(code=code, title=more.pop("title", code), unit=unit, period=HALF, scope=scope, value=value, text=text)
    return Figure(**kept, expression="", stamp=STAMP, **more)


def part(code: str, name: str, value, by: str = "domain", **more) -> Figure:
    return one(code, value, scope=Scope(by, name, name, name), **more)


def told(check, *figures: Figure) -> list[str]:
    return [fault.rule for fault in check.faults(FigureSet.of(HALF, figures))]


def of_figures(*figures: Figure, declared=()) -> list[str]:
    return [fault.rule for fault in figure_faults(FigureSet.of(HALF, figures), declared)]


def of_text(text: str, *figures: Figure) -> list[str]:
    return [fault.rule for fault in text_faults(parse(text), FigureSet.of(HALF, figures))]


def share(value: str, text: str = "", **more) -> Figure:
    value, parts = Decimal(value), (Decimal(value) * 10_000, Decimal(10_000))
    return one("HAZ-04", value, "%", text=text or f"{value * 100:f}%", **{"parts": parts, **more})


TOTAL, ROAD, WATER = one("HAZ-01", 5), part("HAZ-01", "道路", 3), part("HAZ-01", "水路", 2)


@pytest.mark.parametrize("rule", ["R1", "R2"])
def test_parts_add_up_to_their_total(rule):
    check = SumOf(rule, total="HAZ-01", parts="HAZ-01")
    assert told(check, TOTAL, ROAD, WATER) == []
    assert told(check, TOTAL, ROAD) == [rule]
    assert told(check, TOTAL, ROAD, part("HAZ-01", "水路", None, reason="未登记")) == [rule, rule]


def test_r1_parts_that_may_overlap_need_not_add_up_but_none_is_more_than_the_total():
    check = SumOf("R1", total="MNT-07", parts="MNT-07", may_overlap=True)
    sites = one("MNT-07", 7)
    assert told(check, sites, part("MNT-07", "护栏", 5), part("MNT-07", "标志", 3)) == []
    assert told(check, sites, part("MNT-07", "护栏", 8)) == ["R1"]


def test_r1_holds_for_every_split_undeclared_unless_its_parts_may_overlap():
    assert of_figures(TOTAL, ROAD, WATER) == [] == of_figures(TOTAL, ROAD)
    assert of_figures(TOTAL, ROAD, part("HAZ-01", "水路", 4)) == ["R1"]
    assert of_figures(TOTAL, ROAD, part("HAZ-01", "水路", 4), declared=[SumOf("R1", "HAZ-01", "HAZ-01")]) == []
    assert of_figures(one("HAZ-02", 1), part("HAZ-02", "道路", 1), part("HAZ-02", "水路", 1)) == []


def test_r3_a_rate_is_its_part_over_its_whole():
    check = RateOf("R3", rate="PRJ-09", part="PRJ-04", whole="PRJ-03")
    done, target = one("PRJ-04", 3, "亿元"), one("PRJ-03", 4, "亿元")
    assert told(check, one("PRJ-09", "0.75", "%"), done, target) == []
    assert told(check, one("PRJ-09", "0.8", "%"), done, target) == ["R3"]
    assert of_figures(share("0.75")) == [] and of_figures(share("0.75", parts=(Decimal(3), Decimal(5)))) == ["R3"]


@pytest.mark.parametrize("rule", ["R4", "R19"])
def test_one_figure_is_not_above_another(rule):
    check = AtMost(rule, less="HAZ-03", more="HAZ-01")
    assert told(check, one("HAZ-03", 5), TOTAL) == [] and told(check, one("HAZ-03", 6), TOTAL) == [rule]


def test_r5_people_of_every_kind_make_up_the_scope():
    check = Balance("R5", whole="EPI-01", parts=("EPI-02", "EPI-03", "EPI-04", "EPI-04B"))
    kinds = [one(code, n, "人") for code, n in (("EPI-02", 90), ("EPI-03", 4), ("EPI-04", 5), ("EPI-04B", 1))]
    assert told(check, one("EPI-01", 100, "人"), *kinds) == []
    assert told(check, one("EPI-01", 101, "人"), *kinds) == ["R5"]
    assert told(check, one("EPI-01", 101, "人"), *kinds[:3]) == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("新增甲线、乙线等[[BUS-01]]。", []),
        ("新增甲线、乙线、丙线、丁线等[[BUS-01]]。", ["R6"]),
        ("新增线路[[BUS-01]]（甲线、乙线、丙线）。", []),
        ("新增线路[[BUS-01]]（甲线、乙线等）。", []),
        ("新增线路[[BUS-01]]（甲线、乙线）。", ["R6"]),
        ("新增线路[[BUS-01]]（甲、乙、丙、丁等）。", ["R6"]),
        ("加强排查、治理，新增线路[[BUS-01]]。", []),
    ],
)
def test_r6_names_agree_with_their_count(text, faults):
    assert of_text(text, one("BUS-01", 3, "条", counts_names=True)) == faults


def test_r7_one_title_has_one_number():
    again = one("HAND-01", 5, title="HAZ-01")
    assert of_figures(TOTAL, again) == [] and of_figures(TOTAL, replace(again, value=Decimal(6))) == ["R7"]


def test_r8_a_hundred_per_cent_is_exact():
    whole = (Decimal(7), Decimal(7))
    assert of_figures(share("1", "100%", parts=whole)) == []
    assert of_figures(share("0.9996", "100%")) == ["R8"]


@pytest.mark.django_db
def test_r9_what_is_cumulative_does_not_fall():
    made = ledger("works.project").example(state="审核通过", plan_year=2026, is_key=True, year_target=100)
    for month, done in ((5, 60), (6, 50)):
        ledger("works.progress").example(project=made, month=date(2026, month, 1), invest_year=done, state="审核通过")
    figures = half_year.compute(HALF)
    assert [fault.rule for fault in NotFalling("R9", of="PRJ-07").faults(figures)] == ["R9"]
    risen = {key: replace(figure, value=Decimal(10**6)) for key, figure in figures.figures.items()}
    assert list(NotFalling("R9", of="PRJ-07").faults(FigureSet(HALF, risen))) == []


def test_r9_a_count_is_not_negative():
    assert of_figures(one("HAZ-01", 0)) == [] and of_figures(one("HAZ-01", -1)) == ["R9"]


def test_r10_a_change_is_printed_only_with_its_base():
    text = "发现隐患[[HAZ-01]]，[[HAZ-01|change]]，[[HAZ-01|step]]。"
    assert of_text(text, replace(TOTAL, last_year=Decimal(4), before=Decimal(3))) == []
    assert of_text(text, replace(TOTAL, last_year=Decimal(4), step_reason="尚未建账")) == ["R10"]


@pytest.mark.parametrize(
    ("text", "value", "faults"),
    [
        ("实现检查全覆盖，检查率[[HAZ-04]]。", "1", []),
        ("实现检查全覆盖，检查率[[HAZ-04]]。", "0.95", ["R11"]),
        ("全部整改到位，整改率[[HAZ-04]]。", "0.95", ["R11"]),
        ("整改率[[HAZ-04]]。全部下达通知书。", "0.95", []),
    ],
)
def test_r11_full_coverage_is_the_whole_list(text, value, faults):
    assert of_text(text, share(value)) == faults


@pytest.mark.parametrize("words", ["未发生较大以上责任事故", "无生产安全事故", "实现零事故"])
def test_r12_no_accident_rests_on_nil_returns(words):
    assert of_text(f"{words}。", one("SAF-01", 0, "起", nil=True)) == []
    assert of_text(f"{words}。", one("SAF-01", 0, "起")) == ["R12"]
    assert of_text(f"{words}。", one("SAF-01", None, "起", reason="2026年3月既无登记也无零报告")) == ["R12"]
    assert of_text("发生事故[[SAF-01]]。", one("SAF-01", 1, "起")) == []


@pytest.mark.parametrize("typed", ["3处", "××路", "XX项目", "____", "待补充", "【名称】", "[[NO-01]]"])
def test_r13_every_number_has_a_code_and_no_placeholder_is_left(typed):
    assert of_text(f"发现隐患{typed}。", TOTAL) == ["R13"]
    assert of_text("发现隐患[[HAZ-01]]。", TOTAL) == []


def test_r14_joint_work_is_counted_once_at_the_bureau():
    def outings(scope: str, value: int, *ids: int) -> Figure:
        return part("OVR-06", scope, value, by="unit", behind={"记录:enforcement.operation": RecordSet.of(ids)})

    units = [outings("大队", 2, 1, 2), outings("中心", 2, 2, 3)]
    total = one("OVR-06", 3, "次", behind={"记录:enforcement.operation": RecordSet.of([1, 2, 3])})
    assert told(CountedOnce("R14", of="OVR-06"), total, *units) == []
    assert told(CountedOnce("R14", of="OVR-06"), replace(total, value=Decimal(5)), *units) == ["R14"]
    assert told(CountedOnce("R14", of="OVR-06"), total, units[0]) == ["R14"]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("出动[[SAF-07]]。", []),
        ("出动[[SAF-07]]人次。", ["R15"]),
        ("出动[[SAF-07]]人员。", []),
        ("出动[[SAF-07|bare]]人次。", []),
        ("出动[[SAF-07|bare]]人。", ["R15"]),
    ],
)
def test_r15_the_unit_stands_once_and_is_its_own(text, faults):
    assert of_text(text, one("SAF-07", 12, "人次")) == faults


def test_r16_dates_lie_in_the_period_and_plans_after_it():
    plan, done = (one(code, None, "", text=text) for code, text in (("A", "2026年9月1日"), ("B", "2026年3月1日")))
    assert told(Dated("R16", of="A", planned=True), plan) == [] == told(Dated("R16", of="B"), done)
    assert told(Dated("R16", of="A"), plan) == ["R16"] == told(Dated("R16", of="B", planned=True), done)
    with clock.pretending(datetime(2026, 6, 1, tzinfo=clock.CHINA)):
        assert of_figures(TOTAL) == ["R16"]


def test_r17_a_later_stage_is_not_dated_before_an_earlier_one():
    check = InOrder("R17", stages=("A", "B", "C"))
    days = [one(code, None, "", text=text) for code, text in (("A", "2026年3月1日"), ("C", "2026年5月1日"))]
    assert told(check, *days) == []
    assert told(check, *days, one("B", None, "", text="2026年6月1日")) == ["R17"]


def test_r18_money_stands_in_one_unit_inside_a_sentence():
    sums = [one("PRJ-03", 3, "亿元", text="3.00亿元"), one("PRJ-04", 2, "亿元", text="9000万元")]
    assert of_text("计划[[PRJ-03]]。完成[[PRJ-04]]。", *sums) == []
    assert of_text("计划[[PRJ-03]]，完成[[PRJ-04]]。", *sums) == ["R18"]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("做好二〇二六年度工作。", []),
        ("做好二〇二五年度工作。", ["R20"]),
        ("# 二〇二四年上半年工作", ["R20"]),
        ("自二〇二一年起实施。", []),
    ],
)
def test_r20_years_in_fixed_phrases_are_those_of_the_period(text, faults):
    assert of_text(text) == faults


@pytest.mark.django_db
def test_the_half_year_summary_of_an_empty_county_has_no_fault_of_its_own():
    figures = half_year.compute(HALF)
    assert half_year.faults(half_year.draft(figures), figures) == []
