"""Exchange with the province: told once, kept through outages and lost receipts, gaps filled, what comes down taken."""

import argparse
from datetime import date, timedelta

import pytest
from provincial_server import KEY, Provincial, serving

from tonggui.base import clock
from tonggui.base.site import Site
from tonggui.bridge.exchange import sending
from tonggui.bridge.exchange.declaration import tonnes
from tonggui.bridge.exchange.provincial import PROVINCIAL
from tonggui.bridge.exchange.queue import digest, queue_days, queue_records, write_items
from tonggui.bridge.exchange.round import EVERY_SECONDS, LONGEST_PAUSE, Told, one_round
from tonggui.bridge.exchange.transport import Transport
from tonggui.ledgers.overload.provincial_item import ProvincialItem
from tonggui.ledgers.overload.upload_item import UploadItem
from tonggui.register.actor import Actor, acting
from tonggui.register.registry import ledger
from tonggui.run.commands import up

pytest_plugins = ["page_people"]
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
    province.refused[record.record_no] = "站点未备案"
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
    """A store that counts the same passes for whatever span it is asked, and remembers the spans."""

    def __init__(self):
        self.asked = []

    def query(self, _, parameters):
        self.asked.append((parameters["first"], parameters["after"]))
        return self

    def named_results(self):
        return iter([{"passes": 2_400, "over": 31, "unread": 5}])


def test_each_day_that_is_over_is_counted_once_also_those_of_an_outage(site, db, monkeypatch):
    store = Counting()
    monkeypatch.setattr("tonggui.bridge.exchange.queue.today", lambda: date(2026, 6, 2))
    assert queue_days(site, PROVINCIAL, store) == 1
    assert queue_days(site, PROVINCIAL, store) == 0
    monkeypatch.setattr("tonggui.bridge.exchange.queue.today", lambda: date(2026, 6, 5))
    assert queue_days(site, PROVINCIAL, store) == 3
    assert [item.upload_key for item in items()] == ["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04"]
    assert items()[0].upload_content == [
        {"stat_date": "2026-06-01", "check_num": 2_400, "overrun_num": 31, "unread_num": 5}
    ]
    assert [after - first for first, after in store.asked] == [timedelta(days=1)] * 4
    assert store.asked[0][0].isoformat() == "2026-05-31T16:00:00+00:00"


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


def test_one_machine_exchanges_where_it_is_told_with_whom():
    def started(*given):
        parser = argparse.ArgumentParser()
        up.arguments(parser)
        return {service.name: service.options for service in up.services(parser.parse_args(given))}

    assert "exchange" not in started()
    asked = started("--province", "https://example.invalid/api", "--county", "310230")["exchange"]
    assert asked == ("--to", "https://example.invalid/api", "--county", "310230")


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_tells_each_kind_and_an_officer_sends_again(county):
    write_items("pass", {"SL1": {"a": 1}, "SL2": {"a": 2}})
    first, _ = items()
    first.state, first.turned_down_for = "turned_down", "站点未备案"
    with acting(MACHINE):
        first.save()
    officer = county.browser("zhichao", "overload_officer")
    shown = officer.get("/exchange/").content.decode()
    assert "数据交换还没有运行过" in shown and "重新上传 1 条" in shown and "超限过车" in shown
    assert "?kind=pass&amp;state=turned_down" in shown
    assert "重新上传 1 条" not in county.clerk.get("/exchange/").content.decode()
    assert county.clerk.post("/exchange/pass/again/").status_code == 403
    answer = officer.post("/exchange/pass/again/", follow=True).content.decode()
    assert "“超限过车”1 条已重新排队" in answer and states() == ["to_upload"] * 2
    assert county.firm_user.get("/exchange/").status_code == 403


def test_the_page_says_since_when_the_line_is_down(county, settings):
    Told("省级治超系统", "2026-06-02T08:00:00+08:00", "2026-06-01T20:00:00+08:00", "连接不上省级平台", 7).keep(
        settings.SITE
    )
    shown = county.director.get("/exchange/").content.decode()
    assert "连接中断" in shown and "最近一次成功 2026-06-01 20:00:00" in shown and "已连续失败 7 次" in shown
