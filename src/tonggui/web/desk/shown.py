"""A doubted pass as the desk shows it: everything an officer looks at, in one answer, ready before it is asked for."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from tonggui.base.clock import CHINA
from tonggui.ledgers.overload.case import Case
from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.ledgers.overload.pass_evidence import PICTURES, is_kept, media_of, proofs
from tonggui.register.actor import Actor
from tonggui.statutes.overloading import READINGS, readings_of
from tonggui.web.desk.axles import axles_of
from tonggui.web.pass_media import ADDRESS

#: How many earlier passes and cases of the truck stand beside a pass; the rest is counted.
SHOWN = 4
READ = 400
MOVES = {"found": "review", "reviewed": "accept"}


def shown(records: Sequence[DoubtedPass], actor: Actor) -> list[dict[str, Any]]:
    """The passes for the desk; a page of them costs the same few questions whatever its length."""
    plates = {record.plate for record in records} - {""}
    earlier, cases = _earlier(plates, actor), _cases(plates, actor)
    return [_one(record, earlier[record.plate], cases[record.plate]) for record in records]


def _one(found: DoubtedPass, passes: list[DoubtedPass], cases: list[Case]) -> dict[str, Any]:
    accept = found.ledger.flow.move(MOVES.get(found.state, ""))
    others = [one for one in passes if one.pk != found.pk and one.passed_at < found.passed_at]
    return {
        "number": found.number,
        "version": found.version,
        "url": found.url,
        "state": found.state,
        "stateLabel": found.state_now.label,
        "accept": accept and {"name": accept.name, "label": accept.label},
        "plate": found.plate,
        "plateRear": found.plate_rear,
        "example": found.is_example,
        "facts": _facts(found),
        "weights": _weights(found),
        "excess": {"kg": found.excess_kg, "rate": _plain(found.rate), "fine": _plain(found.fine_yuan)},
        "due": found.pass_review_by and found.pass_review_by.isoformat(),
        "overdue": found.is_overdue,
        "axles": axles_of(found),
        "doubts": _doubts(found),
        "proofs": [{"title": one.title, "holds": one.holds, "lacks": one.lacks} for one in proofs(found)],
        "media": _media(found),
        "links": _links(found),
        "place": _place(found),
        "earlier": {"count": len(others), "rows": [_row(one) for one in others[:SHOWN]]},
        "cases": {"count": len(cases), "rows": [_case(one) for one in cases[:SHOWN]]},
        "case": next((_case(one) for one in cases if one.doubted_pass_id == found.pk), None),
        "judgement": next((f"/frames/{f['log']}/{f['position']}/judgement/" for f in found.evidence), ""),
        "edition": found.law_edition,
        "readings": [_reading(*chosen) for chosen in readings_of(found.law_edition).items()],
    }


def _facts(found: DoubtedPass) -> list[list[str]]:
    """Title and value of what is said of the pass in a line each."""
    vehicle = found.vehicle
    owner = vehicle.enterprise.name if vehicle and vehicle.enterprise else ""
    lane = "，".join(filter(None, (f"{found.lane} 车道" if found.lane else "", found.direction)))
    speed = f"{found.speed_kmh.normalize():f} km/h" if found.speed_kmh is not None else "车速未上报"
    return [
        ["过车时间", f"{found.passed_at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"],
        ["检测点", f"{found.point}（{found.point.road} {found.point.stake}）"],
        ["车道车速", f"{lane or '车道未上报'}，{speed}"],
        ["车型", f"{found.axles} 轴，轴型 {found.axle_groups or '未识别'}"],
        ["车主", owner or ("本县未登记这辆车" if vehicle is None else "未登记企业")],
    ]


def _weights(found: DoubtedPass) -> list[list[Any]]:
    """The way from the measured mass to the excess, in kg."""
    rows: list[list[Any]] = [["车货总质量", found.gross_kg]]
    if found.tolerance_kg:
        rows += [["允许误差", -found.tolerance_kg], ["扣除误差后", found.adjusted_kg]]
    return [*rows, ["限值", found.limit_kg]]


def _doubts(found: DoubtedPass) -> list[dict[str, str]]:
    """What the machine doubts, the scale first; a pass of before there were codes has its words alone."""
    if found.doubts:
        return [{"look": one.get("look", ""), "words": one["words"]} for one in found.doubts]
    return [{"look": "", "words": words} for words in found.doubt.split("；") if words]


def _media(found: DoubtedPass) -> list[dict[str, Any]]:
    """Pictures and videos in the order of the keys; one that is not kept here says so."""
    listed = sorted(media_of(found), key=lambda one: list(PICTURES).index(one["kind"]) if "kind" in one else 9)
    return [
        {
            "kind": one.get("kind", "other"),
            "title": PICTURES.get(one.get("kind", ""), "照片"),
            "src": ADDRESS.format(sha256=one["sha256"]) if is_kept(one) else "",
            "away": "" if is_kept(one) else one.get("fault") or "检测点尚未上传",
        }
        for one in listed
    ]


def _links(found: DoubtedPass) -> list[dict[str, str]]:
    """The vehicle's file, its permit and the yard it came from."""
    links = []
    if found.vehicle:
        links.append({"title": "车辆档案", "words": found.vehicle.plate, "url": found.vehicle.url})
    if permit := found.permit:
        words = f"{permit.pass_no or permit.number}，{permit.gross_t:f} t，至 {permit.runs_until or '未定'}"
        links.append({"title": "超限运输许可", "words": words, "url": permit.url})
    if found.yard:
        links.append({"title": "货运源头单位", "words": found.yard.name, "url": found.yard.url})
    return links


def _place(found: DoubtedPass) -> dict[str, Any] | None:
    place = found.point.place
    return place and {"type": "Point", "coordinates": [place.longitude, place.latitude]}


def _reading(code: str, choice: str) -> str:
    reading = READINGS[code]
    return f"{reading.title}：{reading.choices[choice]}"


def _row(one: DoubtedPass) -> dict[str, str]:
    day = f"{one.passed_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    words = f"超 {one.rate:f}%，{one.state_now.label}，{one.gross_kg:,} kg，{one.point}"
    return {"day": day, "words": words, "url": one.url}


def _case(one: Case) -> dict[str, str]:
    return {
        "day": (one.filed_on or one.received_on).isoformat(),
        "words": f"{one.number} {one.state_now.label}",
        "url": one.url,
    }


def _earlier(plates: set[str], actor: Actor) -> dict[str, list[DoubtedPass]]:
    rows = DoubtedPass.objects.visible_to(actor).filter(plate__in=plates).select_related("point")
    return _by_plate(rows.order_by("-passed_at")[:READ])


def _cases(plates: set[str], actor: Actor) -> dict[str, list[Case]]:
    return _by_plate(Case.objects.visible_to(actor).filter(plate__in=plates).order_by("-received_on")[:READ])


def _by_plate(rows: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.plate].append(row)
    return found


def _plain(value: Any) -> str:
    return "" if value is None else f"{value.normalize():f}"
