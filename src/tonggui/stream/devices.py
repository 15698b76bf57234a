"""Devices that send over HTTP: their keys, their signatures, and the points they belong to.

A device signs each request with HMAC-SHA256, under its own key, over the time it names followed by the body:

    X-Tonggui-Device     the device's number
    X-Tonggui-Time       seconds since 1970-01-01T00:00:00Z, as digits
    X-Tonggui-Signature  the digest in hexadecimal

A request more than WINDOW_SECONDS old, or from the future by as much, is refused; within the window a repetition
changes nothing, because records are known by their number. Keys lie in the site, one file a device, readable by the
owner alone.
"""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tonggui.base.clock import CHINA
from tonggui.base.errors import Problem
from tonggui.base.site import Site

WINDOW_SECONDS = 300
FILE_IMPORT = "file-import"
"""The device under whose name this machine itself brings in files."""
NOTED = ("calibrated_to", "posted_kg", "accuracy", "site_kind")
"""What of a point is noted beside its passes as it was registered at receipt."""
_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,50}")


def key_name(device: str) -> str:
    """The name of a device's secret; Problem for a number that cannot be one."""
    if not _NAME.fullmatch(device) or set(device) == {"."}:
        raise Problem(f"设备编号不合规：{device[:60]}", do="只能用字母、数字和 - _ . :，最长 50 位")
    return f"weighing-{device}"


def enrol(site: Site, device: str) -> str:
    """The device's key in hexadecimal, made on first use."""
    return site.secret(key_name(device)).hex()


def sign(key: bytes, time: str, body: bytes) -> str:
    """The signature of a request."""
    return hmac.new(key, time.encode() + body, hashlib.sha256).hexdigest()


@dataclass
class Devices:
    """The devices of a site and the weighing points of its snapshot `fleet/weighing_points.json`.

    The snapshot is {"points": [{"code", "device", "name", "calibrated_to", "accuracy", "site_kind", "posted_kg"?,
    "certificates"}]}, each certificate {"certificate", "calibrated_from", "calibrated_to", "accuracy", "speed_from"?,
    "speed_to"?}; the ledgers write it. Where it is absent, any enrolled device may report for any point.
    """

    site: Site
    _points: dict[str, dict[str, Any]] = field(default_factory=dict)
    _read_at: int = -1

    def authenticate(self, device: str, time: str, signature: str, body: bytes, now: float) -> None:
        """Raises Problem unless the device's key signed this body at about this time."""
        signed = self.begin(device, time, now)
        signed.update(body)
        self.finish(signed, signature)

    def begin(self, device: str, time: str, now: float) -> hmac.HMAC:
        """The signature of a request so far, to be updated with its body; Problem where device or time are not good."""
        key = self.key(device)
        if key is None:
            raise Problem(
                f"设备未登记：{device[:60] or '未写'}", do="请先在平台登记该设备并取得密钥（tonggui intake --enrol）"
            )
        if not (time.isascii() and time.isdigit() and len(time) <= 12):
            raise Problem("X-Tonggui-Time 应为自 1970 年起的秒数", do="请校准设备时钟")
        if abs(now - int(time)) > WINDOW_SECONDS:
            raise Problem(
                f"请求时间与平台相差 {abs(now - int(time)):.0f} 秒，超过 {WINDOW_SECONDS} 秒", do="请校准设备时钟后重发"
            )
        return hmac.new(key, time.encode(), hashlib.sha256)

    def finish(self, signed: hmac.HMAC, signature: str) -> None:
        """Raises Problem unless the signature sent is the one of what was read."""
        if not hmac.compare_digest(signed.hexdigest().encode(), signature.strip().lower().encode()):
            raise Problem("签名不符", do="请核对密钥，并对时间与正文的原始字节计算 HMAC-SHA256")

    def key(self, device: str) -> bytes | None:
        """The key of an enrolled device, else None; read each time, so that a key taken away ends at once."""
        try:
            return bytes.fromhex((self.site.data / "secrets" / key_name(device)).read_text().strip())
        except (Problem, FileNotFoundError):
            return None

    def note(self, device: str, item: dict[str, Any]) -> dict[str, Any]:
        """What the intake notes beside a pass: device, and the scale's certificate at the time of the pass.

        Raises Problem where the point is registered with another device than the one that signed.
        """
        point = self.points().get(item.get("site", ""), {})
        registered = point.get("device")
        if device != FILE_IMPORT and registered and registered != device:
            raise Problem(
                f"站点 {item['site']} 登记的设备是 {registered}，不是 {device}", do="请核对站点编码，或更新检测点台账"
            )
        sender = registered or item.get("device") if device == FILE_IMPORT else device
        certificate = certificate_on(point, item.get("time"))
        note = {"device": sender, **{name: point.get(name) for name in NOTED}, **certificate}
        return {name: value for name, value in note.items() if value not in (None, "")}

    def points(self) -> dict[str, dict[str, Any]]:
        """Weighing points by code, read again when the snapshot has changed."""
        path = self.site.data / "fleet" / "weighing_points.json"
        try:
            changed = path.stat().st_mtime_ns
        except FileNotFoundError:
            return {}
        if changed != self._read_at:
            self._points = {point["code"]: point for point in json.loads(path.read_bytes())["points"]}
            self._read_at = changed
        return self._points


def certificate_on(point: dict[str, Any], at: datetime | None) -> dict[str, Any]:
    """The registered certificate that held at a time, else the last one before it, else the first one after.

    Empty where none is registered: then the point's own last day stands.
    """
    registered = point.get("certificates") or []
    if not registered or at is None:
        return {}
    day = at.astimezone(CHINA).date().isoformat()
    begun = [one for one in registered if one["calibrated_from"] <= day]
    held = [one for one in begun if day <= one["calibrated_to"]]
    return dict((held or begun or registered[:1])[-1])
