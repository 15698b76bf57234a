"""What stands around an overload case of the demo county: notices, an argument, an unloading, letters, a held truck."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from tonggui.base.clock import CHINA
from tonggui.ledgers.enforcement.officer import Officer
from tonggui.ledgers.enforcement.seizure import Ground, Measure, Seizure
from tonggui.ledgers.overload.argument import Argument
from tonggui.ledgers.overload.case import Case
from tonggui.ledgers.overload.copying import CopiedFor, Copying
from tonggui.ledgers.overload.notice import Notice
from tonggui.ledgers.overload.notice_kinds import Told, Way
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.ledgers.overload.unloading import Unloading
from tonggui.register.actor import Actor
from tonggui.register.attachments import keep
from tonggui.register.kinds import Photos
from tonggui.register.models import Attachment
from tonggui.run.demo import truck_pictures
from tonggui.run.demo.diary import Diary, after
from tonggui.statutes.overloading.notices import announced_until

REGISTRATION = "示例市道路运输管理机构"
POLICE = "示例县公安局交通管理大队"
SCALES_OPEN = time(15)


class _Drawn:
    """A drawn picture, given like an upload."""

    name = "示例照片.png"

    def chunks(self) -> Iterator[bytes]:
        yield truck_pictures.side("123")


def picture_for(ledger: str, by: Actor) -> int:
    """The attachment of a ledger's demo picture, kept once."""
    there = Attachment.objects.filter(ledger=ledger, name=_Drawn.name).first()
    return (there or keep(_Drawn(), ledger, by, Photos.types)).pk


def _notice(diary: Diary, case: Case, officer: Actor, day: date, told_of: str, told_by: str) -> Notice:
    notice = Notice(
        overload_case=case,
        told_of=told_of,
        told_by=told_by,
        plate=case.plate,
        unit=case.unit,
        told_party=case.party,
        address="示例县示例路1号（示例）",
        unload_at="城东固定超限检测站",
        to_send_on=day,
    )
    return diary.write(notice, officer, day)


def _send(diary: Diary, notice: Notice, officer: Actor, day: date) -> Notice:
    mail = {"mail_no": f"XA{notice.pk:08}示例"} if notice.told_by == Way.LETTER else {}
    return diary.take(notice, "send_out", officer, day, sent_on=day.isoformat(), **mail)


def tell_owner(diary: Diary, case: Case, officer: Actor, today: date, silent: bool) -> None:
    """The owner is told of the record by text; one that hears comes before long."""
    day = after(case.received_on, 1)
    if day >= today:
        return
    notice = _send(diary, _notice(diary, case, officer, day, Told.FACTS, Way.TEXT), officer, day)
    if not silent:
        diary.take(notice, "prove_delivery", officer, day, reached_on=day.isoformat())


def remind(diary: Diary, case: Case, officer: Actor, today: date) -> None:
    """An owner that does not answer: a text, a letter that comes back, at last an announcement."""
    day = after(case.received_on, 17)
    if day < today:
        _send(diary, _notice(diary, case, officer, day, Told.REMINDER, Way.TEXT), officer, day)
    letter_on, back_on = after(day, 5), after(day, 12)
    if back_on < today:
        letter = _send(diary, _notice(diary, case, officer, letter_on, Told.REMINDER, Way.LETTER), officer, letter_on)
        diary.take(letter, "return_letter", officer, back_on, bounced_on=back_on.isoformat(), return_reason="查无此人")
    posted_on = after(back_on, 3)
    over_on = announced_until(posted_on)
    if over_on < today:
        posted = _notice(diary, case, officer, posted_on, Told.REMINDER, Way.ANNOUNCEMENT)
        shown = {"reached_on": over_on.isoformat(), "proof": [picture_for("overload.notice", officer)]}
        diary.take(_send(diary, posted, officer, posted_on), "prove_delivery", officer, over_on, **shown)


def argue(diary: Diary, case: Case, officer: Actor, day: date) -> None:
    """Two arguments, one adopted in part, one not, each with its reason."""
    said = [
        (
            "称动态称重误差应当扣除（示例）。",
            "partly",
            "按检定等级的允许误差扣除后重新计算，超限质量相应减少（示例）。",
        ),
        ("称初次违法应当免予处罚（示例）。", "rejected", "超限质量较大，不属于违法行为轻微的情形（示例）。"),
    ]
    for words, verdict, reason in said:
        argument = Argument(
            overload_case=case, unit=case.unit, argued_on=day, argued_by=case.party[:40], argument=words
        )
        weighed = {"verdict_given": verdict, "verdict_reason": reason, "weighed_on": after(day, 1).isoformat()}
        diary.take(diary.write(argument, officer, day), "weigh", officer, after(day, 1), **weighed)


def unload(
    diary: Diary, case: Case, officer: Actor, officers: list[Officer], station: WeighingPoint, today: date
) -> None:
    """The truck is unloaded at the fixed station and weighed again the same day."""
    day = case.filed_on or case.received_on
    unloading = Unloading(
        overload_case=case,
        plate=case.plate,
        unit=case.unit,
        unload_at=f"{station.name}卸货场",
        unloaded_on=day,
        load="砂石（示例）",
        before_kg=case.gross_kg,
        first_watcher=officers[0],
        second_watcher=officers[1],
        photos=[picture_for("overload.unloading", officer)],
        goods_left=diary.chance(0.2),
        keeper="示例站站务员（示例）",
    )
    unloading = diary.write(unloading, officer, day)
    weighed = {
        "reweigh_point": station.code,
        "reweigh_no": f"{station.code}{day:%Y%m%d}{unloading.pk:05}",
        "reweighed_at": datetime.combine(day, SCALES_OPEN, CHINA).isoformat(),
        "reweigh_kg": str(case.limit_kg - diary.count(100, 900)),
    }
    unloading = diary.take(unloading, "pass_reweigh", officer, day, **weighed)
    if not unloading.goods_left:
        diary.take(unloading, "ship_on", officer, day)
    elif (collected_on := after(day, 4)) < today:
        diary.take(unloading, "collect", officer, collected_on, collected_on=collected_on.isoformat())


def copy_out(diary: Diary, case: Case, officer: Actor, day: date, today: date) -> None:
    """The letter to the place of registration, and its receipt some days on."""
    letter = Copying(
        overload_case=case, plate=case.plate, unit=case.unit, copied_to=REGISTRATION, to_send_on=case.closed_on
    )
    letter = diary.take(
        diary.write(letter, officer, case.closed_on), "send_copy", officer, day, copied_on=day.isoformat()
    )
    back = after(day, diary.count(3, 12))
    if back < today:
        diary.take(
            letter, "take_copy_receipt", officer, back, copy_receipt_on=back.isoformat(), copy_receipt_no="示例回执"
        )


def hold_truck(diary: Diary, case: Case, officer: Actor, head: Actor, day: date) -> None:
    """A truck that tried to evade the scales is held, and given back once it was dealt with."""
    seizure = Seizure(
        kind=Measure.VEHICLE,
        ground=Ground.EVADING,
        overload_case=case,
        unit=case.unit,
        party=case.party,
        plate=case.plate,
        scene=case.scene or "示例大道 K3+200",
        goods=f"货车一辆（{case.plate}，示例）",
        taken_at=diary.moment(day),
        urgent=True,
        kept_at="城东停车场（示例）",
    )
    approved = {"approved_at": (diary.moment(day) + timedelta(hours=1)).isoformat()}
    diary.take(diary.write(seizure, officer, day), "authorise", head, day, **approved)


def tell_police(diary: Diary, case: Case, officer: Actor, day: date) -> None:
    """A plate that looks cloned goes to the police at once."""
    letter = Copying(
        overload_case=case,
        copied_for=CopiedFor.CLONED,
        plate=case.plate,
        unit=case.unit,
        copied_to=POLICE,
        to_send_on=day,
        copy_note="同一号牌同日在两地出现（示例）。",
    )
    diary.take(diary.write(letter, officer, day), "send_copy", officer, day, copied_on=day.isoformat())
