"""What the bureau sets for itself: who may, from when it holds, which cases keep their law, and how it is explained."""

import json
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pytest

from tonggui.base import clock
from tonggui.base.errors import Problem
from tonggui.base.site import Site
from tonggui.bridge.bureau_values import write_bureau_values
from tonggui.law import overrides
from tonggui.law.settable import find, settable, written
from tonggui.register.actor import Actor
from tonggui.register.errors import InvalidValues, Refused
from tonggui.register.models import Account
from tonggui.register.registry import ledger
from tonggui.statutes import enforcement, overloading
from tonggui.statutes.hazards import RECTIFICATION_DAYS, rectification, rectification_deadline

MACHINE = Actor.system("测试")
FROM = date(2026, 12, 1)


@pytest.fixture
def site(tmp_path):
    """A site of its own, whose decisions are forgotten after the test."""
    yield Site.at(tmp_path)
    overrides.read_from(None)


def decide(site, *found):
    site.bureau_values.parent.mkdir(exist_ok=True)
    site.bureau_values.write_bytes(overrides.written([overrides.Override(*one) for one in found]))
    overrides.read_from(site.bureau_values)


def test_rectification_days_hold_from_their_day_on_and_old_hazards_keep_theirs(site):
    decide(site, ("隐患整改期限", FROM, {"general": 10, "major": 20}, "CS20260001"))
    assert rectification_deadline("general", date(2026, 11, 30)) == date(2026, 12, 15)
    assert rectification_deadline("general", FROM) == date(2026, 12, 11)
    assert RECTIFICATION_DAYS.basis_on(date(2026, 11, 30)) == "《中华人民共和国安全生产法》第一百零二条"
    assert RECTIFICATION_DAYS.basis_on(FROM) == "本局参数 CS20260001（2026-12-01 起）"
    days = np.array(["2026-11-30", "2026-12-01"], "M8[D]")
    taken = rectification.taken(days, {"grade": ["major", "major"]})
    before, after = rectification.trace(taken, rectification.columns(days, grade=["major", "major"]))
    assert before == [] and after[0][0] == "“隐患整改期限”按本局参数 CS20260001（2026-12-01 起）"


def test_a_shorter_defence_never_cuts_the_days_in_which_a_hearing_may_be_asked_for(site):
    decide(site, ("陈述申辩期限", FROM, 3, "CS20260001"))
    assert enforcement.earliest_decision(date(2026, 12, 7)) == date(2026, 12, 11)
    assert enforcement.earliest_decision(date(2026, 12, 7), hearing_offered=True) == date(2026, 12, 15)


def test_a_reading_of_the_fine_holds_from_its_day_on_and_a_choice_made_for_a_case_wins(site):
    weighed = dict(axles=6, gross_kg=51_900, combination=True)

    def fines(**more):
        days = np.array(["2026-11-30", "2026-12-01"], "M8[D]")
        columns = {name: np.array([value] * 2) for name, value in weighed.items()}
        return overloading.judge(days, **columns, **more)["fine_yuan"].tolist()

    assert fines() == [1000, 1000]
    decide(site, ("fine_steps", FROM, "up", "CS20260002"))
    assert fines() == [1000, 1500]
    assert fines(readings={"fine_steps": "floor"}) == [1000, 1000]


def test_only_what_is_left_to_the_bureau_can_be_set(site):
    assert find("隐患整改期限").parse("general=10；major=20") == {"general": 10, "major": 20}
    assert find("隐患整改期限").parse("一般隐患=10；重大隐患=20") == {"general": 10, "major": 20}
    assert find("整改期限的计日").parse("working") == "working"
    assert find("每名专职监控人员车辆数") is None  # the order's own number
    for title, text in (
        ("隐患整改期限", "10"),
        ("隐患整改期限", "general=10"),
        ("报警处置期限", "两天"),
        ("夜间时段", "22"),
        ("轴重之和与总质量相差", "nan"),
        ("轴重之和与总质量相差", "inf"),
    ):
        with pytest.raises(ValueError):
            find(title).parse(text)
    for one in settable():
        assert one.parse(written(one.on(date(2026, 11, 22)), one.words)) == one.on(date(2026, 11, 22))
    decide(site, ("每名专职监控人员车辆数", FROM, 500, "CS20260003"))
    from tonggui.statutes.dynamic_supervision import VEHICLES_PER_MONITOR

    assert VEHICLES_PER_MONITOR.on(FROM) == 100


def test_a_process_sees_a_decision_when_the_file_changes(site):
    decide(site, ("报警处置期限", FROM, 2, "CS20260001"))
    handling = find("报警处置期限")
    assert handling.on(FROM) == 2
    site.bureau_values.write_bytes(overrides.written([overrides.Override("报警处置期限", FROM, 1, "CS20260002")]))
    overrides.refresh()
    assert handling.on(FROM) == 1
    site.bureau_values.unlink()
    overrides.refresh()
    assert handling.on(FROM) == 3


def test_the_judge_of_a_site_judges_by_its_decisions(site):
    decide(site, ("fine_steps", FROM, "up", "CS20260002"))
    lines = [{"axles": 6, "gross_kg": 51_900, "combination": True, "date": day} for day in ("2026-11-30", "2026-12-01")]
    answer = subprocess.run(
        [sys.executable, "-m", "tonggui.run.cli", "judge"],
        input="\n".join(map(json.dumps, lines)),
        env={"TONGGUI_DATA": str(site.data), "PATH": "", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    before, after = map(json.loads, answer.stdout.splitlines())
    assert (before["fine_yuan"], after["fine_yuan"]) == (1000, 1500)
    assert any("本局参数 CS20260002" in step for step in after["steps"])


# --- the ledger -------------------------------------------------------------------------------------------------------


@pytest.fixture
def today():
    with clock.pretending(datetime(2026, 11, 18, 10, tzinfo=clock.CHINA)):
        yield


def person(*roles: str) -> Actor:
    book = ledger("parties.unit")
    unit = book.query(MACHINE).first() or book.example()
    return Actor.of(Account.objects.create_account("-".join(roles), None, roles=list(roles), unit=unit))


@pytest.mark.django_db
def test_a_value_is_set_by_one_person_confirmed_by_another_and_then_written(site, today):
    book = ledger("office.parameter")
    clerk, head = person("clerk", "director"), person("director")
    given = dict(
        setting="隐患整改期限", new_value="general=10；major=20", holds_from="2026-12-01", set_because="县安委会要求"
    )
    row = book.perform(book.create(clerk, given), "submit", clerk)
    assert row.standing_value == "一般隐患=15；重大隐患=30日" and row.nature == "value"
    assert not write_bureau_values(site)
    with pytest.raises(Refused, match="同一人"):
        book.perform(row, "approve", clerk)
    row = book.perform(row, "approve", head)
    assert write_bureau_values(site) and not write_bureau_values(site)
    overrides.read_from(site.bureau_values)
    assert rectification_deadline("major", FROM) == date(2026, 12, 21)
    again = book.perform(book.create(clerk, given), "submit", clerk)
    with pytest.raises(Refused, match=row.number):
        book.perform(again, "approve", head)
    with clock.pretending(datetime(2026, 12, 1, 9, tzinfo=clock.CHINA)), pytest.raises(Refused, match="已经施行"):
        book.perform(row, "cancel", head, comment="撤回")
    book.perform(row, "cancel", head, comment="尚未施行，撤回")
    assert write_bureau_values(site)
    overrides.refresh()
    assert rectification_deadline("major", FROM) == date(2026, 12, 31)


@pytest.mark.django_db
def test_a_wrong_name_shape_or_a_day_gone_by_is_refused_with_its_reason(today):
    book, clerk = ledger("office.parameter"), person("clerk")
    good = dict(setting="报警处置期限", new_value="2", holds_from="2026-12-01", set_because="示例")
    for wrong, field in (
        ({"setting": "罚款数额"}, "setting"),
        ({"new_value": "两日"}, "new_value"),
        ({"holds_from": "2026-10-01"}, "decision_no"),
        ({"holds_from": "2009-10-01", "decision_no": "旧文"}, "holds_from"),
    ):
        with pytest.raises(InvalidValues) as refused:
            book.create(clerk, good | wrong)
        assert field in refused.value.errors


@pytest.mark.django_db
def test_a_list_of_hosts_is_refused_with_the_place_of_its_fault_and_read_past_it_where_it_stands(site, today):
    known = find("影像取用地址")
    known.check("img.example.cn，10.20.0.0/16")
    with pytest.raises(Problem, match=r"第 2 项“http://nvr\.example\.cn/”既不是主机名，也不是网段"):
        known.check("img.example.cn，http://nvr.example.cn/")
    values = {"setting": "影像取用地址", "holds_from": "2026-12-01", "set_because": "示例：检测点改用新的录像机"}
    with pytest.raises(InvalidValues, match=r"第 1 项“10\.20\.0\.0/33”"):
        ledger("office.parameter").create(MACHINE, values | {"new_value": "10.20.0.0/33"})
    standing = ledger("office.parameter").example(setting="影像取用地址", new_value="示例", state="confirmed")
    assert write_bureau_values(site) and standing.number in site.bureau_values.read_text(encoding="utf-8")


@pytest.mark.django_db
def test_the_page_shows_what_is_in_force_and_leads_to_the_form(client, site, today):
    decide(site, ("报警处置期限", FROM, 2, "CS20260001"))
    client.force_login(person("clerk").account)
    text = client.get("/parameters/?q=报警处置期限&day=2026-11-30").content.decode()
    assert "3日" in text and "本局设定</span>" not in text and "new/?setting=" in text
    text = client.get("/parameters/?which=own&day=2026-12-01").content.decode()
    assert "2日" in text and "本局参数 CS20260001" in text
    assert "道路运输车辆动态监督管理办法" in client.get("/parameters/").content.decode()
    client.force_login(person("enterprise").account)
    assert client.get("/parameters/").status_code == 403


def test_money_that_the_bureau_sets_keeps_its_digits(tmp_path):
    path = tmp_path / "values.json"
    path.write_bytes(overrides.written([overrides.Override("核定单位成本", FROM, Decimal("4.20"), "CS20260001")]))
    [kept] = overrides.read(path)
    assert str(kept.value) == "4.20" and isinstance(kept.value, Decimal)
