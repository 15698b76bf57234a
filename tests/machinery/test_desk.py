"""The review desk: who is given which pass, what a decision needs, what happens to one that comes late or twice."""

import json
from datetime import datetime, timedelta

import pytest

from tonggui.base import clock
from tonggui.base.clock import CHINA, pretending
from tonggui.ledgers.overload import pass_evidence
from tonggui.ledgers.overload.pass_evidence import lacking
from tonggui.register.actor import Actor, acting
from tonggui.register.errors import Refused
from tonggui.register.history import lines_of
from tonggui.register.registry import ledger
from tonggui.statutes.overloading.reviewing import AXLES_ASKED, REVIEW_HOURS, review_due
from tonggui.stream.media import Media
from tonggui.web.desk.models import Lease

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("测试")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture
def desk(office, client, settings):
    """Two officers at the desk, and a maker of passes with complete evidence."""
    from tonggui.register.models import Account

    picture = Media(settings.SITE).put(PNG)

    class Desk:
        def officer(self, name):
            from django.test import Client

            account = Account.objects.create_account(
                f"o{name}", None, roles=["overload_officer"], unit=office.root, name=name
            )
            browser = Client()
            browser.force_login(account)
            return browser

        def passes(self, how_many, **values):
            given = {"media": [{"kind": "plate", "sha256": picture}]} | values
            start = ledger("overload.doubtedpass").query(MACHINE).count()
            return [
                ledger("overload.doubtedpass").example(
                    **({"record_no": f"D{start + n}", "plate": f"示A{start + n:05}"} | given)
                )
                for n in range(how_many)
            ]

        def ask(self, browser, what, **body):
            return browser.post(f"/desk/passes/{what}/", json.dumps(body), content_type="application/json")

        def opened(self, browser, **address):
            page = browser.get("/desk/passes/", address)
            assert page.status_code == 200
            return json.loads(
                page.content.decode().split('id="desk-setup" type="application/json">')[1].split("</script>")[0]
            )

        def decide(self, browser, found, move, **more):
            return self.ask(browser, "decide", number=found.number, version=found.version, move=move, **more)

    made = Desk()
    made.one, made.other = made.officer("王示例"), made.officer("李示例")
    return made


def fresh(found):
    return ledger("overload.doubtedpass").get(found.number, MACHINE)


# --- who is given what -----------------------------------------------------------------------------------------------


def test_two_people_are_never_given_the_same_pass(desk):
    desk.passes(12)
    first = desk.opened(desk.one)
    second = desk.opened(desk.other)
    given = [one["number"] for one in first["passes"]], [one["number"] for one in second["passes"]]
    assert (len(given[0]), len(given[1])) == (8, 4)
    assert set(given[0]).isdisjoint(given[1])
    assert second["counts"]["looking"] == [{"name": "王示例", "passes": 8}]


def test_a_pass_left_alone_too_long_goes_to_the_next(desk):
    (found,) = desk.passes(1)
    assert desk.opened(desk.one)["passes"]
    assert not desk.opened(desk.other)["passes"]
    Lease.objects.update(until=clock.now() - timedelta(seconds=1))
    assert [one["number"] for one in desk.opened(desk.other)["passes"]] == [found.number]
    # The one who was away for so long learns of it when deciding, and nothing is overwritten.
    late = desk.decide(desk.one, found, "review")
    assert late.status_code == 409
    assert "现在由李示例审核" in late.json()["words"]
    assert fresh(found).state == "found"


def test_what_is_let_go_is_free_at_once(desk):
    found = desk.passes(2)
    desk.opened(desk.one)
    numbers = [one.number for one in found]
    desk.ask(desk.one, "next", letGo=numbers, most=0)
    assert [one["number"] for one in desk.opened(desk.other)["passes"]] == numbers


def test_a_pass_that_is_put_off_does_not_come_again_by_itself(desk):
    found = desk.passes(2)
    answer = desk.ask(desk.one, "next", passedOver=[found[0].number], most=5).json()
    assert [one["number"] for one in answer["passes"]] == [found[1].number]


def test_the_oldest_deadline_comes_first_and_other_orders_are_there(desk):
    late, soon, heavy = desk.passes(3)
    for found, values in ((late, {"pass_review_by": "2026-05-01"}), (soon, {"pass_review_by": "2026-07-01"})):
        ledger("overload.doubtedpass").change(found, MACHINE, values)
    ledger("overload.doubtedpass").change(heavy, MACHINE, {"rate": "80", "pass_review_by": "2026-08-01"})
    by = {sort: [one["number"] for one in desk.opened(desk.one, sort=sort)["passes"]] for sort in ("deadline", "rate")}
    assert by == {
        "deadline": [late.number, soon.number, heavy.number],
        "rate": [heavy.number, late.number, soon.number],
    }


def test_conditions_narrow_the_queue(desk):
    plain, doubted = desk.passes(2)
    doubted.doubts = [{"code": "straddling", "look": "先核称量", "words": "跨道行驶"}]
    with acting(MACHINE):
        doubted.save()
    assert [one["number"] for one in desk.opened(desk.one, look="weighing")["passes"]] == [doubted.number]
    assert desk.opened(desk.one, look="scale")["passes"] == []
    assert desk.opened(desk.one, day="2026-06-02")["passes"] == []
    assert len(desk.opened(desk.one, day="2026-06-01", step="found", point=plain.point.number)["passes"]) == 2


def test_only_officers_of_overload_control_sit_at_the_desk(desk, office):
    from django.test import Client

    clerk = Client()
    clerk.force_login(office.person("clerk").account)
    assert clerk.get("/desk/passes/").status_code == 403
    assert desk.ask(clerk, "next").status_code == 403
    assert "审核工作台" not in clerk.get("/ledgers/overload.doubtedpass/").content.decode()
    assert "审核工作台" in desk.one.get("/ledgers/overload.doubtedpass/").content.decode()


# --- the two reviews --------------------------------------------------------------------------------------------------


def test_the_second_review_is_for_another_person(desk):
    (found,) = desk.passes(1)
    assert desk.decide(desk.one, found, "review").json()["done"]["stateLabel"] == "待复审"
    assert desk.opened(desk.one)["passes"] == []
    found = fresh(found)
    own = desk.decide(desk.one, found, "accept")
    assert own.status_code == 422
    assert "同一人（王示例）" in own.json()["words"]
    (shown,) = desk.opened(desk.other)["passes"]
    assert shown["accept"] == {"name": "accept", "label": "复审入库"}
    assert desk.decide(desk.other, found, "accept").json()["done"]["state"] == "accepted"


def test_a_pass_that_is_sent_back_is_reviewed_anew_by_anybody(desk):
    (found,) = desk.passes(1)
    desk.decide(desk.one, found, "review")
    found = fresh(found)
    assert desk.decide(desk.other, found, "send_back").status_code == 422
    assert desk.decide(desk.other, found, "send_back", comment="号牌与图像不符").status_code == 200
    assert lines_of(fresh(found)).first().why == "号牌与图像不符"
    assert len(desk.opened(desk.one)["passes"]) == 1


def test_a_rejection_has_its_reason(desk):
    (found,) = desk.passes(1)
    bare = desk.decide(desk.one, found, "reject")
    assert bare.status_code == 422
    assert "不采用原因" in bare.json()["words"]
    assert desk.decide(desk.one, found, "reject", reason="unclear").status_code == 200
    assert fresh(found).reject_reason == "unclear"


def test_one_decision_brings_the_next_passes_and_the_counts(desk):
    found = desk.passes(4)
    answer = desk.decide(desk.one, found[0], "review", have=[found[1].number], most=2).json()
    assert [one["number"] for one in answer["passes"]] == [found[2].number, found[3].number]
    assert (answer["counts"]["today"], answer["counts"]["waiting"]) == (1, 3)
    assert Lease.objects.filter(record=found[0].pk).count() == 0


def test_both_reviews_are_due_together(desk, monkeypatch):
    (found,) = desk.passes(1, recorded_at="2026-06-01 20:00")
    assert str(found.pass_review_by) == "2026-06-08"  # five working days from a Monday
    monkeypatch.setattr(REVIEW_HOURS, "on", lambda day: 48)
    assert str(review_due(found.recorded_at)) == "2026-06-03"
    with pretending(datetime(2026, 6, 9, 9, tzinfo=CHINA)):
        (shown,) = desk.opened(desk.one)["passes"]
    assert (shown["due"], shown["overdue"]) == ("2026-06-08", True)


# --- late, twice, overtaken -------------------------------------------------------------------------------------------


def test_a_decision_that_comes_twice_is_one(desk):
    (found,) = desk.passes(1)
    assert desk.decide(desk.one, found, "review").status_code == 200
    assert desk.decide(desk.one, found, "review").status_code == 200
    assert [line.move for line in lines_of(fresh(found))] == ["review", ""]


def test_who_comes_second_is_told_who_decided_and_what(desk):
    (found,) = desk.passes(1)
    desk.decide(desk.one, found, "reject", reason="unclear")
    second = desk.decide(desk.other, found, "review")
    assert second.status_code == 409
    assert "已由王示例于" in second.json()["words"]
    assert "“不采用”，您的决定没有提交" in second.json()["words"]
    assert (second.json()["again"], second.json()["pass"]["stateLabel"]) == (False, "不采用")


def test_a_decision_is_about_what_was_on_the_screen(desk):
    (found,) = desk.passes(1)
    ledger("overload.doubtedpass").change(found, MACHINE, {"gross_kg": 52_000})
    answer = desk.decide(desk.one, found, "review")
    assert answer.status_code == 409
    assert "修改内容" in answer.json()["words"]
    assert (answer.json()["again"], answer.json()["pass"]["weights"][0]) == (True, ["车货总质量", 52_000])
    assert fresh(found).state == "found"


@pytest.mark.parametrize("body", ["", "[]", "nonsense", '{"number": 1, "move": "delete"}'])
def test_what_is_no_decision_is_refused(desk, body):
    answer = desk.one.post("/desk/passes/decide/", body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.json()["words"]


# --- the plate --------------------------------------------------------------------------------------------------------


def test_a_corrected_plate_keeps_both_readings_and_brings_its_vehicle(desk):
    vehicle = ledger("fleet.vehicle").example()
    (found,) = desk.passes(1, plate="示A99998")
    answer = desk.ask(desk.one, "plate", number=found.number, version=found.version, plate=vehicle.plate.lower())
    assert answer.json()["pass"]["plate"] == vehicle.plate
    found = fresh(found)
    assert found.vehicle == vehicle
    line = lines_of(found).first()
    assert line.changes["plate"] == ["示A99998", vehicle.plate]
    assert line.why == f"对照号牌图像更正：示A99998 改为 {vehicle.plate}"


def test_a_corrected_plate_is_doubted_for_what_the_register_says_of_it_and_keeps_its_limit(desk):
    vehicle = ledger("fleet.vehicle").example(plate="沪A00007", vehicle_class="heavy", axles=4)
    (found,) = desk.passes(1, plate="示A99998", plate_rear="示A99998")
    found.doubts = [
        {"code": code, "look": look, "words": code}
        for code, look in (("straddling", "先核称量"), ("register_axles", "先核车辆"), ("cloned_plate", "先核车辆"))
    ]
    with acting(MACHINE):
        found.save()
    desk.ask(desk.one, "plate", number=found.number, version=found.version, plate=vehicle.plate)
    then = fresh(found)
    assert [one["code"] for one in then.doubts] == ["straddling", "plates_differ", "register_axles", "plate_corrected"]
    assert "前后号牌不一致（沪A00007、示A99998）；沪A00007 登记 4 轴，实测 6 轴；" in then.doubt
    assert "限值仍按检测点报来的轴数等得出，没有重新判定" in then.doubt
    assert (then.limit_kg, then.excess_kg, then.fine_yuan) == (found.limit_kg, found.excess_kg, found.fine_yuan)
    desk.ask(desk.one, "plate", number=then.number, version=then.version, plate="示A99998")
    assert [one["code"] for one in fresh(then).doubts] == ["straddling", "plate_corrected"]


def test_a_plate_is_not_changed_between_two_reviews(desk):
    (found,) = desk.passes(1)
    desk.decide(desk.one, found, "review")
    found = fresh(found)
    answer = desk.ask(desk.other, "plate", number=found.number, version=found.version, plate="示A00077")
    assert answer.status_code == 422
    assert "退回初审" in answer.json()["words"]


@pytest.mark.parametrize(("plate", "words"), [("什么", "不是车牌号"), ("", "请填写号牌号码")])
def test_a_plate_that_is_none_is_refused(desk, plate, words):
    (found,) = desk.passes(1)
    answer = desk.ask(desk.one, "plate", number=found.number, version=found.version, plate=plate)
    assert answer.status_code == 422
    assert words in answer.json()["words"]


# --- the evidence -----------------------------------------------------------------------------------------------------

SHA = "5e" * 32
KEPT = {"sha256": SHA, "stored": True}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"calibrated": False}, "超过检定有效期"),
        ({"plate": ""}, "号牌未识别"),
        ({"media": []}, "缺少号牌图像"),
        ({"media": [{"kind": "front"} | KEPT]}, "缺少号牌图像"),
        ({"media": [{"kind": "plate", "href": "http://cam.example/1.jpg"}]}, "号牌图像只有地址或尚未上传"),
        ({"media": [{"kind": "plate", "sha256": "0" * 64}]}, "号牌图像只有地址或尚未上传"),
        ({"axle_kg": []}, "没有各轴轴重"),
        ({"axle_kg": [20_000, 32_400]}, "有 2 个轴重，检测为 6 轴"),
        ({"axle_kg": [9_000] * 6}, "各轴轴重之和 54,000 千克"),
        ({"recorded_at": "2026-06-01 09:00"}, "晚于收到记录的时间"),
    ],
)
def test_incomplete_evidence_goes_no_further(desk, values, words):
    """Neither review passes it; whoever tries is told what is lacking and what to do."""
    (found,) = desk.passes(1, **values)
    (shown,) = desk.opened(desk.one)["passes"]
    assert words in next(proof["lacks"] for proof in shown["proofs"] if not proof["holds"])
    answer = desk.decide(desk.one, found, "review")
    assert answer.status_code == 422
    assert words in answer.json()["words"]
    assert desk.decide(desk.one, found, "reject", reason="incomplete").status_code == 200


def test_a_limit_that_nobody_can_derive_proves_nothing(desk):
    (found,) = desk.passes(1)
    found.law_edition = ""
    assert "没有记录判定所适用的规则版本" in lacking(found)


def test_front_and_rear_stand_for_the_plate(desk):
    (found,) = desk.passes(1, media=[{"kind": "front"} | KEPT, {"kind": "rear"} | KEPT])
    assert lacking(found) == ""


@pytest.mark.parametrize(
    ("notice_on", "words"), [(None, "没有登记启用公告日期"), ("2026-05-20", "自 2026-06-04 起的记录才可作为证据")]
)
def test_a_point_nobody_was_told_of_proves_nothing(desk, notice_on, words):
    (found,) = desk.passes(1)
    ledger("overload.weighingpoint").change(found.point, MACHINE, {"notice_on": notice_on})
    assert words in lacking(fresh(found))


def test_a_scale_of_whole_vehicles_needs_no_axle_loads_where_the_bureau_says_so(desk, monkeypatch):
    (found,) = desk.passes(1, axle_kg=[])
    assert "没有各轴轴重" in lacking(found)
    monkeypatch.setattr(AXLES_ASKED, "on", lambda day: 0)
    assert lacking(found) == ""


def test_what_proves_nothing_is_not_accepted_by_the_machine_either(desk):
    (found,) = desk.passes(1, calibrated=False)
    with pytest.raises(Refused, match="检定有效期"):
        ledger("overload.doubtedpass").perform(found, "review", MACHINE)


def test_without_a_site_only_what_the_record_says_is_known(desk, monkeypatch):
    monkeypatch.setattr(pass_evidence, "_knows", [])
    (found,) = desk.passes(1)
    assert "尚未上传" in lacking(found)
    found.media = [{"kind": "plate"} | KEPT]
    assert lacking(found) == ""


# --- what is shown, and what follows ----------------------------------------------------------------------------------


def test_a_pass_comes_with_its_axles_past_and_law(desk):
    earlier, found = desk.passes(2, plate="示A00055")
    ledger("overload.doubtedpass").change(earlier, MACHINE, {"passed_at": "2026-05-01 08:00"})
    shown = next(one for one in desk.opened(desk.one)["passes"] if one["number"] == found.number)
    assert [(group["name"], group["sum"], group["limit"]) for group in shown["axles"]] == [
        ("单轴单轮胎", 6_200, 7_000),
        ("二轴组", 19_600, 18_000),
        ("三轴组", 26_600, 24_000),
    ]
    assert [bool(group["over"]) for group in shown["axles"]] == [False, True, True]
    assert shown["earlier"]["count"] == 1
    assert shown["earlier"]["rows"][0]["day"] == "2026-05-01 08:00"
    assert "二轴牵引车加三轴半挂车的限值：按认定标准图示，42吨" in shown["readings"]


def test_axles_whose_groups_are_unknown_stand_alone(desk):
    (found,) = desk.passes(1, axle_groups="12")
    (shown,) = desk.opened(desk.one)["passes"]
    assert [group["limit"] for group in shown["axles"]] == [None] * found.axles


def test_the_desk_asks_as_often_for_eight_passes_as_for_one(desk):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk.passes(1)
    desk.opened(desk.one)  # what stands on every page is worked out once
    with CaptureQueriesContext(connection) as one:
        desk.opened(desk.one)
    desk.passes(7)
    with CaptureQueriesContext(connection) as eight:
        desk.opened(desk.one)
    assert len(eight) == len(one)


def test_an_accepted_pass_becomes_one_case_with_everything_carried_over(desk):
    vehicle = ledger("fleet.vehicle").example()
    (found,) = desk.passes(1, plate=vehicle.plate, vehicle=vehicle)
    early = desk.ask(desk.one, "case", number=found.number)
    assert early.status_code == 422
    assert "还没有复审入库" in early.json()["words"]
    desk.decide(desk.one, found, "review")
    desk.decide(desk.other, fresh(found), "accept")
    first = desk.ask(desk.other, "case", number=found.number).json()["case"]
    case = ledger("overload.case").get(first["number"], MACHINE)
    assert (case.doubted_pass, case.point, case.plate, case.vehicle) == (found, found.point, found.plate, vehicle)
    assert (case.gross_kg, case.limit_kg, case.enterprise) == (found.gross_kg, found.limit_kg, vehicle.enterprise)
    assert (case.found_by, case.state, case.happened_on) == ("off_site", "awaiting_filing", found.passed_on)
    assert desk.ask(desk.one, "case", number=found.number).json()["case"] == first
