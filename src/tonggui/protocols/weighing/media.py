"""The pictures and videos of a weighing pass: what an item says of them, in one form.

Each is {"kind", "sha256" or "href", "taken_at"}: `sha256` names content that is uploaded to the platform, `href` an
address where it can be had. `kind` is missing where the sender does not say what is seen, `taken_at` where it does not
say when. `photos`, a list of addresses, is the older form of the same.

A small device may send the content itself, as base64 in the item: `data` in our own form, the text of a key of media in
a vendor's. `lighten` keeps such content and puts its hash in its place, so the frame log never holds pictures.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterable, Mapping
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
LONGEST_HREF = 500
_HASH = re.compile(r"(?:sha256:)?([0-9a-fA-F]{64})")
_HREF = text(LONGEST_HREF)


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


def is_content(written: str) -> bool:
    """Whether a text is content in base64 rather than an address or a hash."""
    return written.startswith("data:") or (len(written) > LONGEST_HREF and "://" not in written[:20])


def lighten(item: Any, keys: Iterable[str], keep: Callable[[bytes], str]) -> tuple[Any, list[str]]:
    """An item with the hash in place of each content it carries, and the faults of what could not be kept.

    `keys` are those under which media stand; `keep` stores a content and gives its hash, or raises Problem. An item
    that carries nothing is given back as it is.
    """
    if not isinstance(item, Mapping):
        return item, []
    changed: dict[str, Any] = {}
    faults: list[str] = []
    for key in keys:
        value = item.get(key)
        entries = value if isinstance(value, list) else [value]
        light = [_light(entry, keep, faults) for entry in entries]
        if any(one is not entry for one, entry in zip(light, entries, strict=True)):
            changed[key] = light if isinstance(value, list) else light[0]
    return ({**item, **changed} if changed else item), faults


def attach(item: Any, keys: Iterable[str], find: Callable[[str], str | None]) -> Any:
    """An item with hashes in place of file names: `find` gives the hash of a file, None where there is no such file.

    Addresses, hashes and contents stay as they are; an item without file names is given back as it is.
    """
    if not isinstance(item, Mapping):
        return item
    changed: dict[str, Any] = {}
    for key in keys:
        value = item.get(key)
        entries = value if isinstance(value, list) else addresses(value) if isinstance(value, str) else []
        attached = [_attached(entry, find) for entry in entries]
        if any(one is not entry for one, entry in zip(attached, entries, strict=True)):
            changed[key] = attached
    return {**item, **changed} if changed else item


def _attached(entry: Any, find: Callable[[str], str | None]) -> Any:
    if isinstance(entry, Mapping):
        name = entry.get("href")
        found = find(name) if isinstance(name, str) and is_file_name(name) else None
        return {key: value for key, value in entry.items() if key != "href"} | {"sha256": found} if found else entry
    return (find(entry) or entry) if isinstance(entry, str) and is_file_name(entry) else entry


def addresses(written: str) -> list[str]:
    """The addresses, names or hashes of one text; content in base64 is one."""
    return [written] if is_content(written) else [part for part in re.split(r"[,;，；\s]+", written) if part]


def is_file_name(written: str) -> bool:
    """Whether a text names a file rather than an address, a hash or a content."""
    return bool(written) and "://" not in written and not is_content(written) and not _HASH.fullmatch(written)


def _light(entry: Any, keep: Callable[[bytes], str], faults: list[str]) -> Any:
    if isinstance(entry, str) and is_content(entry):
        return _kept(entry, keep, faults)
    if isinstance(entry, Mapping) and "data" in entry:
        rest = {name: value for name, value in entry.items() if name != "data"}
        return rest | {"sha256": _kept(entry["data"], keep, faults)}
    return entry


def _kept(written: Any, keep: Callable[[bytes], str], faults: list[str]) -> str:
    """The hash of a content in base64; where it cannot be kept a fault, and words in its place."""
    try:
        if not isinstance(written, str):
            raise Problem(f"data 应为 base64 文字，实为{shown(written)}")
        body = written.partition(",")[2] if written.startswith("data:") else written
        return keep(base64.b64decode("".join(body.split()), validate=True))
    except binascii.Error:
        problem = Problem("内容不是 base64", do="请核对编码，或改用 PUT /media/<sha256> 上传")
    except Problem as refused:
        problem = refused
    faults.append(str(problem.at("“影像”")))
    return "未存"
