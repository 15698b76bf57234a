"""What the demo county's officers hold and hand over: vehicles seized, cases referred to the police."""

from datetime import date

from tonggui.ledgers.enforcement.case import Case
from tonggui.ledgers.enforcement.referral import Offence, Referral
from tonggui.ledgers.enforcement.seizure import Ground, Measure, Seizure
from tonggui.register.actor import Actor
from tonggui.run.demo.diary import Diary, after


def seize(diary: Diary, case: Case, officer: Actor, head: Actor, day: date) -> None:
    """The vehicle of an unlicensed carrier: approved afterwards, given back once decided."""
    seizure = Seizure(
        kind=Measure.VEHICLE,
        ground=Ground.NO_PERMIT,
        case=case,
        unit=case.unit,
        party=case.party,
        plate=case.plate,
        scene=case.scene,
        goods="七座面包车一辆（示例）",
        taken_at=diary.moment(case.happened_on),
        urgent=True,
        kept_at="城东停车场（示例）",
    )
    approved = {"approved_at": diary.moment(day).isoformat()}
    seizure = diary.take(diary.write(seizure, officer, day), "authorise", head, day, **approved)
    if diary.chance(0.8):
        returned_on = after(day, 21)
        seizure = diary.take(seizure, "lift", officer, returned_on, "已作出处理决定")
        diary.take(seizure, "return_goods", officer, returned_on, returned_on=returned_on.isoformat())


def refer(diary: Diary, case: Case, officer: Actor, head: Actor, day: date) -> None:
    """A forged permit goes to the police, who open a case or send it back."""
    referral = Referral(
        case=case,
        unit=case.unit,
        offence=Offence.FORGERY,
        referral_reported_on=day,
        reporters="孙示例、李示例",
        grounds="当事人所持道路运输证经查询系伪造（示例）。",
    )
    referral = diary.take(diary.write(referral, officer, day), "agree", head, after(day, 1))
    handed = {"referred_at": f"{after(day, 2)} 09:30", "receiver": "示例县公安局"}
    referral = diary.take(referral, "hand_to_police", officer, after(day, 2), **handed)
    decided_on = after(day, 4)
    said = {"police_decided_on": decided_on.isoformat()}
    if diary.chance(0.6):
        diary.take(referral, "police_open", officer, decided_on, **said)
        return
    referral = diary.take(referral, "police_refuse", officer, decided_on, **said)
    outcome = {"criminal_outcome": "情节显著轻微，不予立案"}
    diary.take(referral, "bring_back", officer, after(decided_on, 2), **outcome)
