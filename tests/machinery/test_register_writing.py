"""Writing records: numbers, two people, amending, history, the past, attachments and tokens."""

import io
import subprocess
import sys
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tonggui.base import clock
from tonggui.base.clock import CHINA
from tonggui.base.site import Site
from tonggui.register.actor import Actor, acting
from tonggui.register.attachments import keep, path_of
from tonggui.register.errors import ActorMissing, Conflict, InvalidValues, Missing, Refused, ScopeMissing
from tonggui.register.history import differences, lines_of, record_as_of
from tonggui.register.models import HistoryEntry, Series, Token
from tonggui.register.query import ListQuery
from tonggui.register.registry import ledger
from tonggui.register.spans import days, shortcut

MACHINE = Actor.system("试验")
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 64


@pytest.fixture
def hazards(office):
    return ledger("safety.hazard")


def upload(name="现场.jpg", content=JPEG):
    return SimpleNamespace(name=name, chunks=lambda: iter([content]))


def new_hazard(hazards, actor, office, **values):
    firm = office.firms[office.east.name]
    given = {"enterprise": firm.number, "grade": "general", "content": "灭火器过期", "found_on": "2026-10-01"}
    return hazards.create(actor, given | values)


# --- the course of a hazard -------------------------------------------------------------------------------------------


def test_a_major_hazard_goes_from_finding_to_striking_off(hazards, office):
    finder = office.person("safety_officer", unit=office.east, name="孙示例")
    leader = office.person("director", name="周示例")
    checker = office.person("safety_officer", unit=office.east, name="王示例")
    firm = office.person("enterprise", unit=office.east, name="企业示例")

    hazard = new_hazard(hazards, finder, office, grade="重大隐患")
    assert (hazard.number, hazard.state, hazard.unit) == ("YH202600001", "draft", office.east)
    assert hazard.due_on == date(2026, 10, 31), "thirty days from the finding, by the bureau's parameter"

    hazard = hazards.perform(hazard, "approve", leader)
    with pytest.raises(Refused, match="还没有填写“判定标准条目”、“整改责任人”、“整改措施”、“整改资金”、“应急预案”"):
        hazards.perform(hazard, "order", finder)
    settled = {"notice_no": "示安改〔2026〕1号", "criterion": "第三条（一）", "responsible": "钱示例"}
    settled |= {"measures": "更换", "funds": "3000", "emergency_plan": "停用该区域"}
    hazard = hazards.perform(hazard, "order", finder, "", settled)

    with pytest.raises(Refused, match="还没有填写“整改照片”"):
        hazards.perform(hazard, "fix", firm)
    photo = keep(upload(), hazards, firm, hazards.kinds["photos"].types)
    hazard = hazards.perform(hazard, "fix", firm, "", {"photos": [photo.pk]})
    hazard = hazards.perform(hazard, "reject", checker, "两具仍未更换")
    hazard = hazards.perform(hazard, "fix", checker, "", {})
    with pytest.raises(Refused, match="不能销号：办理“提交整改”与“销号”的是同一人（王示例）。请由其他安全监管员办理。"):
        hazards.perform(hazard, "accept", checker)
    hazard = hazards.perform(hazard, "accept", finder)

    assert (hazard.state, hazard.closed_on) == ("closed", clock.today())
    told = [(line.actor_name, line.move, line.why) for line in lines_of(hazard)][::-1]
    assert told[0] == ("孙示例", "", "")
    assert [move for _, move, _ in told[1:]] == ["approve", "order", "fix", "reject", "fix", "accept"]
    assert ("王示例", "reject", "两具仍未更换") in told
    with pytest.raises(Refused, match="这一行现在是“已销号”"):
        hazards.perform(hazard, "accept", finder)


def test_confirmed_rows_are_amended_with_a_reason_not_edited(hazards, office):
    officer = office.person("safety_officer", unit=office.east)
    hazard = new_hazard(hazards, officer, office)
    hazard = hazards.change(hazard, officer, {"content": "灭火器过期三具"})
    hazard = hazards.perform(hazard, "approve", officer)
    with pytest.raises(Refused, match="须写明更正理由"):
        hazards.change(hazard, officer, {"content": "四具"})
    hazard = hazards.change(hazard, officer, {"content": "灭火器过期四具"}, why="复核点数")
    line = lines_of(hazard).first()
    assert (line.action, line.why, line.changes["content"]) == (
        "amend",
        "复核点数",
        ["灭火器过期三具", "灭火器过期四具"],
    )

    inspection = ledger("safety.inspection").example(unit=office.east)
    inspection = inspection.ledger.perform(inspection, "submit", officer)
    inspection = inspection.ledger.perform(inspection, "approve", office.person("director"))
    with pytest.raises(Refused, match="请先办理“更正”"):
        inspection.ledger.change(inspection, officer, {"subject": "另一处"}, why="写错")


def test_a_deadline_follows_its_inputs_until_a_person_sets_it(hazards, office):
    officer = office.person("safety_officer", unit=office.east)
    hazard = new_hazard(hazards, officer, office)
    assert hazard.due_on == date(2026, 10, 16)
    hazard = hazards.change(hazard, officer, {"found_on": "2026-10-05"})
    assert hazard.due_on == date(2026, 10, 20)
    hazard = hazards.change(hazard, officer, {"due_on": "2026-10-08"})
    hazard = hazards.change(hazard, officer, {"found_on": "2026-10-06"})
    assert hazard.due_on == date(2026, 10, 8)
    with pytest.raises(InvalidValues, match="“整改期限”早于发现日期"):
        hazards.change(hazard, officer, {"due_on": "2026-09-01"})


def test_numbers_and_units_cannot_be_taken_from_others(hazards, office):
    officer = office.person("safety_officer", unit=office.east)
    hazard = new_hazard(hazards, officer, office)
    with pytest.raises(Refused, match="一经编定不能修改"):
        hazards.change(hazard, officer, {"number": "YH202600099"})
    stranger = office.person("safety_officer", unit=office.west)
    with pytest.raises(Missing, match="或者您无权查看"):
        hazards.get(hazard.number, stranger)
    with pytest.raises(Refused, match="没有修改这一行的权限"):
        hazards.change(hazard, stranger, {"content": "…"})
    with pytest.raises(InvalidValues, match="“企业”不存在：示例东站示例公司"):
        hazards.create(
            stranger, {"enterprise": "示例东站示例公司", "grade": "general", "content": "…", "found_on": "2026-1-1"}
        )
    with pytest.raises(Refused, match="没有在隐患台账新增的权限"):
        new_hazard(hazards, office.person("writer"), office)


def test_rows_are_written_by_somebody_and_never_behind_the_history(hazards, office):
    record = hazards.example()
    with pytest.raises(ActorMissing):
        record.save()
    for wrong in (
        lambda rows: rows.update(content="x"),
        lambda rows: rows.delete(),
        lambda rows: rows.bulk_update([], []),
    ):
        with pytest.raises(ScopeMissing):
            wrong(hazards.query(MACHINE))
    with pytest.raises(TypeError, match="never deleted"):
        record.delete()
    with pytest.raises(TypeError, match="cannot be saved"), acting(MACHINE):
        record_as_of(record, clock.today()).save()


def test_of_two_who_changed_the_same_version_the_second_is_told(hazards, office):
    officer = office.person("safety_officer", unit=office.east)
    hazard = new_hazard(hazards, officer, office)
    hazards.change(hazard, officer, {"content": "甲"}, version=1)
    with pytest.raises(Conflict, match="刚被别人修改过"):
        hazards.change(hazard, officer, {"content": "乙"}, version=1)
    assert hazards.get(hazard.number, officer).content == "甲"


def test_a_saving_that_changes_nothing_leaves_no_line(hazards, office):
    officer = office.person("safety_officer", unit=office.east)
    hazard = new_hazard(hazards, officer, office)
    hazards.change(hazard, officer, {"content": "灭火器过期"})
    assert lines_of(hazard).count() == 1


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_a_series_turns_over_with_the_year_of_its_day_and_steps_over_numbers_in_use(hazards, office):
    firm = office.firms[office.east.name]
    made = hazards.model
    with acting(MACHINE):
        records = [
            made(enterprise=firm, grade="general", content="甲", found_on=date(y, 12, 31)) for y in (2025, 2026, 2025)
        ]
        made.objects.bulk_create(records)
        assert [r.number for r in records] == ["YH202500001", "YH202600001", "YH202500002"]
        made(number="YH202600041", enterprise=firm, grade="general", content="乙", found_on=date(2026, 1, 1)).save()
        later = made(enterprise=firm, grade="general", content="丙", found_on=date(2026, 1, 1))
        later.save()
    assert later.number == "YH202600042"
    assert HistoryEntry.objects.filter(ledger=hazards.key).count() == 5
    assert Series.take("X{seq}", 0, 3) == 1 and Series.take("X{seq}", 0, 1) == 4


WRITER = """
import os, django
django.setup()
from tonggui.register.actor import Actor, acting
from tonggui.register.registry import ledger
units = ledger("parties.unit")
with acting(Actor.system("并发")):
    for n in range(25):
        units.model(name=f"示例{os.getpid()}-{n}", kind="station").save()
"""


def test_writers_in_several_processes_never_take_the_same_number(tmp_path, environment_of):
    environment = environment_of(Site.at(tmp_path))
    migrate = "import django; django.setup(); from django.core.management import call_command as c; "
    migrate += "c('migrate', verbosity=0, skip_checks=True)"
    subprocess.run([sys.executable, "-c", migrate], env=environment, check=True)
    writers = [subprocess.Popen([sys.executable, "-c", WRITER], env=environment) for _ in range(3)]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    listed = "import django; django.setup(); from tonggui.register.registry import ledger; "
    listed += "print(*ledger('parties.unit').model._base_manager.order_by('number').values_list('number', flat=True))"
    numbers = subprocess.run(
        [sys.executable, "-c", listed], env=environment, check=True, capture_output=True, text=True
    )
    assert numbers.stdout.split() == [f"DW{n:04}" for n in range(1, 76)]


# --- the past ---------------------------------------------------------------------------------------------------------


def test_a_past_day_shows_the_ledger_as_it_stood(hazards, office):
    at = datetime(2026, 6, 30, 23, 59, tzinfo=CHINA)
    officer = office.person("safety_officer", unit=office.east)
    with clock.pretending(at):
        hazard = new_hazard(hazards, officer, office, found_on="2026-06-30")
        hazard = hazards.perform(hazard, "approve", officer)
    with clock.pretending(at + timedelta(minutes=2)):
        hazards.change(hazard, officer, {"grade": "major", "content": "严重"}, why="升级")

    class June:
        start, end = date(2026, 6, 1), date(2026, 6, 30)

    major = hazards.measures["major_found"]
    assert major.value(major.queryset(June, MACHINE)) == 1
    assert major.value(major.queryset(June, MACHINE, as_of=date(2026, 6, 30))) == 0
    assert record_as_of(hazard, date(2026, 6, 30)).content == "灭火器过期"
    with pytest.raises(Missing):
        record_as_of(hazard, date(2026, 6, 29))
    stranger = office.person("safety_officer", unit=office.west)
    assert hazards.as_of(date(2026, 6, 30), stranger).count() == 0
    assert [r.grade for r in ListQuery(hazards, officer, {"as_of": "2026-06-30"}).records] == ["general"]

    line = lines_of(hazard).first()
    shown = {d.label: (d.before, d.after) for d in differences(hazards, [line])[line.pk]}
    assert shown["等级"] == ("一般隐患", "重大隐患")


# --- lists ------------------------------------------------------------------------------------------------------------


def test_pages_never_lose_or_repeat_a_row(hazards, office):
    firm = office.firms[office.east.name]
    with acting(MACHINE):
        rows = [
            hazards.model(enterprise=firm, grade="general", content="同", found_on=date(2026, 1, 1)) for _ in range(45)
        ]
        hazards.model.objects.bulk_create(rows)
    seen = []
    for page in (1, 2, 3):
        seen += ListQuery(hazards, MACHINE, {"sort": "found_on", "page": str(page)}).records
    assert sorted(r.pk for r in seen) == sorted(r.pk for r in rows)
    last = ListQuery(hazards, MACHINE, {"page": "99"})
    assert (last.page, last.pages, len(last.records)) == (3, 3, 5)
    assert [r.pk for r in last.stream()] == [r.pk for r in sorted(rows, key=lambda r: r.number, reverse=True)]


def test_overdue_rows_and_periods_are_asked_by_the_address(hazards, office):
    firm = office.firms[office.east.name]
    with acting(MACHINE):
        late = hazards.model(enterprise=firm, grade="general", content="迟", found_on=date(2026, 1, 5), state="ordered")
        late.save()
        calm = hazards.model(enterprise=firm, grade="general", content="早", found_on=date(2026, 1, 5))
        calm.save()
    with clock.pretending(datetime(2026, 2, 10, tzinfo=CHINA)):
        overdue = ListQuery(hazards, MACHINE, {"overdue": "1"})
        assert overdue.records == [late] and late.is_overdue and not calm.is_overdue
        assert late.ledger.computed["overdue_days"].value_of(late) == 21
        assert ListQuery(hazards, MACHINE, {"found_on": "last_month"}).count == 2
        assert ListQuery(hazards, MACHINE, {"found_on": "this_month"}).count == 0
    listed = ListQuery(hazards, MACHINE, {"found_on_from": "2026-01-01", "found_on_to": "2026-01-31", "q": "迟 示例"})
    assert listed.records == [late]
    assert [chip.text for chip in listed.chips] == ["发现日期：2026-01-01 至 2026-01-31", "包含：迟 示例"]
    assert listed.address(q=None, page=2) == (
        "/ledgers/safety.hazard/?found_on_from=2026-01-01&found_on_to=2026-01-31&page=2"
    )


def test_spans_are_those_people_mean():
    day = date(2026, 3, 1)
    assert (shortcut("last_month", day).start, shortcut("last_month", day).end) == (date(2026, 2, 1), date(2026, 2, 28))
    assert shortcut("this_week", day).start == date(2026, 2, 23)
    assert (days("2026H2").start, days("2026Q1").end, days("2026-02").end) == (
        date(2026, 7, 1),
        date(2026, 3, 31),
        date(2026, 2, 28),
    )
    assert days("..2026-03-01").start is None
    assert days("2026H3") is days("soon") is days("2026-13") is None


def test_a_search_costs_no_more_queries_when_it_finds_more(hazards, office):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            found = ListQuery(hazards, MACHINE, {"q": "灭火器"})
            assert found.count == len(found.records)
        return len(captured)

    hazards.example()
    few = cost()
    for _ in range(8):
        hazards.example()
    assert cost() == few


# --- files and tokens -------------------------------------------------------------------------------------------------


def test_a_file_is_known_by_its_content_and_kept_once(hazards, office):
    officer = office.person("safety_officer")
    types = hazards.kinds["photos"].types
    first, second = keep(upload(), hazards, officer, types), keep(upload("另一名.jpeg"), hazards, officer, types)
    assert first.digest == second.digest and path_of(first) == path_of(second) and path_of(first).read_bytes() == JPEG
    assert keep(upload("..\\..\\C:\\现场.jpg"), hazards, officer, types).name == "现场.jpg"
    for name, content, words in (
        ("木马.jpg", b"MZ\x90", "可能改过扩展名"),
        ("说明.exe", b"MZ", "只收 jpg、jpeg、png、webp 文件"),
        ("空.jpg", b"", "是空文件"),
        ("大.jpg", JPEG + b"\0" * (20 << 20), "太大：最多 20 MB"),
    ):
        with pytest.raises(Refused, match=words):
            keep(upload(name, content), hazards, officer, types)
    assert not list(path_of(first).parents[1].glob(".upload-*"))


def test_a_token_is_found_by_its_key_while_it_lives(office):
    account = office.person("clerk").account
    token, key = Token.issue(account, "省平台")
    assert Token.find(key).account == account and key not in token.digest
    assert Token.find("tg_wrong") is None
    Token.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert Token.find(key) is None
    _, other = Token.issue(account, "停用后")
    account.is_active = False
    account.save()
    assert Token.find(other) is None
    with pytest.raises(ValueError, match="no such role: boss"):
        type(account).objects.create_account("x", None, roles=["boss"])


def test_uploads_may_be_files_of_any_reader(hazards, office):
    from django.core.files.uploadedfile import InMemoryUploadedFile

    file = InMemoryUploadedFile(io.BytesIO(JPEG), "photos", "现场.jpg", "image/jpeg", len(JPEG), None)
    assert keep(file, hazards, office.person("safety_officer"), ("jpg",)).size == len(JPEG)
