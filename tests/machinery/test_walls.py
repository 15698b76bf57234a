"""What nobody may do or see, tried from outside: other people's rows, frames and names; forms sent twice; requests that
no page expects."""

import asyncio
import json
import threading
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from tonggui.base import clock
from tonggui.measure import figuresheet
from tonggui.protocols.jt808 import HEARTBEAT, JT808
from tonggui.register.actor import Actor, acting
from tonggui.register.models import HistoryEntry, Token
from tonggui.register.query import ListQuery
from tonggui.register.registry import ledger
from tonggui.register.sheets.checking import Checker
from tonggui.run.commands.web import names_of
from tonggui.stream.devices import Devices, enrol
from tonggui.stream.log import FrameLogWriter
from tonggui.web import lockout
from tonggui.web.bodies import MOST_BYTES, BoundedBodies
from tonggui.web.live import scope, upstream
from tonggui.web.models import LoginAttempt
from tonggui.web.views import feed

pytestmark = pytest.mark.django_db
HUGE = "9" * 5000
MACHINE = Actor.system("测试")


def browser(actor):
    client = Client(raise_request_exception=False)
    client.force_login(actor.account)
    return client


def machine(actor, **more):
    """(client, headers) of another system that writes for the actor."""
    _, key = Token.issue(actor.account, "示例", may_write=True, expires_at=clock.now() + timedelta(days=1))
    return Client(raise_request_exception=False), {"Authorization": f"Bearer {key}"}


@pytest.mark.parametrize(
    "address",
    [
        "/alarms/?until=9999-12-31",
        "/alarms/?since=0001-01-01&until=0001-01-02",
        f"/alarms/?page={HUGE}",
        "/map/track/?plate=x&from=0001-01-01&to=0001-01-02",
        "/map/track/?plate=x&from=9999-12-31T23:59&to=9999-12-31T23:59-10:00",
        f"/documents/nil/?year={HUGE}",
        "/ledgers/safety.hazard/?as_of=9999-12-31",
        "/ledgers/fleet.alarm/?raised_at=9999-12-31",
        "/ledgers/fleet.alarm/?raised_at=9999",
        f"/ledgers/safety.hazard/?page={HUGE}&size={HUGE}",
        "/ledgers/fleet.vehicle/?gross_kg=1e999999999",
        "/ledgers/fleet.watchedarea/map.geojson?as_of=2026-01-01",
        "/ledgers/safety.hazard/export.xlsx?q=%01",
        "/ledgers/safety.hazard/?q=%00",
    ],
)
def test_no_address_makes_a_page_fail(office, address):
    assert browser(office.person("admin")).get(address).status_code in (200, 400)


def test_a_range_is_bounded(office):
    client = browser(office.person("clerk"))
    assert client.get("/map/base/roads.pmtiles", headers={"Range": f"bytes={HUGE}-"}).status_code in (200, 416)


def test_a_month_that_is_none_is_told(office):
    answer = browser(office.person("clerk")).post("/documents/nil/", {"ledger": "x", "month": "13月"})
    assert answer.status_code == 400


def test_a_sheet_does_not_make_another_units_row_ones_own(office):
    """Inspections are read by the whole county and written by one's own unit."""
    projects = ledger("works.project")
    theirs = projects.example(unit=office.west)
    with acting(MACHINE):
        row = {"row": 4, "values": {"number": theirs.number, "unit": office.east.number, "name": "改名示例"}}
        line = Checker(projects, office.person("clerk", unit=office.east)).check([row]).lines[0]
    assert [fault.text for fault in line.faults] == [
        f"第 4 行不能修改 {theirs.number}：您没有修改这一行的权限（{projects.title} {theirs.number}）。"
    ]


def test_a_row_is_not_given_away_by_a_sheet(office):
    projects = ledger("works.project")
    own = projects.example(unit=office.east)
    row = {"row": 4, "values": {"number": own.number, "unit": office.west.number}}
    line = Checker(projects, office.person("clerk", unit=office.east)).check([row]).lines[0]
    assert "不在您的权限范围内" in line.faults[0].text


def test_a_filter_names_only_what_its_reader_may_see(office):
    other = office.firms[office.west.name]
    chips = ListQuery(
        ledger("fleet.vehicle"), office.person("enterprise", unit=office.east), {"enterprise": other.number}
    )
    assert [chip.text for chip in chips.chips] == [f"所属企业：含“{other.number}”"]
    staff = ListQuery(ledger("fleet.vehicle"), office.person("clerk"), {"enterprise": other.number})
    assert other.name in staff.chips[0].text


def test_a_vehicle_that_was_sold_does_not_show_what_it_was_to_its_last_owner(office):
    vehicles, last_year = ledger("fleet.vehicle"), clock.now() - timedelta(days=400)
    with clock.pretending(last_year):
        vehicle = vehicles.example(enterprise=office.firms[office.west.name], unit=office.west)
    with acting(MACHINE):
        vehicles.change(vehicle, MACHINE, {"enterprise": office.firms[office.east.name].number}, "过户")
    client = browser(office.person("enterprise", unit=office.east))
    assert client.get(vehicle.url).status_code == 200
    assert client.get(f"{vehicle.url}?as_of={last_year.date() + timedelta(days=1)}").status_code == 404


def test_frames_are_opened_by_those_who_saw_the_vehicle_then(office):
    from django.conf import settings

    vehicles, terminals = ledger("fleet.vehicle"), ledger("fleet.terminal")
    west = vehicles.example(enterprise=office.firms[office.west.name], unit=office.west)
    east = vehicles.example(plate="示A00002", enterprise=office.firms[office.east.name], unit=office.east)
    terminal = terminals.example(vehicle=west)
    raw = JT808.encode(HEARTBEAT, {}, {"phone": terminal.phone, "serial": 1, "edition": "2013"})
    with FrameLogWriter(settings.SITE.frame_logs / "jt808-0") as writer:
        then = writer.append(raw)
        terminals.change(terminal, MACHINE, {"vehicle": east.number}, "换车")
        now = writer.append(raw)
    seen = {
        name: [browser(actor).get(f"/frames/jt808-0/{position}/").status_code for position in (then, now)]
        for name, actor in {
            "west": office.person("clerk", unit=office.west),
            "east": office.person("enterprise", unit=office.east),
            "all": office.person("monitor"),
        }.items()
    }
    assert seen == {"west": [200, 403], "east": [403, 200], "all": [200, 200]}


def test_a_number_given_by_hand_does_not_end_its_series(office):
    client, headers = machine(office.person("safety_officer"))
    hazards = ledger("safety.hazard")
    values = {
        name: hazards.kinds[name].api(hazards.kinds[name].value_of(hazards.example())) for name in hazards.form_names
    }
    values = {name: value for name, value in values.items() if value not in (None, "", []) and name != "number"}

    def create(number):
        body = json.dumps({**values, "number": number})
        return client.post("/api/ledgers/safety.hazard/", body, content_type="application/json", headers=headers)

    assert create(f"YH2026{'9' * 19}").status_code == 201
    assert create("").status_code == 201
    for number in ("new", "..", "=1+1", "import"):
        assert create(number).status_code == 422, number


@pytest.mark.parametrize("raw", ["1e999999999", "-1e999999999", "1e-999999999", float("nan"), 10**400])
def test_no_number_fills_the_memory(office, raw):
    client, headers = machine(office.person("clerk"))
    body = json.dumps({"gross_kg": raw})
    answer = client.post("/api/ledgers/fleet.vehicle/", body, content_type="application/json", headers=headers)
    assert answer.status_code == 422 and "gross_kg" in answer.json()["errors"]


@pytest.mark.parametrize(
    ("key", "name", "raw"),
    [
        ("fleet.vehicle", "enterprise", {"number": None}),
        ("fleet.vehicle", "enterprise", {"number": {"number": "x"}}),
        ("safety.hazard", "photos", [10**30]),
        ("safety.hazard", "photos", [[1]]),
        ("overload.doubtedpass", "passed_at", "0001-01-01 00:00+14:00"),
        ("overload.doubtedpass", "passed_at", "9999-12-31 23:59-12:00"),
    ],
)
def test_values_of_no_shape_are_refused_beside_their_field(office, key, name, raw):
    client, headers = machine(office.person("clerk", "safety_officer", "overload_officer"))
    body = json.dumps({name: raw})
    answer = client.post(f"/api/ledgers/{key}/", body, content_type="application/json", headers=headers)
    assert answer.status_code == 422 and name in answer.json()["errors"]


def test_a_form_that_is_sent_twice_makes_one_record(office):
    client = browser(office.person("clerk"))
    page = client.get("/ledgers/parties.enterprise/new/").text
    once = page.split('name="once" value="')[1].split('"')[0]
    values = {"name": "示例两次公司", "business": "freight", "unit": office.root.number, "once": once}
    sent = {**values, "credit_code": "", "act": "save"}
    first, second = (client.post("/ledgers/parties.enterprise/new/", sent) for _ in range(2))
    assert first.status_code == 302, first.text
    assert first["Location"] == second["Location"]
    assert HistoryEntry.objects.filter(request=once).count() == 1


def test_texts_of_figures_are_no_formulas():
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("x")
    sheet.append(figuresheet._cells(sheet, ["=1+1", "+1", 2]))
    file = BytesIO()
    book.save(file)
    cells = next(openpyxl.load_workbook(file)["x"].rows)
    assert [(cell.value, cell.data_type) for cell in cells] == [("=1+1", "s"), ("+1", "s"), (2, "n")]


def test_attempts_of_one_moment_count_against_each_other():
    attempts = [lockout.admit("example", "192.0.2.7") for _ in range(lockout.TRIES + 3)]
    assert [isinstance(one, LoginAttempt) for one in attempts] == [True] * lockout.TRIES + [False] * 3
    assert LoginAttempt.objects.count() == lockout.TRIES


def test_one_person_opens_no_end_of_streams(office, settings):
    account = office.person("monitor").account

    async def story():
        watchers = [upstream.hub.join(feed.Window(), scope.Scope(frozenset()), account.pk) for _ in range(feed.STREAMS)]
        try:
            return upstream.hub.streams_of(account.pk), upstream.hub.streams_of(account.pk + 1)
        finally:
            for watcher in watchers:
                upstream.hub.leave(watcher)

    assert asyncio.run(story()) == (feed.STREAMS, 0)


@pytest.mark.django_db(transaction=True)
def test_the_feed_refuses_one_more_and_who_must_change_the_password(office, monkeypatch):
    person = office.person("monitor")
    client = browser(person)
    monkeypatch.setattr(upstream.hub, "streams_of", lambda account: feed.STREAMS)
    assert client.get("/feed/").status_code == 429
    person.account.must_change_password = True
    person.account.save()
    assert client.get("/feed/").status_code == 403


@pytest.mark.parametrize("declared", [str(MOST_BYTES + 1).encode(), b"9" * 5000])
def test_a_body_that_is_too_large_is_not_taken(declared):
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(BoundedBodies(None)({"type": "http", "headers": [(b"content-length", declared)]}, None, send))
    assert sent[0]["status"] == 413


def test_a_body_that_says_nothing_of_its_size_is_cut_off():
    seen = []

    async def app(scope, receive, send):
        while (message := await receive())["type"] != "http.disconnect":
            seen.append(len(message["body"]))

    piece = {"type": "http.request", "body": bytes(16 << 20), "more_body": True}

    async def receive():
        return piece

    asyncio.run(BoundedBodies(app)({"type": "http", "headers": []}, receive, None))
    assert sum(seen) == MOST_BYTES


def test_pages_answer_under_the_address_they_listen_on():
    assert "192.0.2.5" in names_of("192.0.2.5") and "[2001:db8::1]" in names_of("2001:db8::1")
    assert "*" not in names_of("0.0.0.0") and len(names_of("0.0.0.0")) >= 4


def test_a_device_whose_key_was_taken_away_is_a_stranger(office):
    from django.conf import settings

    enrol(settings.SITE, "D1")
    devices = Devices(settings.SITE)
    assert devices.key("D1")
    (settings.SITE.folder("secrets") / "weighing-D1").unlink()
    assert devices.key("D1") is None


@pytest.mark.django_db(transaction=True)
def test_one_move_taken_by_two_at_once_is_taken_once(office):
    from django.db import connection

    hazards = ledger("safety.hazard")
    record = hazards.example(unit=office.root)
    move = hazards.flow.moves[0]
    told = []

    def take():
        try:
            told.append(hazards.perform(record, move.name, MACHINE, "示例").state)
        except Exception as refusal:
            told.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = HistoryEntry.objects.filter(ledger=hazards.key, record=record.pk, action="move").count()
    # SQLite in memory may turn the second away before our own refusal can.
    assert lines == 1 and told.count(move.target.name) == 1, told
