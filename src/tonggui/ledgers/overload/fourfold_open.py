"""Opening the four checks of a case on the day of its effect, and counting again where a case has fallen.

The case is only known by what it hands in, so that its own flow can call these: `then=open_checks` of serving and of
closing, `then=withdraw_checks` of quashing.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tonggui.base import clock
from tonggui.ledgers.overload.fourfold_acts import Act, counted_acts, effective_cases
from tonggui.ledgers.overload.fourfold_count import count, party_of
from tonggui.ledgers.overload.fourfold_kinds import AUTHORITIES, FOLLOWS, LINKS, Checked, Level
from tonggui.register.actor import Actor, acting

if TYPE_CHECKING:
    from tonggui.ledgers.overload.case import Case
    from tonggui.ledgers.overload.fourfold import Fourfold

COUNTER = Actor.system("一超四罚计次")
#: What an officer has already done with a check; when its number falls, somebody looks at that again.
DEALT_WITH = ("copied", "handled")


def open_checks(case: "Case", actor: Actor) -> None:
    """Open the four checks of a case whose decision is effective; called again they only learn when to be copied.

    Nothing is opened for what does not count (a warning, by the usual reading). The case keeps as its `repeat_no`
    the number of its vehicle.
    """
    from tonggui.ledgers.overload.fourfold import Fourfold

    if opened := list(_standing().filter(overload_case=case)):
        _tell_copy_day(opened, case)
        return
    acts = _acts(case, _concerned(case))
    act = next((one for one in acts if one.pk == case.pk), None)
    if act is None:
        return
    with acting(COUNTER):
        checks = Fourfold.objects.bulk_create([_check(case, act, acts, checked) for checked in Checked])
        case.repeat_no = checks[0].repeat_no
        case.save()


def withdraw_checks(case: "Case", actor: Actor) -> None:
    """A case that has fallen counts no longer: its checks are void, and those that had counted it count again."""
    for check in _standing().filter(overload_case=case):
        check.ledger.perform(check, "cancel", COUNTER, f"案件 {case.number} 不再成立")
    if case.served_on is None:
        return
    for check in _standing().filter(_concerned(case), took_effect_on__gte=case.served_on):
        before = check.repeat_no, check.level
        recount(check)
        if check.state in DEALT_WITH and (check.repeat_no, check.level) != before:
            reason = f"案件 {case.number} 不再成立，次数由 {before[0]} 变为 {check.repeat_no}，请核对已作的处置"
            check.ledger.perform(check, "look_again", COUNTER, reason)


def name_party(check: "Fourfold", actor: Actor) -> None:
    """The party that a check was missing is now known: its case learns it too, and both are counted."""
    case = check.overload_case
    setattr(case, check.checked_party, getattr(check, check.checked_party))
    with acting(COUNTER, f"由 {check.number} 查明"):
        case.save()
    recount(check)


def recount(check: "Fourfold") -> None:
    """Count a check again over the cases that stand now."""
    party, case = party_of(check), check.overload_case
    if party is None:
        return
    acts = _acts(case, _of(check.checked_party, party))
    if act := next((one for one in acts if one.pk == case.pk), None):
        count(check, act, acts)
        check.subject_name = _name(check, case)
        with acting(COUNTER):
            check.save()


def acts_behind(check: "Fourfold") -> list["Case"]:
    """The cases of the number that a check bears, newest first."""
    party, case = party_of(check), check.overload_case
    if party is None or check.counted_from is None:
        return []
    acts = _acts(case, _of(check.checked_party, party))
    own = next((one for one in acts if one.pk == case.pk), None)
    if own is None:
        return []
    first, last = check.counted_from, check.counted_to
    counted = [one.pk for one in acts if first <= one.day <= last and one.order <= own.order]
    return list(type(case)._base_manager.filter(pk__in=counted).order_by("-happened_on", "-pk"))


def _check(case: "Case", act: Act, acts: list[Act], checked: str) -> "Fourfold":
    from tonggui.ledgers.overload.fourfold import Fourfold

    enterprise = case.enterprise or (case.vehicle.enterprise if case.vehicle else None)
    check = Fourfold(
        overload_case=case,
        unit=case.unit,
        is_example=case.is_example,
        checked_party=checked,
        plate=case.plate,
        vehicle=case.vehicle if checked == Checked.VEHICLE else None,
        driver=case.driver if checked == Checked.DRIVER else None,
        enterprise=enterprise if checked == Checked.ENTERPRISE else None,
        yard=case.yard if checked == Checked.YARD else None,
        acted_on=act.day,
        took_effect_on=case.served_on,
        copy_by=case.copy_by,
    )
    check.subject_name = _name(check, case)
    if party_of(check) is None:
        check.level, check.handling_body = Level.UNKNOWN, AUTHORITIES[checked]
        check.counting = f"案件 {case.number} 没有登记{check.get_checked_party_display()}的档案，查明后才能计次"
    else:
        count(check, act, acts)
    # What asks for nothing is done with being counted; a yard is looked at every time.
    if check.level == Level.COUNTED and not FOLLOWS.get((checked, check.level)):
        check.state = "counted_only"
    return check


def _name(check: "Fourfold", case: "Case") -> str:
    party = party_of(check)
    if party is not None:
        return str(party) if check.checked_party == Checked.VEHICLE else party.name  # type: ignore[attr-defined]
    known = {Checked.DRIVER: case.driver_name, Checked.YARD: case.source}.get(check.checked_party)
    return f"{known}（未建档）" if known else "未登记"


def _tell_copy_day(checks: list["Fourfold"], case: "Case") -> None:
    with acting(COUNTER):
        for check in checks:
            if check.copy_by != case.copy_by:
                check.copy_by = case.copy_by
                check.save()


def _acts(case: "Case", where: Q) -> list[Act]:
    today = clock.today()
    return counted_acts(effective_cases(type(case)._base_manager.all(), today).filter(where | Q(pk=case.pk)), today)


def _concerned(case: "Case") -> Q:
    """Whatever names one of the four parties of a case: another case, or a check."""
    parties = {link: getattr(case, f"{link}_id") for link in LINKS.values()}
    if case.vehicle and not parties["enterprise"]:
        parties["enterprise"] = case.vehicle.enterprise_id
    found = Q(plate=case.plate)
    for checked, link in LINKS.items():
        if parties[link]:
            found |= _of(checked, parties[link])
    return found


def _of(checked: str, party: object) -> Q:
    """The cases or checks of one party. A case that names no enterprise is one of its vehicle's."""
    if checked == Checked.VEHICLE:
        return Q(plate=party)
    if checked == Checked.ENTERPRISE:
        return Q(enterprise=party) | Q(enterprise=None, vehicle__enterprise=party)
    return Q(**{LINKS[checked]: party})


def _standing() -> Any:
    from tonggui.ledgers.overload.fourfold import Fourfold

    links = ("vehicle", "driver", "enterprise", "yard", "overload_case")
    return Fourfold._base_manager.exclude(state="void").select_related(*links)
