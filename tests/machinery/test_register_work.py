"""Long imports and exports: how far they are, calling them off, a worker killed in the middle, whose they are."""

import io
import os
import signal
import subprocess
import sys
import threading

import pytest
from openpyxl import Workbook, load_workbook

from tonggui.base import clock
from tonggui.register.errors import Missing, Refused
from tonggui.register.models import ExportRun
from tonggui.register.query import ListQuery
from tonggui.register.registry import ledger
from tonggui.register.sheets import checking, exporting, importing, progress, work

HEADS = ["企业", "等级", "隐患内容", "发现日期"]
GO = threading.Event()  # never set: nobody stops the worker


def sheet(count, **cells):
    book = Workbook()
    book.active.append(HEADS)
    for n in range(count):
        row = {"企业": "示例东站示例公司", "等级": "一般隐患", "隐患内容": f"灭火器过期{n}", "发现日期": "2026-10-01"}
        book.active.append(list((row | cells).values()))
    file = io.BytesIO()
    book.save(file)
    return file


@pytest.fixture
def hazards(office, monkeypatch):
    """The ledger of hazards, for which more than three rows are many."""
    monkeypatch.setattr(importing, "SMALL_ROWS", 3)
    monkeypatch.setattr(exporting, "SMALL_ROWS", 3)
    monkeypatch.setattr(checking, "CHUNK", 4)
    monkeypatch.setattr(progress, "TELL_EVERY_SECONDS", 0)
    monkeypatch.setattr(progress, "ASK_EVERY_SECONDS", 0)
    return ledger("safety.hazard")


@pytest.fixture
def officer(office):
    return office.person("safety_officer")


@pytest.fixture
def told(monkeypatch):
    """Everything that the worker tells, in order: (phase, done, total)."""
    found = []
    write = progress._write

    def note(path, values):
        found.append((values["phase"], values["done"], values["total"]))
        write(path, values)

    monkeypatch.setattr(progress, "_write", note)
    return found


def begun(hazards, actor, count=10, **cells):
    return importing.start(hazards, actor, sheet(count, **cells), "隐患.xlsx")


def checked(hazards, actor, count=10, **cells):
    run = begun(hazards, actor, count, **cells)
    work.take_imports(GO)
    run.refresh_from_db()
    return run


def confirmed(hazards, actor, count=10):
    run = checked(hazards, actor, count)
    importing.confirm(run, actor, "年检导入")
    return run


def written(hazards, actor):
    return hazards.query(actor).count()


# --- imports ----------------------------------------------------------------------------------------------------------


def test_a_large_sheet_is_checked_and_written_by_the_worker_which_tells_how_far_it_is(hazards, officer, told):
    run = begun(hazards, officer)
    assert (run.state, run.total, told) == ("reading", 10, [])
    work.take_imports(GO)
    run.refresh_from_db()
    assert (run.state, run.created, run.faults) == ("checked", 10, [])
    assert [line["is_new"] for line in run.preview] == [True] * 10
    importing.confirm(run, officer, "年检导入")
    assert (run.state, written(hazards, officer)) == ("confirmed", 0)
    work.take_imports(GO)
    run.refresh_from_db()
    assert (run.state, run.created, written(hazards, officer)) == ("done", 10, 10)
    checks = [("check", 4, 10), ("check", 8, 10), ("check", 10, 10)]
    assert told == [*checks, *checks, ("write", 0, 10), ("write", 10, 10)]
    assert not progress.path_of(run).exists()


def test_a_small_sheet_needs_no_worker(hazards, officer):
    run = begun(hazards, officer, 3)
    assert (run.state, run.created) == ("checked", 3)
    importing.confirm(run, officer)
    assert (run.state, written(hazards, officer)) == ("done", 3)


def test_a_large_file_is_kept_until_it_is_read_and_refused_in_words(hazards, officer, monkeypatch):
    monkeypatch.setattr(importing, "SMALL_BYTES", 100)
    run = begun(hazards, officer)
    assert importing.stored_file(run).exists() and run.total == 0
    path = importing.stored_file(run)
    work.take_imports(GO)
    run.refresh_from_db()
    assert (run.state, run.total, path.exists()) == ("checked", 10, False)
    with pytest.raises(Refused, match="不是能读的"):
        importing.start(hazards, officer, io.BytesIO(b"no sheet" * 50), "不是表.xlsx")
    book = Workbook()
    book.active.append(["甲", "乙"])
    file = io.BytesIO()
    book.save(file)
    wrong = importing.start(hazards, officer, file, "别的表.xlsx")
    work.take_imports(GO)
    wrong.refresh_from_db()
    assert wrong.state == "refused" and "没有找到表头" in wrong.problem


def test_faults_of_a_large_sheet_are_corrected_and_checked_again_by_the_worker(hazards, officer):
    run = checked(hazards, officer, 5, 等级="中等")
    assert (run.state, len(run.faults)) == ("checked", 5)
    with pytest.raises(Refused, match="还有 5 处错误没有改正"):
        importing.confirm(run, officer)
    importing.correct(run, officer, {(row, "grade"): "一般隐患" for row in range(2, 7)})
    assert run.state == "reading"
    work.take_imports(GO)
    run.refresh_from_db()
    assert (run.state, run.faults, run.created) == ("checked", [], 5)


def test_what_went_wrong_since_the_check_comes_back_to_the_person_and_nothing_is_written(hazards, office, officer):
    run = confirmed(hazards, officer)
    firm = office.firms["示例东站"]
    ledger("parties.enterprise").change(firm, office.person("clerk"), {"name": "改名公司"}, "更名")
    work.take_imports(GO)
    run.refresh_from_db()
    assert (run.state, len(run.faults), written(hazards, officer)) == ("checked", 10, 0)
    assert run.problem == "还有 10 处错误没有改正，一行也没有导入。"


def test_an_import_is_called_off_while_it_is_checked_but_not_once_it_is_written(hazards, officer, monkeypatch):
    run = begun(hazards, officer)
    tell = progress.Progress.tell

    def called_off(self, phase, done, total):
        if phase == "check" and done == 4:
            importing.drop(importing.find(hazards, run.pk, officer), officer)
        tell(self, phase, done, total)

    with monkeypatch.context() as patched:
        patched.setattr(progress.Progress, "tell", called_off)
        work.take_imports(GO)
    run.refresh_from_db()
    assert (run.state, run.rows) == ("dropped", [])
    later = confirmed(hazards, officer)
    importing.drop(later, officer)
    work.take_imports(GO)
    assert written(hazards, officer) == 0
    writing = confirmed(hazards, officer)
    writing.moved("confirmed", state="writing")
    with pytest.raises(Refused, match="正在写入，不能再改"):
        importing.drop(writing, officer)
    work.take_imports(GO)
    assert written(hazards, officer) == 10


def test_a_run_is_written_once_however_often_it_is_confirmed(hazards, officer):
    run = checked(hazards, officer)
    twin = importing.find(hazards, run.pk, officer)
    importing.finish(run, officer)
    with pytest.raises(Refused, match="刚刚有了变化"):
        importing.finish(twin, officer)
    assert written(hazards, officer) == 10


def test_a_stopped_worker_leaves_the_run_as_it_was(hazards, officer):
    run, stop = confirmed(hazards, officer), threading.Event()
    tell = progress.Progress.tell

    class Stopping(progress.Progress):
        def tell(self, phase, done, total):
            if phase == "write":
                stop.set()
            tell(self, phase, done, total)

    work.Progress, keep = Stopping, work.Progress
    try:
        work.take_imports(stop)
    finally:
        work.Progress = keep
    run.refresh_from_db()
    assert (run.state, run.attempts, written(hazards, officer)) == ("writing", 0, 0)
    work.take_imports(GO)
    assert written(hazards, officer) == 10


def test_a_run_that_fails_again_and_again_is_given_back_with_words(hazards, officer, monkeypatch):
    run = confirmed(hazards, officer)
    with monkeypatch.context() as patched:
        patched.setattr(importing, "create_many", lambda *_: 1 / 0)
        for _ in range(work.ATTEMPTS + 1):
            work.take_imports(GO)
    run.refresh_from_db()
    assert (run.state, run.problem, written(hazards, officer)) == ("checked", work.WRITING_FAILED, 0)
    importing.confirm(run, officer)
    work.take_imports(GO)
    assert written(hazards, officer) == 10


def test_only_one_worker_works(hazards, officer):
    run = begun(hazards, officer)
    with work._alone("import") as mine:
        assert mine
        work.take_imports(GO)
    run.refresh_from_db()
    assert run.state == "reading"


def test_changes_of_many_rows_keep_history_and_refuse_what_was_changed_meanwhile(hazards, office, officer):
    coach = ["号牌号码", "号牌颜色", "车辆类别", "所属企业", "核定载客（人）"]
    vehicles, clerk = ledger("fleet.vehicle"), office.person("clerk")

    def book(seats):
        made = Workbook()
        made.active.append(coach)
        for n in range(6):
            made.active.append([f"示E1000{n}", "黄色", "班线客车", "示例东站示例公司", seats])
        file = io.BytesIO()
        made.save(file)
        return file

    for seats in (45, 47):
        run = importing.start(vehicles, clerk, book(seats), "车辆.xlsx")
        work.take_imports(GO)
        run.refresh_from_db()
        importing.confirm(run, clerk, "行驶证核对")
        work.take_imports(GO)
    run.refresh_from_db()
    record = vehicles.get("CL000001", clerk)
    assert (run.state, run.changed, record.seats, record.version) == ("done", 6, 47, 2)
    first, second = vehicles.as_of(clock.now(), clerk).filter(plate="示E10000"), list(work_history(record))
    assert first.count() == 1
    assert [(line.record_version, line.action, line.why) for line in second] == [
        (2, "import", "行驶证核对"),
        (1, "import", "行驶证核对"),
    ]
    assert second[0].changes == {"seats": [45, 47]} and second[1].until == second[0].at


def work_history(record):
    from tonggui.register.history import lines_of

    return lines_of(record)


# --- whose they are ---------------------------------------------------------------------------------------------------


def test_a_run_is_nobody_elses_and_ends_with_the_right_to_import(hazards, office, officer):
    run = confirmed(hazards, officer)
    other = office.person("safety_officer")
    with pytest.raises(Missing):
        importing.find(hazards, run.pk, other)
    with pytest.raises(Refused, match="别人的导入"):
        importing.finish(run, other)
    officer.account.roles = ["writer"]
    officer.account.save()
    work.take_imports(GO)
    run.refresh_from_db()
    assert run.state == "checked" and "没有向隐患台账导入的权限" in run.problem
    officer.account.is_active = False
    officer.account.save()
    run.moved("checked", state="confirmed")
    work.take_imports(GO)
    run.refresh_from_db()
    assert run.problem == "账号已停用，没有继续。"
    assert hazards.model._base_manager.count() == 0


def test_pages_show_a_run_to_its_person_alone(hazards, officer, office, client):
    run = begun(hazards, officer)
    here = f"{hazards.url}import/{run.pk}/"
    client.force_login(officer.account)
    assert "马上开始" in client.get(here).content.decode()
    teller = progress.Progress(run, GO)
    teller.tell("check", 4, 10)
    assert "已核对 4 / 10 行" in client.get(here).content.decode()
    part = client.get(here, {"progress": "1"}).content.decode()
    assert 'value="4"' in part and 'max="10"' in part and "<html" not in part
    assert "已核对 4 / 10 行" in client.get("/tasks/").content.decode()
    work.take_imports(GO)
    assert client.get(here, {"progress": "1"})["HX-Refresh"] == "true"
    assert "核对无误" in client.get(here).content.decode()
    client.force_login(office.person("safety_officer").account)
    assert client.get(here).status_code == client.get(here, {"progress": "1"}).status_code == 404
    assert client.post(here, {"act": "confirm"}).status_code == 404
    assert "隐患.xlsx" not in client.get("/tasks/").content.decode()


def test_the_time_left_follows_from_the_rows_done(hazards, officer):
    run = begun(hazards, officer)
    assert progress.standing(run).ahead == 0
    now = clock.now().timestamp()
    told = {"phase": "check", "done": 2, "total": 10, "began": now - 4, "at": now}
    progress._write(progress.path_of(run), told)
    stands = progress.standing(run)
    assert (stands.percent, stands.left, stands.words, stands.away) == (20, 16, "约还需 16 秒", False)
    progress._write(progress.path_of(run), told | {"at": now - 60, "began": now - 64})
    assert progress.standing(run).away
    assert progress.standing(begun(hazards, officer)).ahead == 1


# --- exports ----------------------------------------------------------------------------------------------------------


def test_a_long_list_is_written_by_the_worker_and_fetched_by_its_person(hazards, office, officer, client, told):
    for n in range(5):
        hazards.example(unit=officer.unit, content=f"隐患{n}")
    client.force_login(officer.account)
    answer = client.get(f"{hazards.url}export.xlsx", {"grade": "major"})
    page = answer["Location"]
    assert "正在生成" in client.get(page).content.decode()
    assert client.get(f"{hazards.url}export.xlsx", {"grade": "major"})["Location"] == page
    assert client.get(f"{page}file.xlsx").status_code == 404
    work.take_exports(GO)
    assert "表格已经生成" in client.get(page).content.decode()
    answer = client.get(f"{page}file.xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.max_row == 3 + 5 and "条件：等级：重大隐患" in sheet["A2"].value
    assert told[-1][0] == "pack"
    assert "下载" in client.get("/tasks/").content.decode()
    client.force_login(office.person("safety_officer").account)
    assert client.get(page).status_code == client.get(f"{page}file.xlsx").status_code == 404
    assert client.post(page).status_code == 404


def test_a_short_list_is_answered_at_once(hazards, officer, client):
    hazards.example(unit=officer.unit)
    client.force_login(officer.account)
    assert client.get(f"{hazards.url}export.xlsx")["Content-Disposition"].startswith("attachment")
    assert not ExportRun.objects.exists()


def test_an_export_is_called_off_and_leaves_no_file(hazards, officer, monkeypatch):
    for n in range(5):
        hazards.example(unit=officer.unit, content=f"隐患{n}")
    run = exporting.start(ListQuery(hazards, officer), officer)
    write = exporting.write_export

    def called_off(*args, **options):
        exporting.drop(run, officer)
        return write(*args, **options)

    monkeypatch.setattr(exporting, "write_export", called_off)
    work.take_exports(GO)
    run.refresh_from_db()
    assert run.state == "dropped"
    assert list(exporting.path_of(run).parent.iterdir()) == []


def test_one_person_waits_for_few_exports_and_sheets_end_after_their_time(hazards, officer, monkeypatch):
    for n in range(5):
        hazards.example(unit=officer.unit, content=f"隐患{n}")
    runs = [exporting.start(ListQuery(hazards, officer, {"q": f"隐患 {n}"}), officer) for n in range(exporting.AT_ONCE)]
    with pytest.raises(Refused, match="已有 3 个导出正在生成"):
        exporting.start(ListQuery(hazards, officer), officer)
    work.take_exports(GO)
    runs[0].refresh_from_db()
    runs[0].moved("done", done_at=clock.now() - exporting.KEPT * 2)
    work.sweep()
    runs[0].refresh_from_db()
    assert runs[0].state == "expired" and not exporting.path_of(runs[0]).exists()
    assert exporting.path_of(runs[1]).exists()


# --- killed in the middle ---------------------------------------------------------------------------------------------

PREPARE = """
import io, sys, threading, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from openpyxl import Workbook
from tonggui.register.models import Account
from tonggui.register.registry import ledger
from tonggui.register.sheets import importing, work
unit = ledger("parties.unit").example()
ledger("parties.enterprise").example(unit=unit, name="示例公司")
account = Account.objects.create_account("officer", None, roles=["safety_officer"], unit=unit, name="示例员")
book = Workbook()
book.active.append(["企业", "等级", "隐患内容", "发现日期"])
for n in range(1500):
    book.active.append(["示例公司", "一般隐患", f"灭火器过期{n}", "2026-10-01"])
file = io.BytesIO()
book.save(file)
run = importing.start(ledger("safety.hazard"), account.actor, file, "隐患.xlsx")
work.take_imports(threading.Event())
run.refresh_from_db()
importing.confirm(run, account.actor)
"""
KILLED = """
import os, signal, threading, django
django.setup()
from tonggui.register.sheets import progress, work
tell = progress.Progress.tell
def killed(self, phase, done, total):
    tell(self, phase, done, total)
    if phase == "write" and done == 1000:
        os.kill(os.getpid(), signal.SIGKILL)
progress.Progress.tell = killed
work.take_imports(threading.Event())
"""
AGAIN = """
import threading, django
django.setup()
from tonggui.register.models import HistoryEntry, ImportRun
from tonggui.register.registry import ledger
from tonggui.register.sheets import work
def stands():
    run = ImportRun.objects.get()
    print(run.state, ledger("safety.hazard").model._base_manager.count(),
          HistoryEntry.objects.filter(ledger="safety.hazard").count())
stands()
for _ in range(2):
    work.take_imports(threading.Event())
    stands()
"""


def test_a_worker_killed_while_it_writes_leaves_nothing_and_the_next_writes_all_once(tmp_path):
    environment = {
        **{name: value for name, value in os.environ.items() if name != "TONGGUI_POSTGRES"},
        "TONGGUI_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tonggui.run.settings",
    }

    def run(script):
        return subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)

    prepared = run(PREPARE)
    assert prepared.returncode == 0, prepared.stderr
    assert run(KILLED).returncode == -signal.SIGKILL
    again = run(AGAIN)
    assert again.stdout.splitlines() == ["writing 0 0", "done 1500 1500", "done 1500 1500"], again.stderr


def test_errands_of_the_night_come_once_a_day(monkeypatch):
    from datetime import datetime

    from tonggui.run.commands.tasks import nightly

    nights = []
    round_ = nightly(lambda: nights.append(clock.today().day))
    for day, hour in ((1, 15), (1, 23), (2, 1), (2, 2), (2, 3), (3, 12)):
        with clock.pretending(datetime(2026, 11, day, hour, tzinfo=clock.CHINA)):
            round_()
    assert nights == [1, 2, 3]
