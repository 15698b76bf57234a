"""The pictures and videos of a weighing pass: what an item says of them, in one form.

Each is {"kind", "sha256" or "href", "taken_at"}: `sha256` names content that is uploaded to the platform, `href` an
address where it can be had. `kind` is missing where the sender does not say what is seen, `taken_at` where it does not
say when. `photos`, a list of addresses, is the older form of the same.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from tonggui.base.checks import shown, text
from tonggui.base.errors import Problem

KINDS = {
    "front": "车头",
    "side": "车侧",
    "rear": "车尾",
    "plate": "号牌",
    "panorama": "全景",
    "video": "视频",
}
MOST = 20
_HASH = re.compile(r"(?:sha256:)?([0-9a-fA-F]{64})")
_HREF = text(500)


def media(value: Any) -> list[dict[str, str]]:
    """The media of a pass; a text stands for the hash or the address alone."""
    if not isinstance(value, list) or len(value) > MOST:
        raise Problem(f"应为不多于 {MOST} 项的列表，实为{shown(value)}")
    return [_one(entry) for entry in value]


def _one(entry: Any) -> dict[str, str]:
    if isinstance(entry, str):
        return named(entry)
    if not isinstance(entry, Mapping):
        raise Problem(f"每项应为一个 JSON 对象，实为{shown(entry)}", do='如 {"kind": "front", "sha256": "…"}')
    kind, at = entry.get("kind"), entry.get("taken_at")
    if kind is not None and (not isinstance(kind, str) or kind not in KINDS):
        raise Problem(f"不认识的种类：{shown(kind)}", do=f"可用：{'、'.join(KINDS)}")
    if ("sha256" in entry) == ("href" in entry):
        raise Problem("每项应有 sha256 或 href 之一", do="已上传的写 sha256，按地址取用的写 href")
    if "sha256" in entry and not _HASH.fullmatch(str(entry["sha256"])):
        raise Problem(f"sha256 应为 64 位十六进制数，实为{shown(entry['sha256'])}")
    said = {"kind": kind} if kind else {}
    said |= named(str(entry["sha256"])) if "sha256" in entry else {"href": _HREF(entry["href"])}
    return said | ({"taken_at": text(40)(at)} if at is not None else {})


def named(written: str) -> dict[str, str]:
    """A hash, alone or behind sha256:, or an address or file name."""
    found = _HASH.fullmatch(written.strip())
    return {"sha256": found[1].lower()} if found else {"href": _HREF(written)}


def with_media(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """An item whose `photos` are told under `media`, behind what stands there."""
    photos = item.get("photos")
    if photos is None:
        return item
    rest = {name: value for name, value in item.items() if name != "photos"}
    listed = rest.get("media") or []
    if isinstance(listed, list):
        listed = listed + photos if isinstance(photos, list) else photos
    return rest | {"media": listed}


def written(listed: list[dict[str, str]]) -> str:
    """The media of a pass as its column in the store holds them."""
    return json.dumps(listed, ensure_ascii=False)
