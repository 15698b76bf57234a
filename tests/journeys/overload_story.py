"""The people of an overload case, and what each does on their day. Run as a script on a site named by TONGGUI_DATA:

`people` writes the bureau and its two points; `case` takes the one doubted pass through both reviews and its case to
the close, each step on its day, and prints the case's number, its lawful fine and the four checks that opened.
"""

import json
import sys
from datetime import date, datetime, timedelta

from tonggui.base.clock import CHINA, pretending

POINT, STATION, PLATE = "SL0001", "GD0001", "示A00009"
PASSED_AT = datetime(2026, 5, 6, 9, 12, tzinfo=CHINA)
REVIEWED, ACCEPTED, FILED, NOTICED, DECIDED, SERVED, PAID, COPIED = (
    date(2026, 5, day) for day in (7, 8, 9, 11, 20, 21, 28, 29)
)
ROLES = {"guard": "overload_officer", "guard2": "overload_officer", "head": "director"}
PASSWORD = "a long example password"


def write_people() -> None:
    from tonggui.register.models import Account
    from tonggui.register.registry import ledger

    bureau = ledger("parties.unit").example()
    for name, role in ROLES.items():
        Account.objects.create_account(name, PASSWORD, roles=[role], unit=bureau, name=f"示例{name}")
    point = dict(calibrated_to="2099-12-31", notice_on="2025-12-01", unit=bureau)
    example = ledger("overload.weighingpoint").example
    example(code=POINT, device=f"{POINT}-W1", name="示例不停车检测点", **point)
    example(code=STATION, device=f"{STATION}-W1", kind="fixed", name="示例固定站", **point)
    ledger("fleet.vehicle").example(plate=PLATE, vehicle_class="tractor", unit=bureau)
    for number in (1, 2):
        person = ledger("parties.person").example(name=f"示例执法员{number}", unit=bureau)
        ledger("enforcement.officer").example(certificate=f"示执00000{number}", person=person.number, unit=bureau)


class Story:
    """The records, and the hands that take their moves."""

    def __init__(self) -> None:
        from tonggui.register.actor import Actor
        from tonggui.register.models import Account

        self.who = {name: Actor.of(Account.objects.get(username=name)) for name in ROLES}

    def write(self, record, name: str, day: date):
        from tonggui.register.actor import acting

        with pretending(self.at(day)), acting(self.who[name], action="create"):
            record.save()
        return record

    def take(self, record, move: str, name: str, day: date, **values):
        with pretending(self.at(day)):
            return record.ledger.perform(record, move, self.who[name], "", {k: str(v) for k, v in values.items()})

    @staticmethod
    def at(day: date) -> datetime:
        return datetime.combine(day, PASSED_AT.timetz()) + timedelta(hours=1)


def tell_case() -> dict:
    """Both reviews, the case, the unloading and reweigh, the decision, its payment and the letter home."""
    from tonggui.ledgers.enforcement.officer import Officer
    from tonggui.ledgers.overload.case_from_pass import case_from_pass
    from tonggui.ledgers.overload.copying import Copying
    from tonggui.ledgers.overload.doubted_pass import DoubtedPass
    from tonggui.ledgers.overload.fourfold import Fourfold
    from tonggui.ledgers.overload.unloading import Unloading
    from tonggui.register.actor import Actor

    story, system = Story(), Actor.system("journey")
    found = DoubtedPass.objects.visible_to(system).get()
    found = story.take(found, "review", "guard", REVIEWED)
    found = story.take(found, "accept", "guard2", ACCEPTED)

    case = case_from_pass(found)
    case.driver_name, case.must_unload = "示例驾驶员", True
    case = story.write(case, "guard", ACCEPTED)
    one, two = (officer.number for officer in Officer.objects.visible_to(system).order_by("number"))
    case = story.take(case, "open_case", "head", FILED, filed_on=FILED, lead_officer=one, second_officer=two)
    unloading = Unloading(
        overload_case=case, plate=PLATE, unit=case.unit, unload_at="示例固定站卸货场", unloaded_on=FILED,
        load="砂石（示例）",
        before_kg=case.gross_kg, first_watcher_id=case.lead_officer_id, second_watcher_id=case.second_officer_id,
        photos=[0], keeper="示例站务员",
    )  # fmt: skip
    unloading = story.write(unloading, "guard", FILED)
    story.take(
        unloading, "pass_reweigh", "guard", FILED, reweigh_point=STATION, reweigh_no="GD000120260509001",
        reweighed_at=story.at(FILED).isoformat(), reweigh_kg=48_600,
    )  # fmt: skip
    case.refresh_from_db()
    fine = case.lawful_fine
    case = story.take(
        case, "notice", "guard", NOTICED, noticed_on=NOTICED, noticed_fine=fine, hearing_offered=True
    )  # fmt: skip
    case = story.take(case, "decide", "head", DECIDED, fine=fine, decided_on=DECIDED)
    case = story.take(case, "serve", "guard", SERVED, served_on=SERVED, served_how="direct", published_on=SERVED)
    case = story.take(case, "close", "guard2", PAID, fine_paid=fine, paid_on=PAID, closed_on=PAID)
    letter = Copying(
        overload_case=case, plate=PLATE, unit=case.unit, copied_to="示例市道路运输管理机构", to_send_on=PAID
    )
    letter = story.write(letter, "guard", PAID)
    story.take(letter, "send_copy", "guard", COPIED, copied_on=COPIED)
    case.refresh_from_db()
    checks = Fourfold.objects.visible_to(system).filter(overload_case=case)
    return {
        "number": case.number,
        "state": case.state,
        "fine": str(fine),
        "unloaded_t": str(case.unloaded_t),
        "pass": found.number,
        "evidence": found.evidence,
        "checks": sorted(str(check) for check in checks),
    }


def main(what: str) -> None:
    from tonggui.run.setup import prepare_ledgers

    prepare_ledgers()
    if what == "people":
        write_people()
    else:
        print(json.dumps(tell_case(), ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1])
