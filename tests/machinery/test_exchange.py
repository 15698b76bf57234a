"""Exchange with the province: told once, kept through outages and lost receipts, gaps filled, what comes down taken."""

import argparse
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from provincial_server import KEY, Provincial, serving

from tonggui.base import clock
from tonggui.base.clock import CHINA
from tonggui.base.errors import Problem
from tonggui.base.site import Site
from tonggui.bridge.exchange import sending
from tonggui.bridge.exchange.declaration import tonnes
from tonggui.bridge.exchange.provincial import PROVINCIAL
from tonggui.bridge.exchange.queue import digest, queue_days, queue_records, write_items
from tonggui.bridge.exchange.round import EVERY_SECONDS, LONGEST_PAUSE, Told, one_round
from tonggui.bridge.exchange.settings import Settings, is_configured, settings_of
from tonggui.bridge.exchange.transport import Transport
from tonggui.bridge.exchange.using import on_black_list
from tonggui.ledgers.overload.provincial_item import ProvincialItem
from tonggui.ledgers.overload.upload_item import UploadItem
from tonggui.register.actor import Actor, acting
from tonggui.register.registry import ledger
from tonggui.run.commands import up

MACHINE = Actor.system("测试")


@pytest.fixture
def site(tmp_path):
    return Site.at(tmp_path)


@pytest.fixture
def province():
    return Provincial()


@pytest.fixture
def line(province, db):
    with serving(province) as address:
        yield Transport(address, "310230", KEY)


def items(**where):
    return list(UploadItem.objects.visible_to(MACHINE).filter(**where).order_by("number"))


def states():
    return [item.state for item in items()]


def accepted(**values):
    """A doubted pass that two officers have let in."""
    real = {"state": "accepted", "is_example": False, "point": a_point()}
    return ledger("overload.doubtedpass").example(**real | values)


def a_point(**values):
    """A weighing point that is no example."""
    return ledger("overload.weighingpoint").example(**{"is_example": False} | values)


def test_a_point_and_an_accepted_pass_are_told_in_the_provinces_words(site, province, line):
    record = accepted(gross_kg=52_400, limit_kg=49_000, excess_kg=3_400)
    told = one_round(site, PROVINCIAL, line)
    assert told.trouble == "" and told.worked_at
    by_kind = {item["kind"]: item for item in province.held.values()}
    assert set(by_kind) == {"site", "pass"}
    body = by_kind["pass"]["body"]
    assert (body["record_code"], body["total_weight"], body["overrun"]) == (record.record_no, "52.400", "3.400")
    assert by_kind["site"]["body"]["site_type"] == "不停车检测点"
    assert body["out_station"] == record.point.code == by_kind["site"]["body"]["out_station"]
    assert states() == ["upload_receipted"] * 2
    assert all(item.upload_receipt == f"HZ-{item.number}" and item.receipted_at for item in items())


def test_what_was_told_is_not_told_again_until_it_changes(site, province, line):
    record = accepted()
    one_round(site, PROVINCIAL, line)
    assert queue_records(site, PROVINCIAL) == 0
    ledger("overload.weighingpoint").change(record.point, MACHINE, {"lanes": 3})
    assert queue_records(site, PROVINCIAL) == 1
    one_round(site, PROVINCIAL, line)
    assert [item.upload_content[0]["lane_num"] for item in items(kind="site")] == [2, 3]
    assert len(province.arrivals) == len(set(province.arrivals)) == 3


def test_a_pass_that_is_not_yet_accepted_is_not_told(site, line):
    accepted(state="found")
    queue_records(site, PROVINCIAL)
    assert items(kind="pass") == []


def test_rows_written_together_are_all_told_though_they_share_their_moment(site, db, monkeypatch):
    monkeypatch.setattr("tonggui.bridge.exchange.queue.AT_ONCE", 2)
    for n in range(5):
        a_point(code=f"SL{n:04}", device=f"W{n}")
    moment = clock.now()
    ledger("overload.weighingpoint").model._base_manager.update(changed_at=moment)
    assert queue_records(site, PROVINCIAL) == 5
    assert queue_records(site, PROVINCIAL) == 0


def changed_at(record, moment, **values):
    """The record as a transaction leaves it that took its moment then and ends now."""
    record.ledger.model._base_manager.filter(pk=record.pk).update(changed_at=moment, **values)


def test_a_transaction_that_ends_after_a_later_one_was_told_is_told_in_the_next_round(site, db):
    noon = datetime(2026, 6, 1, 12, tzinfo=CHINA)
    slow, quick = a_point(code="SL0001", device="W1"), a_point(code="SL0002", device="W2")
    changed_at(slow, noon - timedelta(days=1), lanes=2)
    changed_at(quick, noon, lanes=3)
    assert queue_records(site, PROVINCIAL) == 2
    # The slow transaction took its moment before the quick one and ends only now.
    changed_at(slow, noon - timedelta(minutes=10), lanes=4)
    assert queue_records(site, PROVINCIAL) == 1
    assert [item.upload_content[0]["lane_num"] for item in items(kind="site", upload_key="SL0001")] == [2, 4]
    assert queue_records(site, PROVINCIAL) == 0


def test_a_pass_taken_back_by_a_slow_transaction_is_revoked_once(site, db):
    noon = datetime(2026, 6, 1, 12, tzinfo=CHINA)
    kept = {"state": "accepted", "is_example": False, "point": a_point()}
    slow, quick = (ledger("overload.doubtedpass").example(**kept, record_no=number) for number in ("R1", "R2"))
    changed_at(slow, noon - timedelta(days=1))
    changed_at(quick, noon)
    queue_records(site, PROVINCIAL)
    changed_at(slow, noon - timedelta(minutes=10), state="rejected")
    queue_records(site, PROVINCIAL)
    queue_records(site, PROVINCIAL)
    contents = [item.upload_content[0] for item in items(kind="pass")]
    assert [one.get("revoked") for one in contents if one["record_code"] == "R1"] == [None, True]


def test_an_outage_keeps_everything_and_the_pauses_grow(site, province, line):
    accepted()
    province.down = True
    pauses = [one_round(site, PROVINCIAL, line).pause for _ in range(7)]
    assert pauses == sorted(pauses) and pauses[0] == 2 * EVERY_SECONDS and pauses[-1] == LONGEST_PAUSE
    assert "503" in Told.of(site).trouble and states() == ["to_upload"] * 2
    province.down = False
    told = one_round(site, PROVINCIAL, line)
    assert (told.failures, told.pause) == (0, EVERY_SECONDS) and states() == ["upload_receipted"] * 2


def test_a_lost_receipt_is_fetched_by_telling_again_under_the_same_number(site, province, line, monkeypatch):
    accepted()
    province.swallow = True
    assert one_round(site, PROVINCIAL, line).failures == 1
    assert states() == ["dispatched"] * 2 and len(province.held) == 2
    province.swallow = False
    one_round(site, PROVINCIAL, line)
    assert states() == ["dispatched"] * 2  # still within the time for a receipt
    monkeypatch.setattr(sending, "RECEIPT_WAIT", timedelta(0))
    one_round(site, PROVINCIAL, line)
    assert states() == ["upload_receipted"] * 2 and len(province.held) == 2
    assert sorted(province.arrivals) == sorted([*province.held] * 2)


def test_what_the_province_lacks_is_sent_again(site, province, line):
    accepted()
    one_round(site, PROVINCIAL, line)
    number, _ = province.held.popitem()
    province.lost = [number, "SC99999999"]
    one_round(site, PROVINCIAL, line)
    assert number in province.held and states() == ["upload_receipted"] * 2
    assert next(item for item in items() if item.number == number).tries == 2


def test_a_refusal_keeps_its_reason_until_somebody_sends_again(site, province, line):
    record = accepted()
    province.refused[record.number] = "站点未备案"
    one_round(site, PROVINCIAL, line)
    (refused,) = items(state="turned_down")
    assert refused.turned_down_for == "站点未备案"
    one_round(site, PROVINCIAL, line)
    assert province.arrivals.count(refused.number) == 1
    province.refused.clear()
    assert sending.send_again(MACHINE, "pass") == 1
    one_round(site, PROVINCIAL, line)
    assert states() == ["upload_receipted"] * 2 and not items()[-1].turned_down_for


def test_an_unsigned_line_brings_nothing_through(site, province, line):
    accepted()
    told = one_round(site, PROVINCIAL, Transport(line.address, "310230", b"another key"))
    assert "401" in told.trouble and not province.held


def test_answers_to_what_was_never_asked_change_nothing(db):
    write_items("site", {"SL0001": {"out_station": "SL0001"}})
    (item,) = items()
    assert sending.take_answers([item], {"answers": [{"no": "SC77777777", "receipt": "x"}, {}]}) == 0
    assert sending.take_answers([item], {}) == 0 and states() == ["to_upload"]


def test_items_handed_down_are_rows_once_and_follow_their_changes(site, province, line):
    province.given = {
        "permit": [
            {"no": f"P{n}", "car_no": f"沪A0000{n}", "route": "示例路线", "valid_to": "2026-12-31"} for n in range(5)
        ],
        "black_list": [{"no": "H1", "car_no": "不是号牌", "reason": "一年内超过三次"}],
    }
    one_round(site, PROVINCIAL, line)
    one_round(site, PROVINCIAL, line)
    rows = list(ProvincialItem.objects.visible_to(MACHINE).order_by("provincial_no"))
    assert [row.provincial_no for row in rows] == ["H1", "P0", "P1", "P2", "P3", "P4"]
    assert (rows[1].plate, rows[1].handed_down_until) == ("沪A00000", date(2026, 12, 31))
    assert (rows[0].plate, rows[0].summary_of_item) == ("", "一年内超过三次")
    province.given["permit"].append(province.given["permit"][0] | {"valid_to": "2027-06-30"})
    one_round(site, PROVINCIAL, line)
    changed = ProvincialItem.objects.visible_to(MACHINE).get(provincial_no="P0")
    assert changed.handed_down_until == date(2027, 6, 30) and changed.version == 2


class Counting:
    """A store in which a point has the same passes each day, save the days that `late` names with more."""

    def __init__(self):
        self.asked, self.late = [], {}

    def query(self, _, parameters):
        self.asked.append((parameters["first"].astimezone(CHINA), parameters["after"].astimezone(CHINA)))
        return self

    def named_results(self):
        day, after = self.asked[-1]
        while day < after:
            passes = 2_400 + self.late.get(day.date(), 0)
            bands = {f"band_{place}": 31 if place == 0 else 0 for place in range(5)}
            yield {"site": "SL0001", "day": day.date(), "passes": passes, "over": 31, "unread": 5, **bands}
            day += timedelta(days=1)


def at(day, hour=9):
    return clock.pretending(datetime(2026, 6, day, hour, tzinfo=CHINA))


def test_each_day_that_is_over_is_told_once_also_those_of_an_outage_and_again_when_late_passes_change_it(site, db):
    store = Counting()
    ledger("overload.weighingpoint").example(code="SL0001", is_example=False)
    with at(2):
        assert queue_days(site, PROVINCIAL, store) == 1
        assert queue_days(site, PROVINCIAL, store) == 0 and len(store.asked) == 1
    with at(2, hour=10):
        assert queue_days(site, PROVINCIAL, store) == 0 and len(store.asked) == 2
    with at(5):
        assert queue_days(site, PROVINCIAL, store) == 3
    assert [item.upload_key for item in items()] == [f"SL0001-2026060{day}" for day in (1, 2, 3, 4)]
    assert items()[0].upload_content[0] | {"check_num": 2_400, "overrun_band_0": 31} == items()[0].upload_content[0]
    store.late[date(2026, 6, 3)] = 12
    with at(5, hour=11):
        assert queue_days(site, PROVINCIAL, store) == 1
    assert (items()[-1].upload_key, items()[-1].upload_content[0]["check_num"]) == ("SL0001-20260603", 2_412)
    with at(28):
        queue_days(site, PROVINCIAL, store)
    assert store.asked[0][0].isoformat() == "2026-06-01T00:00:00+08:00"
    assert store.asked[-1][0].date() == date(2026, 6, 1) and items()[-1].upload_key == "SL0001-20260627"


def test_a_correction_names_its_version_and_what_it_corrects(site, province, line):
    record = accepted()
    one_round(site, PROVINCIAL, line)
    ledger("overload.weighingpoint").change(record.point, MACHINE, {"lanes": 3})
    one_round(site, PROVINCIAL, line)
    first, second = (province.held[item.number] for item in items(kind="site"))
    assert (first["version"], "corrects" in first) == (1, False)
    assert (second["version"], second["corrects"]) == (2, first["no"])


def test_a_pass_that_is_taken_back_is_revoked_once(site, province, line):
    record = accepted()
    one_round(site, PROVINCIAL, line)
    with acting(MACHINE, "撤回入库"):
        record.state, record.reject_reason = "rejected", "unclear"
        record.save()
    one_round(site, PROVINCIAL, line)
    one_round(site, PROVINCIAL, line)
    assert [item.upload_content[0].get("revoked") for item in items(kind="pass")] == [None, True]


def test_the_other_side_is_told_our_last_number_when_it_is_asked_what_it_lacks(site, province, line):
    accepted()
    one_round(site, PROVINCIAL, line)
    one_round(site, PROVINCIAL, line)
    assert province.told_up_to == items()[-1].number


def test_a_receipt_that_is_not_signed_by_the_province_is_none(site, province, line):
    accepted()
    province.key = bytes(32)
    told = one_round(site, PROVINCIAL, line)
    assert "签名" in told.trouble and "upload_receipted" not in states()


PERMIT = {
    "no": "省超字1号",
    "car_no": "示H00009",
    "carrier": "示例大件运输有限公司",
    "goods": "变压器（示例）",
    "length": 22.5,
    "width": 3.2,
    "height": 4.3,
    "total_weight": 80,
    "route": "省道示例线",
    "accept_date": "2026-05-01",
    "permit_date": "2026-05-05",
    "valid_from": "2026-05-06",
    "valid_to": "2026-05-20",
    "trips": 2,
}


def test_a_permit_of_the_province_is_a_permit_here_and_is_corrected(site, province, line):
    province.given = {"permit": [PERMIT]}
    one_round(site, PROVINCIAL, line)
    permits = ledger("overload.permit").query(MACHINE)
    found = permits.get()
    assert (found.state, found.pass_no, found.plate, found.trips) == ("may_run", "省超字1号", "示H00009", 2)
    province.given["permit"].append({**PERMIT, "valid_to": "2026-06-20"})
    one_round(site, PROVINCIAL, line)
    assert permits.get().runs_until == date(2026, 6, 20)


def test_what_cannot_be_used_is_kept_with_its_reason_until_it_can(site, province, line):
    province.given = {"permit": [{**PERMIT, "carrier": ""}, {**PERMIT, "no": "省超字2号"}]}
    one_round(site, PROVINCIAL, line)
    rows = ProvincialItem.objects.visible_to(MACHINE).order_by("provincial_no")
    assert "承运人" in rows[0].not_used_for and rows[1].not_used_for == ""
    assert ledger("overload.permit").query(MACHINE).get().pass_no == "省超字2号"


def test_a_case_of_another_county_is_a_clue_once(site, province, line):
    case = {"no": "CG1", "car_no": "示A00001", "from_unit": "示例邻县", "overrun_rate": 32.5, "site_name": "邻县一号点"}
    province.given = {"case": [case, {**case, "overrun_rate": 33}]}
    one_round(site, PROVINCIAL, line)
    clue = ledger("enforcement.clue").query(MACHINE).get()
    assert (clue.kind, clue.plate, clue.scene) == ("overload", "示A00001", "邻县一号点")
    assert "示例邻县" in clue.content


def test_a_listed_truck_is_found_until_it_is_taken_off(site, province, line):
    listed = {"no": "H1", "car_no": "示A00001", "reason": "一年三次"}
    province.given = {"black_list": [listed, {"no": "H2", "car_no": "示A00002", "valid_to": "2020-01-01"}]}
    one_round(site, PROVINCIAL, line)
    assert on_black_list("示A00001").summary_of_item == "一年三次"
    assert on_black_list("示A00002") is None and on_black_list("") is None
    province.given["black_list"].append({**listed, "removed": True})
    one_round(site, PROVINCIAL, line)
    assert on_black_list("示A00001") is None


def test_the_site_says_whom_to_talk_to(site):
    assert not is_configured(site)
    with pytest.raises(Problem, match="没有写明"):
        settings_of(site)
    (site.data / "exchange.json").write_text('{"to": "http://p.example", "county": "310230"}')
    assert is_configured(site) and settings_of(site) == Settings("http://p.example", "310230")
    assert settings_of(site, to="http://other.example").to == "http://other.example"
    (site.data / "exchange.json").write_text("{")
    with pytest.raises(Problem, match="读不懂"):
        settings_of(site)


@pytest.mark.parametrize(("kilograms", "written"), [(52_400, "52.400"), (52_401, "52.401"), (0, "0.000"), (None, None)])
def test_masses_go_up_in_tonnes(kilograms, written):
    assert tonnes(kilograms) == written


def test_the_fingerprint_does_not_depend_on_the_order_of_names():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1}) != digest({"a": 1, "b": 3})


@pytest.mark.parametrize("upload", PROVINCIAL.uploads, ids=lambda upload: upload.kind)
def test_every_field_of_the_declaration_finds_its_place(db, upload):
    record = ledger(upload.ledger).example()
    bound = ledger(upload.ledger)
    list(bound.query(MACHINE).filter(upload.ripe).select_related(*upload.links()))
    assert hasattr(record, upload.key)
    for field in upload.fields:
        assert hasattr(record, field.path.partition(".")[0]), field.path


def test_examples_never_leave_the_site(site, db):
    accepted(is_example=True)
    queue_records(site, PROVINCIAL)
    assert items(kind="pass") == []


def test_one_machine_exchanges_where_it_is_told_with_whom(site):
    def started(*given):
        parser = argparse.ArgumentParser()
        up.arguments(parser)
        return {service.name: service.options for service in up.services(parser.parse_args(given))}

    assert "exchange" not in started("--data", str(site.data))
    (site.data / "exchange.json").write_text("{}")
    assert started("--data", str(site.data))["exchange"] == ()
    asked = started("--province", "https://example.invalid/api", "--county", "310230")["exchange"]
    assert asked == ("--to", "https://example.invalid/api", "--county", "310230")


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def browser(office, settings, tmp_path):
    def log_in(role):
        client = Client()
        client.force_login(office.person(role).account)
        return client

    settings.SITE = Site.at(tmp_path)
    return log_in


def test_the_page_says_how_each_way_stands_and_sends_again_what_was_turned_down(browser, site, province, line):
    record = accepted()
    province.refused[record.number] = "站点未备案"
    province.given = {"permit": [{**PERMIT, "carrier": ""}]}
    officer = browser("overload_officer")
    assert "未启用" in officer.get("/exchange/").text
    one_round(site, PROVINCIAL, line)
    page = officer.get("/exchange/").text
    assert "线路正常" in page and "被退回 1 条" in page and "站点未备案" in page and "没有积压" in page
    assert "省超字1号" in page and "承运人" in page and "交换情况" in officer.get("/").text
    province.refused.clear()
    assert "1 条已重新排队" in officer.post("/exchange/again/pass/", follow=True).text
    assert "还有 1 条没有回执" in officer.get("/exchange/").text
    one_round(site, PROVINCIAL, line)
    assert set(states()) == {"upload_receipted"}
    assert "不用重新上传" in officer.post("/exchange/again/pass/", follow=True).text
    assert officer.post("/exchange/again/nothing/").status_code == 404


def test_what_came_down_is_used_when_what_stood_in_the_way_is_gone(browser, site, province, line):
    province.given = {"permit": [{**PERMIT, "carrier": ""}]}
    one_round(site, PROVINCIAL, line)
    row, officer = ProvincialItem.objects.visible_to(MACHINE).get(), browser("overload_officer")
    assert "仍未能采用" in officer.post(f"/exchange/use/{row.number}/", follow=True).text
    with acting(MACHINE, "补全"):
        row = ProvincialItem.objects.visible_to(MACHINE).get()
        row.provincial_content = [PERMIT]
        row.save()
    assert "已采用" in officer.post(f"/exchange/use/{row.number}/", follow=True).text
    assert ledger("overload.permit").query(MACHINE).get().pass_no == "省超字1号"
    assert officer.post("/exchange/use/XF9999999/").status_code == 404


def test_who_may_only_look_sends_nothing_again(browser, site, province, line):
    record = accepted()
    province.refused[record.number] = "站点未备案"
    one_round(site, PROVINCIAL, line)
    director = browser("director")
    page = director.get("/exchange/").text
    assert "站点未备案" in page and "again-pass" not in page
    assert director.post("/exchange/again/pass/").status_code == 403
    assert browser("road_chief").get("/exchange/").status_code == 403


def test_a_line_that_is_down_is_said_in_words(browser, site, province, line):
    accepted()
    province.down = True
    one_round(site, PROVINCIAL, line)
    page = browser("clerk").get("/exchange/").text
    assert "线路中断" in page and "503" in page and "恢复后按编号顺序补传" in page
