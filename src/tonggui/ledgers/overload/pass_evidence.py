"""过车证据清单: what must be there before a weighed pass may go on towards a case.

Basis: 行政处罚法 (2021) 第四十一条: equipment that meets its standards and stands where the public was told, records
that are true, clear, complete and accurate, and a review; what was not reviewed or does not meet this is no evidence.
Each line is one thing to look at, whether it holds, and what to do where it does not.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tonggui.base import clock
from tonggui.statutes.overloading.reviewing import AXLES_ASKED, axles_agree, usable_from

if TYPE_CHECKING:
    from tonggui.ledgers.overload.doubted_pass import DoubtedPass

PICTURES = {"front": "车头", "side": "车侧", "rear": "车尾", "plate": "号牌", "panorama": "全景", "video": "视频"}
PLATE_UNREAD = "号牌未识别。请对照号牌图像更正号牌；看不清的，办理“不采用”，原因选“图像不清”。"
EDITION_UNKNOWN = "没有记录判定所适用的规则版本，不能说明限值从何而来。请办理“不采用”。"


@dataclass(frozen=True, slots=True)
class Proof:
    """One line of the list: what it is about, whether it holds, and the sentence that says what is lacking."""

    title: str
    holds: bool
    lacks: str = ""


_knows: list[Callable[["DoubtedPass"], list[dict[str, Any]]]] = []


def provide(function: Callable[["DoubtedPass"], list[dict[str, Any]]]) -> None:
    """Hand in what gives the media of a pass with `stored` for those whose content is kept on this platform."""
    _knows[:] = [function]


def media_of(found: "DoubtedPass") -> list[dict[str, Any]]:
    """The pictures and videos of a pass, as this process knows them now."""
    return _knows[0](found) if _knows else found.media


def is_kept(medium: dict[str, Any]) -> bool:
    """Whether a picture or video lies here under its hash; an address elsewhere can change and proves nothing."""
    return bool(medium.get("sha256") and medium.get("stored"))


def proofs(found: "DoubtedPass") -> list[Proof]:
    """The list, in the order in which an officer looks: the scale, the place, the pictures, the plate, the weights."""
    return [Proof(title, not lacks, lacks) for title, lacks in _looked_at(found)]


def lacking(found: "DoubtedPass") -> str:
    """Everything that is lacking in one sentence after another; empty where the evidence is complete."""
    return "".join(proof.lacks for proof in proofs(found) if not proof.holds)


def _looked_at(found: "DoubtedPass") -> Iterator[tuple[str, str]]:
    yield "称重设备检定", _scale(found)
    yield "检测点公告", _point(found)
    yield "现场图像", _pictures(found)
    yield "号牌", "" if found.plate else PLATE_UNREAD
    yield "过车时间", _time(found)
    yield "轴重与总质量", _axles(found)
    yield "适用规则", "" if found.law_edition else EDITION_UNKNOWN


def _scale(found: "DoubtedPass") -> str:
    if found.calibrated:
        return ""
    for doubt in found.doubts:
        if doubt["code"] in ("speed_not_certified", "certificate_not_yet"):
            return f"{found.point}：{doubt['words']}。请办理“不采用”。"
    return f"{found.point} 的设备在过车时已超过检定有效期，称重数据不能作为执法依据。请办理“不采用”，并通知站点送检。"


def _point(found: "DoubtedPass") -> str:
    notice_on = found.point.notice_on
    if notice_on is None:
        return f"{found.point} 没有登记启用公告日期，未公告的监测设施不能取证。请在检测点台账补登公告日期。"
    first = usable_from(notice_on)
    if first <= found.passed_on:
        return ""
    return f"{found.point} 于 {notice_on} 公告，自 {first} 起的记录才可作为证据。请办理“不采用”。"


def _pictures(found: "DoubtedPass") -> str:
    media = media_of(found)
    kinds = {medium.get("kind") for medium in media}
    kept = {medium.get("kind") for medium in media if is_kept(medium)}
    if "plate" in kept or {"front", "rear"} <= kept:
        return ""
    away = "、".join(PICTURES[kind] for kind in ("plate", "front", "rear") if kind in kinds - kept)
    if away:
        return f"{away}图像只有地址或尚未上传，平台没有留存原件。请通知站点补传；补不到的办理“不采用”。"
    return "缺少号牌图像，也没有车头、车尾两张图像，不能证明是哪辆车。请通知站点补传；补不到的办理“不采用”。"


def _time(found: "DoubtedPass") -> str:
    if found.passed_at > (found.recorded_at or clock.now()):
        return "过车时间晚于收到记录的时间，设备时钟有误。请办理“不采用”，并通知站点校时。"
    return ""


def _axles(found: "DoubtedPass") -> str:
    loads = found.axle_kg
    if not loads and not AXLES_ASKED.on(found.passed_on):
        return ""
    if not loads:
        return "没有各轴轴重，无法核对总质量。请办理“不采用”，并通知站点检查设备。"
    if len(loads) != found.axles:
        return f"有 {len(loads)} 个轴重，检测为 {found.axles} 轴，两者不符。请办理“不采用”。"
    if not axles_agree(found.passed_on, loads, found.gross_kg):
        return f"各轴轴重之和 {sum(loads):,.0f} 千克，与总质量 {found.gross_kg:,} 千克不符。请办理“不采用”。"
    return ""
