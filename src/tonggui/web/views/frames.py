"""`/frames/<log>/<position>/`: one raw frame of the frame log, explained byte by byte; a weighing pass judged."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tonggui.base.clock import from_micros
from tonggui.protocols.jt808 import JT808
from tonggui.register.actor import Actor
from tonggui.register.registry import ledger
from tonggui.register.views.access import actor_of, need
from tonggui.stream.block import StoredFrame
from tonggui.stream.log import FrameLogReader
from tonggui.web.frames import Shown, show_bytes, show_frame
from tonggui.web.live.scope import scope_of
from tonggui.web.passes import ShownPass, show_pass
from tonggui.wire.framing import Reason, Rejected

WEIGHING = "weighing"
ASKING = Actor.system("核对报文属于哪辆车")


def frame_page(request: HttpRequest, log: str, position: int) -> HttpResponse:
    frame = open_frame(request, log, position)
    template, shown = shown_by_log(log, frame)
    context = {
        "log": log,
        "position": position,
        "received": from_micros(frame.received_at),
        "link": frame.link,
        "reason": frame.reason,
        "is_good": frame.reason == Reason.OK,
        "size": len(frame.raw),
        "shown": shown,
    }
    return render(request, template, context)


def shown_by_log(log: str, frame: StoredFrame) -> tuple[str, Shown | ShownPass]:
    """The template for a frame of a log, and what it shows."""
    if not log.startswith(WEIGHING):
        return "web/frame.html", show_frame(frame.raw)
    weighed = show_pass(frame.raw, frame.received_at)
    if weighed is None:
        return "web/frame.html", show_bytes("称重过车数据", "这些字节不是一条过车记录。", frame.raw)
    return "web/pass.html", weighed


def judgement(request: HttpRequest, log: str, position: int) -> HttpResponse:
    """How the law judges the pass of a frame, as a part of the page of the record made from it.

    `edition` names the edition of the law that judged it then; the readings of that edition are used again.
    """
    frame = open_frame(request, log, position)
    edition = request.GET.get("edition", "")
    shown = show_pass(frame.raw, frame.received_at, edition) if log.startswith(WEIGHING) else None
    if shown is None:
        raise Http404("这条报文不是称重过车数据。")
    address = f"/frames/{log}/{position}/"
    context = {"judgement": shown.judgement, "faults": shown.faults, "media": shown.media, "frame_url": address}
    return render(request, "web/judgement.html", context)


def open_frame(request: HttpRequest, log: str, position: int) -> StoredFrame:
    """The frame of an address, where the person may see it."""
    frame = read_frame(log, position)
    need(may_see(actor_of(request), log, frame), "这条报文不属于您监管范围内的车辆。")
    return frame


def read_frame(log: str, position: int) -> StoredFrame:
    """The frame of an address; Http404 where there is no such log or no frame at the position."""
    folder: Path = settings.SITE.frame_logs / log
    if not folder.is_dir():
        raise Http404(f"没有名为“{log}”的报文日志。")
    try:
        with FrameLogReader(folder) as reader:
            return reader.frame_at(position)
    except KeyError:
        raise Http404(f"报文日志“{log}”的 {position} 处没有报文；超过保存期限的报文可能已经清除。") from None


def may_see(actor: Actor, log: str, frame: StoredFrame) -> bool:
    """Who sees a vehicle on the map opens the frames that its terminal sent while it sat there; who sees all, all.

    Weighing records are open to whoever may read the doubted passes.
    """
    scope = scope_of(actor)
    if scope.plates is None:
        return True
    if log.startswith("weighing"):
        return ledger("overload.doubtedpass").can_read(actor)
    clean = JT808.framing.unframe(frame.raw) if log.startswith("jt808") else Rejected(Reason.FOREIGN_PROTOCOL, b"")
    head = clean if isinstance(clean, Rejected) else JT808.framing.head(clean)
    if isinstance(head, Rejected):
        return False
    return any(scope.sees(plate) for plate in plates_of(head.identity, from_micros(frame.received_at)))


def plates_of(phone: str, at: datetime) -> list[str]:
    """Plates of the vehicles in which a terminal sat at a moment, or sits now where it was entered later."""
    terminals = ledger("fleet.terminal")
    ids = list(terminals.as_of(at, ASKING).filter(phone=phone).values_list("vehicle", flat=True))
    if not ids:
        ids = list(terminals.query(ASKING).filter(phone=phone).values_list("vehicle", flat=True))
    return list(ledger("fleet.vehicle").query(ASKING).filter(pk__in=ids).values_list("plate", flat=True))
