"""`/status/`: how each process does: what it takes in, how far behind it is, what it refused or doubts and why, with
samples and what to do about it."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tonggui.base.allowed_hosts import Allowed
from tonggui.base.clock import now, today
from tonggui.register.views.access import actor_of, need
from tonggui.statutes.overloading.media import FETCH_FROM
from tonggui.stream.quality import Quality
from tonggui.stream.references import References, State
from tonggui.stream.store.client import StoreAway
from tonggui.web import telemetry
from tonggui.web.phone.certificate import authority
from tonggui.wire.framing import Reason

PATIENCE_SECONDS = 2.0
LOOKS_BACK_HOURS = 24
BEHIND_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Light:
    """One process at a glance: its name, how it does in a word with a tone, and its figures as (label, value, unit)."""

    title: str
    word: str
    tone: str
    figures: list[tuple[str, Any, str]]
    note: str = ""


def status_page(request: HttpRequest) -> HttpResponse:
    need(actor_of(request).has("admin", "monitor", "director"), "系统状态只对系统管理员、动态监控员和局领导开放。")
    since = now() - timedelta(hours=LOOKS_BACK_HOURS)
    (bad, trouble), (marked, _) = bad_frames(since), marked_positions(since)
    lights = [*gateway_lights(), intake_light(), stream_light(), store_light()]
    part = "web/status_lights.html" if request.headers.get("HX-Target") == "lights" else "web/status.html"
    context = {"lights": lights, "bad": bad, "marked": marked, "trouble": trouble, "phones": phones(request)}
    return render(request, part, context | {"hours": LOOKS_BACK_HOURS, "at": now()})


def phones(request: HttpRequest) -> dict[str, Any]:
    """Where phones reach the pages over HTTPS, and the fingerprint of the site's own certificate."""
    address = settings.SITE.address("web") or {}
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return {
        "host": host,
        "plain": address.get("port"),
        "port": address.get("https_port"),
        "authority": authority(settings.SITE),
    }


def ask(process: str, path: str, port: str = "port") -> dict[str, Any] | None:
    """What a process answers on its own port; None where it does not."""
    address = settings.SITE.address(process)
    if address is None or port not in address:
        return None
    host = {"0.0.0.0": "127.0.0.1"}.get(address["host"], address["host"])
    if port != "port":
        host = "127.0.0.1"
    try:
        with urllib.request.urlopen(f"http://{host}:{address[port]}{path}", timeout=PATIENCE_SECONDS) as answer:
            return json.load(answer)
    except (urllib.error.URLError, OSError, ValueError):
        return None


def gateway_lights() -> list[Light]:
    """One light a gateway that was ever announced; several share the load of a large county."""
    names = sorted(path.stem for path in settings.SITE.folder("run").glob("gateway*.json")) or ["gateway"]
    return [gateway_light(name, ask(name, "/status", "status_port")) for name in names]


def gateway_light(name: str, found: dict[str, Any] | None) -> Light:
    title = "终端网关" + name.removeprefix("gateway").replace("-", " ")
    if found is None:
        return Light(title, "没有应答", "late", [], "终端此时不能接入；它们会保留数据并重试。请联系系统管理员。")
    frames = found["frames"]
    refused = sum(count for reason, count in frames.items() if reason != "ok")
    figures = [
        ("在线终端", found["sessions"], "台"),
        ("连接", found["connections"], "个"),
        ("收到报文", sum(frames.values()), "条"),
        ("未能使用", refused, "条"),
    ]
    if found["log_error"]:
        return Light(title, "不能落盘", "late", figures, f"报文不能写入磁盘，已停止应答：{found['log_error']}")
    return Light(title, "正常", "done", figures)


def intake_light() -> Light:
    """The intake of weighing passes, and the pictures that are still to be fetched."""
    found = ask("intake", "/health")
    if found is None:
        return Light("称重接入", "没有应答", "late", [], "检测点此时不能上报；它们会保留数据并重试。请联系系统管理员。")
    references = References(settings.SITE)
    counts, faults = references.counts(), references.faults(1)
    unread = Allowed.read(FETCH_FROM.on(today())).unread
    figures = [
        ("存入过车", found.get("records_stored", 0), "条"),
        ("重复", found.get("records_duplicate", 0), "条"),
        ("拒收", found.get("records_refused", 0), "条"),
        ("存入影像", found.get("media_stored", 0), "份"),
        ("已按地址取回", counts[State.FETCHED], "份"),
        ("待取回", counts[State.WAITING], "份"),
        ("取不到", counts[State.GIVEN_UP], "份"),
    ]
    note = f"影像取不回最多的原因（{faults[0][1]} 份）：{faults[0][0]}" if faults else ""
    if unread:
        mend = f"本局参数“{FETCH_FROM.title}”的{'、'.join(unread)}不能识别，没有按它取用影像。请另设一个新值。"
        return Light("称重接入", "取用地址有误", "todo", figures, mend + note)
    return Light("称重接入", "正常", "done", figures, note)


def stream_light() -> Light:
    found = ask("stream", "/health")
    if found is None or "counts" not in found:
        return Light("实时处理", "没有应答", "late", [], "报文照常接收保存；恢复后从断点接着处理，不丢失、不重复。")
    behind = found["behind_seconds"]
    figures = [
        ("积压", found["backlog_bytes"], "字节"),
        ("落后", "—" if behind is None else behind, "秒"),
        ("定位", found["counts"]["positions"], "条"),
        ("每秒定位", found["rates"]["positions"], "条"),
        ("重复剔除", found["counts"]["repeats"], "条"),
        ("报警", found["counts"]["alarms"], "条"),
    ]
    if found["damaged"]:
        return Light("实时处理", "日志损坏", "late", figures, "报文日志有一段不能读取，其余部分继续处理。")
    if found["store"]["trouble"]:
        return Light("实时处理", "等待存储", "todo", figures, str(found["store"]["trouble"]))
    if found["backlog_bytes"] and behind is not None and behind > BEHIND_SECONDS:
        return Light("实时处理", "正在追赶", "todo", figures, "积压的报文按到达顺序处理，地图上的位置会稍晚。")
    return Light("实时处理", "正常", "done", figures)


TABLES = {
    "positions": ("定位", "条"),
    "alarms": ("报警", "条"),
    "passes": ("过车", "条"),
    "bad_frames": ("无法使用", "条"),
}


def store_light() -> Light:
    try:
        rows = telemetry.counts()
    except StoreAway as problem:
        return Light("数据存储", "没有应答", "late", [], str(problem))
    figures = [(label, rows.get(table, 0), unit) for table, (label, unit) in TABLES.items()]
    return Light("数据存储", "正常", "done", figures)


ADVICE = {
    Reason.CHECKSUM: "线路干扰或终端故障；该终端会重发，反复出现请检修",
    Reason.LENGTH: "终端程序有误，请联系终端厂家",
    Reason.ESCAPE: "终端程序有误，请联系终端厂家",
    Reason.SHORT_HEAD: "终端程序有误，请联系终端厂家",
    Reason.OVERSIZE: "终端程序有误，或发来的不是 JT/T 808 数据",
    Reason.UNKNOWN_MESSAGE: "平台尚不支持这种消息，已答复“不支持”，其他消息不受影响",
    Reason.UNKNOWN_TERMINAL: "请核对终端号，并在“车载终端”台账登记，登记后自动接入",
    Reason.NOT_AUTHENTICATED: "终端应先注册、鉴权；换过平台的请核对鉴权码",
    Reason.FOREIGN_PROTOCOL: "有其他程序连到了终端端口，请核对对方的地址和端口设置",
    Reason.INCOMPLETE: "连接中断所致，终端重连后会重发",
    Reason.BAD_BODY: "内容不合规范，点开样本可看是哪一项",
}
"""What a person can do about frames refused for a reason."""
MARK_ADVICE = {
    Quality.FUTURE: "终端时钟不准，请校时",
    Quality.NO_TIME: "终端没有时间，请检查卫星天线",
    Quality.NO_PLACE: "终端没有定位，请检查卫星天线",
    Quality.OUTSIDE: "请核对经纬度格式和半球标志",
    Quality.SPEED: "请核对速度单位，应为 1/10 km/h",
    Quality.ALTITUDE: "不影响轨迹和报警，请联系终端厂家",
    Quality.SPEED_DISAGREES: "速度可能用错单位（如把 m/s 当作 km/h），或定位漂移",
}
"""What a person can do about positions kept with a mark."""
Problems = tuple[list[dict[str, Any]], str]


def bad_frames(since: datetime) -> Problems:
    """Frames that could not be used, by reason in words; or what keeps us from knowing."""
    return _told(telemetry.bad_frames, since, lambda row: Reason(row["reason"]), ADVICE)


def marked_positions(since: datetime) -> Problems:
    """Positions that are kept but marked, by mark in words; or what keeps us from knowing."""
    return _told(telemetry.marked_positions, since, lambda row: Quality(row["bit"]), MARK_ADVICE)


def _told(ask: Callable, since: datetime, kind_of: Callable, advice: dict) -> Problems:
    try:
        found = ask(since)
    except StoreAway as problem:
        return [], str(problem)
    for row in found:
        kind = kind_of(row)
        row["label"], row["advice"] = kind.label, advice.get(kind, "")
        row["samples"] = [(log, position, at.replace(tzinfo=UTC)) for log, position, at in row["samples"]]
    return found, ""
