"""The pages of the web part: login and its lock-out, home, map, frames, alarms, and what every page keeps to."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tonggui.base.site import Site
from tonggui.protocols.jt808 import HEARTBEAT, JT808
from tonggui.protocols.weighing.envelope import wrap
from tonggui.register.models import Account
from tonggui.register.registry import ledger
from tonggui.stream.log import FrameLogWriter
from tonggui.stream.media import Media
from tonggui.stream.references import References
from tonggui.web import lockout, telemetry
from tonggui.web.frames import byte_places
from tonggui.web.models import LoginAttempt
from tonggui.web.views import status

pytestmark = pytest.mark.django_db
JPEG = b"\xff\xd8\xff\xe0" + bytes(300)
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(300)
PASSWORD = "a long example password"


@pytest.fixture(autouse=True)
def site(settings, tmp_path):
    settings.SITE = Site.at(tmp_path)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return settings.SITE


@pytest.fixture
def county():
    return ledger("parties.unit").example()


@pytest.fixture
def person(county):
    """`person("monitor")`: a browser in which somebody of these roles has logged in."""

    def log_in(*roles, enterprise=None):
        account = Account.objects.create_account(
            f"example{Account.objects.count()}",
            PASSWORD,
            roles=list(roles),
            unit=None if enterprise else county,
            enterprise=enterprise,
            name="示例人员",
        )
        client = Client()
        client.force_login(account)
        client.account = account
        return client

    return log_in


def try_login(username, password, **more):
    return Client().post("/login/", {"username": username, "password": password, **more})


def test_nothing_is_read_without_a_login():
    for address in ("/", "/map/", "/alarms/", "/status/", "/map/base/roads.pmtiles", "/frames/jt808-0/1/"):
        answer = Client().get(address)
        assert answer.status_code == 302 and answer["Location"].startswith("/login/?next="), address
    part = Client().get("/alarms/", headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == "/login/"


def test_a_wrong_name_and_a_wrong_password_get_the_same_words(person):
    account = person("clerk").account
    answers = [try_login(account.username, "wrong"), try_login("nobody", "wrong")]
    words = {re.search(r'role="alert">.*?<p>(.*?)</p>', answer.text, re.S).group(1) for answer in answers}
    assert words == {"用户名或密码不正确，请核对后重新输入。"}
    assert [answer.status_code for answer in answers] == [422, 422]


def test_five_wrong_passwords_lock_the_name_out_for_a_while(person):
    username = person("clerk").account.username
    for _ in range(lockout.TRIES):
        try_login(username, "wrong")
    refused = try_login(username, PASSWORD)
    assert refused.status_code == 422 and "15 分钟" in refused.text
    LoginAttempt.objects.update(at=timezone.now() - lockout.WAIT - timedelta(seconds=1))
    assert try_login(username, PASSWORD).status_code == 302


def test_a_login_begins_the_count_anew_and_is_logged(person):
    username = person("clerk").account.username
    for _ in range(2):
        for _ in range(lockout.TRIES - 1):
            try_login(username, "wrong")
        assert try_login(username, PASSWORD).status_code == 302
    assert LoginAttempt.objects.filter(username=username, succeeded=True).count() == 2


def test_login_leads_on_to_this_site_alone(person):
    username = person("clerk").account.username
    assert try_login(username, PASSWORD, next="/alarms/")["Location"] == "/alarms/"
    assert try_login(username, PASSWORD, next="//elsewhere.example/")["Location"] == "/"


def test_a_password_given_by_somebody_else_is_changed_first(person):
    client = person("clerk")
    client.account.must_change_password = True
    client.account.set_password(PASSWORD)
    client.account.save()
    client.force_login(client.account)
    assert client.get("/")["Location"] == "/password/"
    new = {"old_password": PASSWORD, "new_password1": "another long example", "new_password2": "another long example"}
    assert client.post("/password/", new)["Location"] == "/"
    assert client.get("/").status_code == 200


def test_home_lists_what_waits_for_the_person_and_nothing_else(person):
    officer, monitor = person("safety_officer"), person("monitor")
    alarm = ledger("fleet.alarm").example()
    page = monitor.get("/").text
    assert alarm.number in page and alarm.url in page
    assert alarm.number not in officer.get("/").text
    assert "没有待办" in person("writer").get("/").text


def test_the_menu_shows_only_ledgers_that_may_be_read(person, county):
    firm = ledger("parties.enterprise").example()
    staff, owner = person("clerk").get("/").text, person("enterprise", enterprise=firm).get("/").text
    assert 'href="/ledgers/works.project/"' in staff
    assert 'href="/ledgers/works.project/"' not in owner
    assert 'href="/documents/"' in staff and 'href="/documents/"' not in owner
    assert 'href="/status/"' not in owner and person("enterprise", enterprise=firm).get("/status/").status_code == 403


@pytest.mark.parametrize("address", ["/", "/map/", "/map/track/", "/alarms/", "/status/", "/password/", "/nowhere/"])
def test_no_page_fetches_anything_from_elsewhere(person, address):
    answer = person("monitor", "admin").get(address)
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", answer.text)


def test_display_modes_come_from_the_cookie_and_only_known_ones(person):
    client = person("clerk")
    client.cookies["display"] = "skin:dark.text:large.contrast:evil"
    root = re.search(r"<html[^>]*>", client.get("/").text).group()
    assert 'data-skin="dark"' in root and 'data-text="large"' in root and "contrast" not in root


def test_without_a_store_the_pages_say_so(person):
    client = person("monitor")
    assert "现在查不到报警" in client.get("/alarms/").text
    assert "没有应答" in client.get("/status/").text


def test_alarms_lead_to_their_record_and_their_frames(person, monkeypatch):
    record = ledger("fleet.alarm").example()
    row = {
        "alarm_id": record.alarm_id,
        "type": "overspeed",
        "title": "超速报警",
        "phone": "13900000001",
        "vehicle": "示A00001",
        "area": "",
        "started_at": timezone.now(),
        "ended_at": None,
        "evidence": '{"speed_kmh": 96.0, "limit_kmh": 80}',
        "log": "jt808-0",
        "frame_position": 7,
        "raised_position": 9,
    }
    monkeypatch.setattr(telemetry, "alarms", lambda *_: ([dict(row)], 1))
    monkeypatch.setattr(telemetry, "alarm_facets", lambda *_: [("overspeed", "超速报警", 1)])
    page = person("monitor").get("/alarms/?type=overspeed").text
    assert record.url in page and "速度 96 km/h，当时限速 80 km/h" in page
    assert "/frames/jt808-0/7/" in page and "/frames/jt808-0/9/" in page


def test_a_frame_is_shown_with_its_bytes_and_their_meaning(person, site):
    raw = JT808.encode(HEARTBEAT, {}, {"phone": "13900000001", "serial": 0x7E, "edition": "2013"})
    with FrameLogWriter(site.frame_logs / "jt808-0") as writer:
        position = writer.append(raw)
    page = person("monitor").get(f"/frames/jt808-0/{position}/")
    assert "终端心跳" in page.text
    assert "".join(re.findall(r'class="byte[^>]*>(..)<', page.text)) == raw.hex().upper()
    assert person("monitor").get("/frames/jt808-0/999999999/").status_code == 404
    assert person("monitor").get("/frames/nolog/1/").status_code == 404


def test_an_enterprise_opens_frames_of_its_own_terminals_alone(person, site):
    terminal = ledger("fleet.terminal").example()
    with FrameLogWriter(site.frame_logs / "jt808-0") as writer:
        own, other = (
            writer.append(JT808.encode(HEARTBEAT, {}, {"phone": phone, "serial": 1, "edition": "2013"}))
            for phone in (terminal.phone, "13911111111")
        )
    client = person("enterprise", enterprise=terminal.vehicle.enterprise)
    assert client.get(f"/frames/jt808-0/{own}/").status_code == 200
    assert client.get(f"/frames/jt808-0/{other}/").status_code == 403


def test_a_pass_is_shown_in_words_and_judged_step_by_step(person, site):
    item = {"record_no": "R1", "site": "S01", "time": "2026-05-01 08:30:00", "plate": "示A00001", "axles": 6,
            "axle_kg": [6400, 9000, 9000, 9300, 9300, 9400], "gross_kg": 52400, "combination": True,
            "driven_axles": 2}  # fmt: skip
    note = {"device": "D1", "calibrated_to": "2026-12-31"}
    with FrameLogWriter(site.frame_logs / "weighing-0") as writer:
        good = writer.append(wrap(note, json.dumps(item)))
        early = writer.append(wrap(note, json.dumps(item | {"time": "2010-05-01 08:30:00"})))
        bad = writer.append(b"\xff\x00")
    officer = person("overload_officer")
    page = officer.get(f"/frames/weighing-0/{good}/").text
    for words in ("52,400", "6,400、9,000", "登记设备", "检定有效期至", "罚款 1,500.00 元", "超限 3400 千克", "第三条"):
        assert words in page
    part = officer.get(f"/frames/weighing-0/{good}/judgement/").text
    assert "罚款 1,500.00 元" in part and "<html" not in part
    assert "这条数据不能判定" in officer.get(f"/frames/weighing-0/{early}/").text
    assert "不是一条过车记录" in officer.get(f"/frames/weighing-0/{bad}/").text
    assert officer.get(f"/frames/weighing-0/{bad}/judgement/").status_code == 404


def test_the_record_of_a_pass_asks_for_its_judgement(person):
    record = ledger("overload.doubtedpass").example(evidence=[{"log": "weighing-0", "position": 30}])
    assert "/frames/weighing-0/30/judgement/" in person("overload_officer").get(record.url).text


def test_both_bytes_of_an_escape_share_one_place():
    placed = byte_places(bytes.fromhex("7e027d0203 7d01 7d7e"), JT808.framing)
    assert [byte.at for byte in placed] == [None, 0, 1, 1, 2, 3, 3, 4, None]


def test_a_track_outside_the_scope_is_refused(person):
    firm = ledger("parties.enterprise").example()
    client = person("enterprise", enterprise=firm)
    assert client.get("/map/track/?plate=示A99999").status_code == 403
    assert client.get("/map/track.json?plate=示A99999").status_code == 403


def test_tiles_are_served_by_ranges(person, settings):
    client, size = person("clerk"), (settings.MAP_FOLDER / "roads.pmtiles").stat().st_size
    first = client.get("/map/base/roads.pmtiles", headers={"Range": "bytes=0-6"})
    assert (first.status_code, first.content, first["Content-Range"]) == (206, b"PMTiles", f"bytes 0-6/{size}")
    last = client.get("/map/base/roads.pmtiles", headers={"Range": "bytes=-10"})
    assert last.status_code == 206 and len(last.content) == 10
    beyond = client.get("/map/base/roads.pmtiles", headers={"Range": f"bytes={size}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{size}")
    whole = client.get("/map/base/roads.pmtiles")
    assert whole.status_code == 200 and whole["Accept-Ranges"] == "bytes"
    same = client.get("/map/base/roads.pmtiles", headers={"If-None-Match": whole["ETag"]})
    assert same.status_code == 304
    assert client.get("/map/base/README.md").status_code == 404


def test_the_media_of_a_pass_are_shown_or_told(person, site):
    kept = Media(site)
    picture, video = kept.put(JPEG), kept.put(MP4)
    item = {"record_no": "R2", "site": "S01", "time": "2026-05-01 08:30:00", "plate": "示A00001", "axles": 6,
            "gross_kg": 52400, "photos": ["front.jpg", "http://192.0.2.1/a.jpg"],
            "media": [{"kind": "front", "sha256": picture, "taken_at": "08:30:01"}, {"sha256": video},
                      {"kind": "rear", "sha256": "a" * 64}]}  # fmt: skip
    with FrameLogWriter(site.frame_logs / "weighing-0") as writer:
        position = writer.append(wrap({}, json.dumps(item)))
    References(site).note([("S01/R2", "http://192.0.2.1/a.jpg")], "weighing-0", 1, 0)
    officer = person("overload_officer")
    for address in (f"/frames/weighing-0/{position}/", f"/frames/weighing-0/{position}/judgement/"):
        page = officer.get(address).text
        assert f'<img src="/passes/media/{picture}/" alt="车头"' in page and "08:30:01" in page
        assert f'<video src="/passes/media/{video}/"' in page and "尚未上传" in page
        assert "只报了文件名" in page and "等待取回" in page
    References(site).refused(References(site).of("S01/R2")["http://192.0.2.1/a.jpg"], "不在允许之列。", 0)
    References(site).cleared("a" * 64, "S01/R2", 0)
    page = officer.get(f"/frames/weighing-0/{position}/").text
    assert "不在允许之列。" in page and "已于 1970-01-01 按保存期清理" in page


def test_a_pass_that_holds_what_no_page_can_is_still_shown(person, site):
    strange = '{"record_no": "R3", "plate": "\\ud800", "gross_kg": NaN, "speed_kmh": 1e400, "axle_kg": [Infinity]}'
    with FrameLogWriter(site.frame_logs / "weighing-0") as writer:
        position = writer.append(wrap({}, strange))
    page = person("overload_officer").get(f"/frames/weighing-0/{position}/")
    assert page.status_code == 200 and "不是车牌号：?" in page.text and "nan" in page.text


def test_a_media_content_is_served_to_those_who_read_doubted_passes(person, site):
    picture, video = Media(site).put(JPEG), Media(site).put(MP4)
    officer = person("overload_officer")
    answer = officer.get(f"/passes/media/{picture}/")
    assert answer["Content-Type"] == "image/jpeg" and b"".join(answer.streaming_content) == JPEG
    assert "immutable" in answer["Cache-Control"] and answer["X-Content-Type-Options"] == "nosniff"
    part = officer.get(f"/passes/media/{video}/", headers={"Range": "bytes=4-7"})
    assert (part.status_code, part["Content-Type"], part.content) == (206, "video/mp4", b"ftyp")
    for absent in ("a" * 64, "..", "x"):
        assert officer.get(f"/passes/media/{absent}/").status_code == 404
    assert "还没有上传" in officer.get(f"/passes/media/{'a' * 64}/").text
    firm = person("enterprise", enterprise=ledger("parties.enterprise").example())
    assert firm.get(f"/passes/media/{picture}/").status_code == 403
    assert Client().get(f"/passes/media/{picture}/").status_code == 302
    assert officer.post(f"/passes/media/{picture}/").status_code == 405


def test_the_status_tells_of_the_intake_and_of_pictures_it_could_not_fetch(person, site, monkeypatch):
    counted = {"records_stored": 12_345, "media_stored": 678}
    monkeypatch.setattr(status, "ask", lambda process, *_: counted if process == "intake" else None)
    references = References(site)
    references.note([("S01/R9", "http://192.0.2.1/a.jpg")], "weighing-0", 1, 0)
    references.failed(references.of("S01/R9")["http://192.0.2.1/a.jpg"], "对方答复 404。", 0)
    page = person("admin").get("/status/").text
    assert "12,345" in page and "678" in page and "（1 份）：对方答复 404。" in page


def test_the_status_names_an_entry_of_the_allowed_hosts_that_cannot_be_read(person, monkeypatch):
    monkeypatch.setattr(status, "ask", lambda process, *_: {} if process == "intake" else None)
    monkeypatch.setattr(status.FETCH_FROM, "on", lambda day: "img.example.cn，10.20.0.0/33")
    page = person("admin").get("/status/").text
    assert "取用地址有误" in page and "“影像取用地址”的第 2 项“10.20.0.0/33”不能识别" in page
