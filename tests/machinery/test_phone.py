"""Phone pages at the server: what a phone may keep, what it may hand in, and that it counts exactly once."""

import hashlib
import json
import ssl
import subprocess
import sys
import threading
import uuid
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import httpx
import pytest
from cryptography import x509
from django.core.files.uploadedfile import SimpleUploadedFile

from tonggui.base.site import Site
from tonggui.register.actor import Actor, acting
from tonggui.register.handheld import Handheld, faults
from tonggui.register.models import Attachment, HistoryEntry
from tonggui.register.registry import all_ledgers, ledger
from tonggui.run import certificates
from tonggui.web.phone import forms, kit, receiving
from tonggui.web.phone.models import Received

pytest_plugins = ["page_people"]
pytestmark = pytest.mark.django_db
JPEG = b"\xff\xd8\xff\xe0" + b"example picture" * 20
DIGEST = hashlib.sha256(JPEG).hexdigest()
VALUES = dict(
    kind="routine",
    domain="road",
    subject="示例客运站",
    visited_on="2026-11-20",
    staff="4",
    vehicles="1",
    inspectors="孙示例、李示例",
    hazards_found="1",
)


def entry(account, **more):
    """An inspection as a phone hands it in."""
    sent = {"id": str(uuid.uuid4()), "account": account.pk, "kind": "create", "ledger": "safety.inspection"}
    return {**sent, "values": VALUES, "made_at": "2026-11-20T02:00:00.000Z", "sent_at": "2026-11-20T09:00:00Z", **more}


def hand_in(client, sent):
    return client.post("/m/entries/", json.dumps(sent), content_type="application/json")


def give(client, content=JPEG, digest=DIGEST, key="safety.inspection", field="photos", **taken):
    file = SimpleUploadedFile("20261120-100000.jpg", content)
    return client.post(f"/m/files/{key}/{digest}/", {"file": file, "field": field, "taken": json.dumps(taken)})


def inspections():
    return ledger("safety.inspection").query(Actor.system("测试"))


# --- exactly once -----------------------------------------------------------------------------------------------


def test_an_entry_sent_again_gets_the_same_answer_and_makes_nothing(county):
    sent = entry(county.officer.account)
    answers = [hand_in(county.officer, {**sent, "sent_at": f"2026-11-20T09:0{n}:00Z"}) for n in range(5)]
    assert [one.status_code for one in answers] == [200] * 5
    assert len({one.content for one in answers}) == 1
    record = inspections().get()
    assert (record.number, record.state) == (answers[0].json()["number"], "submitted")


def test_a_crash_between_writing_and_answering_leaves_all_or_nothing(county, monkeypatch):
    sent = entry(county.officer.account)
    actor = county.officer.account.actor

    class Crash(BaseException):
        pass

    written = Received.save

    def crash(row, *args, **options):
        if row.record is not None:
            raise Crash
        written(row, *args, **options)

    with monkeypatch.context() as broken:
        broken.setattr(Received, "save", crash)
        with pytest.raises(Crash):
            receiving.receive(actor, sent)
    assert not inspections().exists() and not Received.objects.exists()
    assert hand_in(county.officer, sent).status_code == 200
    assert inspections().count() == 1


def test_an_entry_changed_after_it_was_taken_is_told_so_and_not_written(county):
    sent = entry(county.officer.account)
    hand_in(county.officer, sent)
    answer = hand_in(county.officer, {**sent, "values": {**VALUES, "staff": "9"}})
    assert answer.status_code == 409 and answer.json()["kind"] == "taken"
    assert inspections().get().staff == 4


def test_a_refused_entry_leaves_no_trace_and_comes_again_corrected_under_its_own_id(county):
    sent = entry(county.officer.account, values={**VALUES, "staff": "nobody"})
    answer = hand_in(county.officer, sent)
    assert answer.status_code == 422 and list(answer.json()["errors"]) == ["staff"]
    assert not Received.objects.exists()
    assert hand_in(county.officer, {**sent, "values": VALUES}).status_code == 200


def test_the_phones_clock_is_kept_beside_ours_and_decides_nothing(county):
    hand_in(county.officer, entry(county.officer.account, made_at="2031-01-01T00:00:00Z", sent_at="no time at all"))
    row = Received.objects.get()
    assert row.made_at == datetime(2031, 1, 1, tzinfo=UTC) and row.sent_at is None
    assert abs(datetime.now(UTC) - row.received_at) < timedelta(minutes=1)
    written = HistoryEntry.objects.filter(request=row.id.hex).order_by("id").first()
    assert abs(written.at - row.received_at) < timedelta(minutes=1)


def test_the_time_line_says_that_a_record_was_made_without_signal(county):
    hand_in(county.officer, entry(county.officer.account))
    assert "手机离线填写，手机时间 2026-11-20 10:00" in HistoryEntry.objects.filter(action="create").last().why


# --- who, what, in which order ------------------------------------------------------------------------------------


def test_a_queue_belongs_to_its_account(county):
    sent = entry(county.officer.account)
    answer = hand_in(county.other_officer, sent)
    assert answer.status_code == 403 and answer.json()["kind"] == "account"
    hand_in(county.officer, sent)
    stolen = hand_in(county.other_officer, {**sent, "account": county.other_officer.account.pk})
    assert stolen.status_code == 403 and inspections().count() == 1


def test_without_a_login_everything_says_so_in_json_and_the_shell_still_opens(client, county):
    for path in ("/m/kit.json", "/m/near.json?at=120,31", "/m/records/safety.hazard/YH1/"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["kind"]) == (401, "login")
    assert hand_in(client, entry(county.officer.account)).status_code == 401
    shell = client.get("/m/").content.decode()
    assert "同轨" in shell and county.officer.account.name not in shell


def test_only_who_may_write_a_ledger_can_enter_in_it_from_a_phone(county):
    answer = hand_in(county.firm_user, entry(county.firm_user.account))
    assert answer.status_code == 422 and answer.json()["kind"] == "refused"
    assert not inspections().exists()
    assert not forms.may_enter(ledger("safety.inspection"), county.firm_user.account.actor)


def test_fields_that_no_form_asks_for_are_not_taken(county):
    for name in ("state", "number", "version", "is_example"):
        answer = hand_in(county.officer, entry(county.officer.account, values={**VALUES, name: "1"}))
        assert answer.status_code == 422 and name in answer.json()["errors"]


@pytest.mark.parametrize(
    "broken",
    [{"id": "x"}, {"kind": "delete"}, {"values": [1]}, {"ledger": "parties.unit"}, {"values": {"photos": ["x"]}}],
)
def test_what_is_no_entry_is_refused(county, broken):
    assert hand_in(county.officer, entry(county.officer.account) | broken).status_code == 400
    assert not Received.objects.exists()


def test_a_hazard_waits_for_the_inspection_that_it_names(county):
    inspection = entry(county.officer.account)
    values = dict(
        enterprise=county.firm.number, inspection={"entry": inspection["id"]}, grade="general", content="示例隐患"
    )
    hazard = entry(county.officer.account, ledger="safety.hazard", values={**values, "found_on": "2026-11-20"})
    early = hand_in(county.officer, hazard)
    assert early.status_code == 409 and early.json()["kind"] == "waits"
    hand_in(county.officer, inspection)
    assert hand_in(county.officer, hazard).status_code == 200
    assert ledger("safety.hazard").query(Actor.system("测试")).get().inspection == inspections().get()


def test_another_persons_entry_cannot_be_named(county):
    inspection = entry(county.officer.account)
    hand_in(county.officer, inspection)
    values = dict(enterprise=county.firm.number, inspection={"entry": inspection["id"]}, content="示例隐患")
    hazard = entry(county.other_officer.account, ledger="safety.hazard", values={**values, "found_on": "2026-11-20"})
    assert hand_in(county.other_officer, hazard).json()["kind"] == "waits"


# --- moves and conflicts ------------------------------------------------------------------------------------------


@pytest.fixture
def ordered(county):
    """A hazard that waits to be fixed."""
    hazards = ledger("safety.hazard")
    with acting(Actor.system("测试")):
        record = hazards.example(enterprise=county.firm, grade="general", found_on="2026-11-01", photos=[])
    record = hazards.perform(record, "approve", county.other_officer.account.actor)
    return hazards.perform(
        record, "order", county.officer.account.actor, "", {"notice_no": "示例1", "due_on": "2026-11-20"}
    )


def fix(account, record, **more):
    values = {"photos": [DIGEST], "measures": "已更换"}
    moved = dict(ledger="safety.hazard", kind="move", number=record.number, move="fix", version=record.version)
    return entry(account, values=values) | moved | more


def test_a_move_is_taken_once_with_its_picture(county, ordered):
    give(county.firm_user, key="safety.hazard", longitude=120.65, latitude=31.12, accuracy=12)
    sent = fix(county.firm_user.account, ordered)
    assert [hand_in(county.firm_user, sent).status_code for _ in range(3)] == [200] * 3
    ordered.refresh_from_db()
    assert ordered.state == "fixed" and len(ordered.photos) == 1
    assert HistoryEntry.objects.filter(ledger="safety.hazard", move="fix").count() == 1
    assert "120.65000, 31.12000，误差约 12 米" in Attachment.objects.get().taken_words


def test_a_record_changed_meanwhile_is_shown_as_it_is_now(county, ordered):
    sent = fix(county.officer.account, ordered)
    give(county.officer, key="safety.hazard")
    ledger("safety.hazard").change(ordered, county.other_officer.account.actor, {"content": "改过的内容"}, why="更正")
    answer = hand_in(county.officer, sent)
    assert answer.status_code == 409 and answer.json()["kind"] == "conflict"
    now = answer.json()["now"]
    assert ["隐患内容", "改过的内容"] in now["rows"] and "fix" in now["moves"]
    assert hand_in(county.officer, {**sent, "version": now["version"]}).status_code == 200


def test_a_move_that_is_no_longer_open_says_why(county, ordered):
    give(county.officer, key="safety.hazard")
    sent = fix(county.officer.account, ordered)
    hand_in(county.officer, sent)
    ordered.refresh_from_db()
    again = {**sent, "id": str(uuid.uuid4()), "version": ordered.version}
    answer = hand_in(county.officer, again).json()
    assert answer["kind"] == "refused" and "待复查" in answer["detail"] and "fix" not in answer["now"]["moves"]


def test_only_moves_of_the_phone_form_are_taken(county, ordered):
    answer = hand_in(county.director, fix(county.director.account, ordered, move="cancel", comment="不合适", values={}))
    assert answer.status_code == 422 and ordered.state == "ordered"


# --- pictures -------------------------------------------------------------------------------------------------------


def test_a_picture_is_kept_once_however_often_it_is_given(county):
    assert county.officer.get(f"/m/files/safety.inspection/{DIGEST}/").json() == {"held": False}
    assert [give(county.officer).status_code for _ in range(3)] == [200] * 3
    assert county.officer.get(f"/m/files/safety.inspection/{DIGEST}/").json() == {"held": True}
    assert Attachment.objects.count() == 1


def test_a_picture_that_is_not_what_it_says_is_refused(county):
    damaged = give(county.officer, content=JPEG + b"!")
    assert damaged.status_code == 422 and damaged.json()["kind"] == "damaged"
    text = b"no picture at all"
    assert give(county.officer, content=text, digest=hashlib.sha256(text).hexdigest()).status_code == 422
    assert not Attachment.objects.exists()


def test_an_entry_without_its_picture_names_what_is_missing(county):
    sent = entry(county.officer.account, values={**VALUES, "photos": [DIGEST]})
    give(county.other_officer)
    answer = hand_in(county.officer, sent)
    assert answer.status_code == 409 and answer.json()["missing"] == [DIGEST]
    give(county.officer)
    assert hand_in(county.officer, sent).status_code == 200
    assert len(inspections().get().photos) == 1


@pytest.mark.parametrize(
    "told", [{"longitude": 500, "latitude": 31, "accuracy": 1}, {"at": "yesterday"}, {"latitude": 31}]
)
def test_a_place_that_is_none_is_left_out(county, told):
    give(county.officer, **told)
    assert Attachment.objects.get().taken == {}


# --- the kit ----------------------------------------------------------------------------------------------------------


def test_the_kit_holds_what_its_person_may_do_and_nothing_of_others(county, ordered):
    mine = county.officer.get("/m/kit.json").json()
    assert {"safety.inspection", "safety.hazard"} <= {one["key"] for one in mine["forms"]}
    assert [one["number"] for one in mine["records"]["safety.hazard"]] == [ordered.number]
    firm = county.firm_user.get("/m/kit.json").json()
    hazard = next(one for one in firm["forms"] if one["key"] == "safety.hazard")
    assert hazard["fields"] == [] and list(hazard["moves"]) == ["fix"]
    with acting(Actor.system("测试")):
        elsewhere = ledger("parties.enterprise").example(name="另一家示例公司", unit=None)
    stranger = county.browser("stranger", "enterprise", enterprise=elsewhere).get("/m/kit.json").json()
    assert stranger["records"].get("safety.hazard", []) == []


def test_options_are_nearest_first_and_bounded(county, monkeypatch):
    monkeypatch.setattr(kit, "OPTIONS", 3)
    with acting(Actor.system("测试")):
        for n in range(5):
            ledger("parties.enterprise").example(name=f"示例{n}号", unit=county.unit, place=f"{120 + n / 10}, 31")
    found = kit.options(ledger("parties.enterprise"), county.officer.account.actor, (120.31, 31.0))
    assert [name for _, name, _, _ in found] == ["示例3号", "示例4号", "示例2号"]


def test_a_search_beyond_the_kit_keeps_to_the_wall(county):
    path = "/m/options/safety.inspection/enterprise/"
    found = county.officer.get(path, {"q": county.firm.name[:4]}).json()["options"]
    assert [county.firm.number] == [number for number, *_ in found]
    west = ledger("parties.unit").example(name="示例别局")
    from tonggui.register.models import Account

    other = Account.objects.create_account("far", None, roles=["safety_officer"], unit=west, name="外局")
    assert kit.search(ledger("parties.enterprise"), other.actor, county.firm.name[:4]) == []


def test_what_is_near_comes_with_its_distance(county):
    with acting(Actor.system("测试")):
        ledger("parties.enterprise").example(name="示例近处", unit=county.unit, place="120.001, 31.0")
        ledger("parties.enterprise").example(name="示例远处", unit=county.unit, place="121, 31.0")
    found = county.officer.get("/m/near.json?at=120.0,31.0").json()["found"]
    assert [(one["title"], one["metres"]) for one in found] == [("示例近处", 95)]


def handheld():
    return [one.key for one in all_ledgers() if one.page.handheld]


@pytest.mark.parametrize("key", handheld())
def test_every_phone_form_asks_for_all_that_its_ledger_needs(county, key):
    """What the example holds in the fields of the form is enough to make a record."""
    bound = ledger(key)
    example = bound.example()
    role = next((name for name in bound.write.by_role if name != "enterprise"), None)
    if not bound.page.handheld.names or role is None:
        return
    asked = {field["name"] for field in forms.form(bound, Actor.system("测试"))["fields"]}
    derived = {one.target for one in bound.derivations}
    lacking = {
        name
        for name in bound.form_names
        if not bound.kinds[name].optional and name not in asked | derived and bound.kinds[name].preset is None
    }
    assert lacking - {"unit"} == set(), f"{bound.file}: the phone form lacks {sorted(lacking)}"
    json.dumps([forms.form(bound, county.officer.account.actor), kit.shown(example, county.officer.account.actor)])


def test_a_phone_form_that_names_nothing_is_told_when_loaded():
    wrong = Handheld("示例", "subjct", moves="aprove", big="submit", nearest="kind", signs="subject", then="sbmit")
    said = "\n".join(faults("Page.handheld", wrong, ledger("safety.inspection")))
    assert said.count("names") == 6 and 'Did you mean "subject"?' in said


def test_the_worker_keeps_exactly_what_the_shell_needs(client):
    script = client.get("/m/sw.js").content.decode()
    kept = json.loads(script.partition("= ")[2].partition(";\n")[0])["files"]
    shell = client.get("/m/").content.decode()
    assert all(path in shell for path in kept if path != "/m/")
    assert client.get("/m/manifest.webmanifest").json()["start_url"] == "/m/"


# --- HTTPS ------------------------------------------------------------------------------------------------------------


def held(pair):
    return x509.load_pem_x509_certificate(pair.certificate.read_bytes())


def test_the_sites_certificate_is_made_once_and_again_when_names_change_or_its_end_is_near(tmp_path):
    site, now = Site.at(tmp_path), datetime.now(UTC)
    hosts = ["127.0.0.1", "localhost", "[::1]", "bureau-pc", "192.168.3.7"]
    first = held(certificates.own_pair(site, hosts))
    assert held(certificates.own_pair(site, hosts)) == first
    authority = site.authority.read_bytes()
    moved = held(certificates.own_pair(site, [*hosts, "10.1.2.3"]))
    assert moved != first and site.authority.read_bytes() == authority
    later = held(certificates.own_pair(site, [*hosts, "10.1.2.3"], now + timedelta(days=380)))
    assert later.not_valid_after_utc > moved.not_valid_after_utc and site.authority.read_bytes() == authority
    for key in site.authority.parent.glob("*.key"):
        assert key.stat().st_mode & 0o777 == 0o600


def test_the_authority_can_sign_for_this_site_alone(tmp_path):
    site = Site.at(tmp_path)
    certificates.own_pair(site, ["127.0.0.1", "bureau-pc"])
    authority = x509.load_pem_x509_certificate(site.authority.read_bytes())
    assert not certificates._may_sign(authority, "bank.example")
    before = site.authority.read_bytes()
    certificates.own_pair(site, ["127.0.0.1", "another-pc"])
    assert site.authority.read_bytes() != before


@pytest.fixture
def own_site(tmp_path, environment_of):
    """A site of its own, and `run(*words)`: a command of Django's on it, with what it printed."""
    site = Site.at(tmp_path / "site")
    environment = environment_of(site)

    def run(*words):
        command = [sys.executable, "-m", "tonggui.run.cli", "manage", *words, "--verbosity", "0"]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()

    return SimpleNamespace(site=site, environment=environment, run=run)


@pytest.fixture
def served(own_site):
    """`tonggui web` over HTTP and HTTPS on a site of its own, with an account."""
    site = own_site.site
    own_site.run("migrate")
    made = (
        "from tonggui.register.models import Account\nfrom tonggui.register.registry import ledger\n"
        "unit = ledger('parties.unit').example()\n"
        "Account.objects.create_account('example', 'a long example password', roles=['safety_officer'], unit=unit)"
    )
    own_site.run("shell", "--command", made)
    web = [sys.executable, "-m", "tonggui.run.cli", "web", "--data", str(site.data), "--port", "0", "--https-port", "0"]
    process = subprocess.Popen(web, env=own_site.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        for _ in range(300):
            if (site.address("web") or {}).get("pid") == process.pid or process.poll() is not None:
                break
            threading.Event().wait(0.1)
        yield site
    finally:
        process.terminate()
        process.wait(15)


def test_over_https_an_entry_sent_by_five_at_once_is_written_once(served, own_site):
    address = served.address("web")
    trusted = ssl.create_default_context(cafile=served.authority)
    plain = httpx.get(f"http://127.0.0.1:{address['port']}/m/?x=1", headers={"Host": "192.168.3.7"}, timeout=60)
    assert (plain.status_code, plain.headers["location"]) == (
        308,
        f"https://192.168.3.7:{address['https_port']}/m/?x=1",
    )
    help_page = httpx.get(
        f"http://127.0.0.1:{address['port']}/m/certificate/", headers={"Host": "localhost"}, timeout=60
    )
    assert help_page.status_code == 200 and "指纹" in help_page.text

    with httpx.Client(base_url=f"https://127.0.0.1:{address['https_port']}", verify=trusted, timeout=60) as browser:
        browser.headers["Referer"] = str(browser.base_url)
        first = browser.get("/login/")
        assert all("Secure" in cookie for cookie in first.headers.get_list("set-cookie"))
        form = {"username": "example", "password": "a long example password", "next": "/m/"}
        token = {"X-CSRFToken": browser.cookies["csrftoken"]}
        assert browser.post("/login/", data=form, headers=token).headers["location"] == "/m/"
        account = browser.get("/m/kit.json").json()["account"]["id"]
        sent = {"id": str(uuid.uuid4()), "account": account, "kind": "create", "ledger": "safety.inspection"}
        sent |= {"values": VALUES, "made_at": "2026-11-20T02:00:00Z"}
        token = {"X-CSRFToken": browser.cookies["csrftoken"]}
        answers = []
        gate = threading.Barrier(5)

        def send():
            gate.wait()
            answers.append(browser.post("/m/entries/", json=sent, headers=token))

        threads = [threading.Thread(target=send) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [one.status_code for one in answers] == [200] * 5
        assert len({one.content for one in answers}) == 1
        assert len(browser.get("/m/kit.json").json()["sent"]) == 1
    count = "from tonggui.ledgers.safety.inspection import Inspection\nprint(Inspection._base_manager.count())"
    assert own_site.run("shell", "--command", count) == "1"
