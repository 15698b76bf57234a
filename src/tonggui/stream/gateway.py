"""The gateway: terminals' connections in, frames made durable, then answered. An answered frame is a stored frame.

The course of one turn of the loop is `Gateway.turn`: all bytes that came are cut and checked in one compiled call, the
few messages that need attention are attended to, all is appended to the frame log and made durable, and only then the
answers leave. No frame of the daily kind becomes a Python object.

Nothing here knows a protocol: its framing and manners are handed in as a `Conduct`. Bad frames and foreign bytes are
kept with their reason and close nothing. Where the log cannot be written nothing is answered, so terminals repeat what
they sent, and the status says so.
"""

import asyncio
import logging
import socket
import time
from collections import Counter

from tonggui.stream.admission import Admission
from tonggui.stream.conduct import Conduct, Outcome, Then
from tonggui.stream.link import Link
from tonggui.stream.log import FrameLogWriter
from tonggui.stream.sessions import Sessions
from tonggui.wire.framing import Head, Reason
from tonggui.wire.intake import intake

log = logging.getLogger(__name__)

ACCEPTS_A_TURN = 256
BACKLOG = 65535
HOUSEKEEPING_SECONDS = 1.0
SLOW_SECONDS = 60.0
CLOSING_SECONDS = 1.0


class Gateway:
    """One listening port, its connections, and the frame log they fill.

    `silence` closes a connection that has sent nothing for so many seconds: the terminal behind it is gone, or will
    connect again.
    """

    def __init__(self, conduct: Conduct, admission: Admission, writer: FrameLogWriter, *, silence: float = 600.0):
        self.conduct, self.admission, self.writer, self.silence = conduct, admission, writer, silence
        self.intake = intake(conduct.framing, conduct.kinds, conduct.forms)
        self.sessions = Sessions()
        self.links: dict[int, Link] = {}
        self.reasons: Counter[Reason] = Counter()
        self.events: Counter[str] = Counter()
        self.log_error: str | None = None
        self._free_slots: list[int] = []
        self._numbers = 0
        self._tasks: set[asyncio.Task] = set()
        self._accepting = False
        self._unsynced = False

    # Life

    def start(self, host: str, port: int) -> int:
        """Listen and serve on the running loop; returns the port (useful where 0 was asked for)."""
        self.loop = asyncio.get_running_loop()
        listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listening.setblocking(False)
        listening.bind((host, port))
        listening.listen(BACKLOG)
        self._listening, self._accepting = listening, True
        # The loop's own server takes one connection a turn, which starves new terminals while old ones send much.
        self.loop.add_reader(listening.fileno(), self._accept)
        self._housekeeping = self.loop.call_later(HOUSEKEEPING_SECONDS, self._keep_house)
        return listening.getsockname()[1]

    async def stop(self) -> None:
        """Take no more, finish what came, close every connection. The writer stays open."""
        self._accepting = False
        self.loop.remove_reader(self._listening.fileno())
        self._listening.close()
        self._housekeeping.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.turn()
        await self._close_links()
        self._sync_rest()

    async def _close_links(self) -> None:
        """Close every connection; those that still owe us the reading of their answers are given a moment, then cut."""
        for link in self.links.values():
            link.transport.close()
        given_up = time.monotonic() + CLOSING_SECONDS
        while self.links:
            if time.monotonic() > given_up:
                for link in self.links.values():
                    link.transport.abort()
            await asyncio.sleep(0.01)

    # Connections

    def _accept(self) -> None:
        for _ in range(ACCEPTS_A_TURN):
            try:
                connection, _ = self._listening.accept()
            except BlockingIOError:
                return
            except ConnectionError:
                continue  # Gone while it waited.
            except OSError as error:
                # Out of file numbers: those who wait in the backlog are taken when others have gone.
                self.events["refused_connections"] += 1
                log.error("无法接受新连接：%s", error)
                self.loop.remove_reader(self._listening.fileno())
                self.loop.call_later(HOUSEKEEPING_SECONDS, self._accept_again)
                return
            connection.setblocking(False)
            task = self.loop.create_task(self._take(connection))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _take(self, connection: socket.socket) -> None:
        link = self._new_link(connection.fileno())
        try:
            await self.loop.connect_accepted_socket(lambda: link, connection)
        except OSError:
            # Gone before it was ours; had it begun, `lost` has been called.
            connection.close()
            if not link.connected:
                self.lost(link)

    def _accept_again(self) -> None:
        if self._accepting:
            self.loop.add_reader(self._listening.fileno(), self._accept)

    def _new_link(self, descriptor: int) -> Link:
        self._numbers = (self._numbers + 1) & 0xFFFFFFFF
        slot = self._free_slots.pop() if self._free_slots else len(self.links)
        self.intake.open(slot, self._numbers, descriptor)
        link = self.links[slot] = Link(self, slot, self._numbers)
        self.events["connections"] += 1
        return link

    def lost(self, link: Link) -> None:
        """A link has closed; what it left unfinished is kept."""
        self.turn()
        self.sessions.leave(link)
        rest = self.intake.close(link.slot)
        del self.links[link.slot]
        self._free_slots.append(link.slot)
        if rest:
            self.reasons[Reason.INCOMPLETE] += 1
            flag = bytes((self.conduct.framing.flag,))
            try:
                self.writer.append(flag + rest, link=link.number, reason=Reason.INCOMPLETE)
                self._unsynced = True
            except OSError as error:
                self._not_stored(error, 1)

    # The course of a turn

    def wake(self, at_once: bool) -> None:
        """Bytes wait: have a turn at the end of this round of the loop, or at once where too many wait."""
        if at_once:
            self.turn()
        else:
            self.loop.call_soon(self.turn)

    def turn(self) -> None:
        """Everything that came since the last turn: cut, attend, append, sync, answer."""
        if not self.intake.waiting():
            return
        own = [self._attend(row) for row in self.intake.split()]
        columns = self.intake.columns()
        reasons = columns[2]
        if not reasons:
            return
        try:
            self.writer.append_frames(time.time_ns() // 1000, *columns)
            self.writer.sync()
        except OSError as error:
            self._not_stored(error, len(reasons))
            return
        self.log_error = None
        self._unsynced = False
        self._count(reasons)
        # Straight on the sockets: a transport's own write costs 0.5 us more a message (`python -m bench gateway`).
        for slot, data in self.intake.answer():
            self._write(slot, data)
        for answer in own:
            if answer is not None:
                self._write(*answer)

    def _write(self, slot: int, data: bytes) -> None:
        """Bytes by way of the transport; while it has some waiting, nothing may overtake them."""
        transport = self.links[slot].transport
        if not transport.is_closing():
            transport.write(data)
            self.intake.hold(slot, transport.get_write_buffer_size() > 0)

    def _attend(self, row: int) -> tuple[int, bytes] | None:
        """Decide on a frame that is special or a stranger's; returns the slot and bytes of its own answer."""
        slot, clean = self.intake.row(row)
        head = self.conduct.framing.head(clean)
        assert isinstance(head, Head), "the intake has read this head"
        link = self.links[slot]
        standing = self.admission.standing(head.identity)
        outcome = self.conduct.attend(clean, head, standing, link.identity == head.identity)
        self.intake.mark(row, outcome.reason, outcome.general)
        self._move_session(link, clean, head, outcome)
        if outcome.own is None:
            return None
        return slot, self.conduct.write(clean, head, *outcome.own, self.intake.next_serial(slot))

    def _move_session(self, link: Link, clean: bytes, head: Head, outcome: Outcome) -> None:
        if outcome.then is Then.ENTER:
            self.sessions.enter(head.identity, link)
            at, size = head.layout.identity
            self.intake.bind(link.slot, clean[at : at + size])
        elif outcome.then is Then.LEAVE:
            self.sessions.leave(link)
            self.intake.bind(link.slot, None)

    def _count(self, reasons: bytes) -> None:
        good = reasons.count(Reason.OK)
        self.reasons[Reason.OK] += good
        if good != len(reasons):
            self.reasons.update(Reason(reason) for reason in reasons if reason)

    def _not_stored(self, error: OSError, frames: int) -> None:
        self.events["unstored_frames"] += frames
        if self.log_error is None:
            log.error("帧日志写入失败，停止应答：%s", error)
        self.log_error = str(error)

    # Housekeeping, once a second

    def _keep_house(self) -> None:
        self._housekeeping = self.loop.call_later(HOUSEKEEPING_SECONDS, self._keep_house)
        self._sync_rest()
        if self.admission.reload():
            for link in self.sessions.leave_where(lambda identity: not self.admission.standing(identity).known):
                self.intake.bind(link.slot, None)
        now = time.monotonic()
        for link in list(self.links.values()):
            if now - link.heard_at > self.silence:
                link.end("长时间无数据")
            elif link.slow_since is not None and now - link.slow_since > SLOW_SECONDS:
                link.end("对端长时间不接收应答")

    def _sync_rest(self) -> None:
        """Make durable what was appended outside a turn."""
        if self._unsynced:
            try:
                self.writer.sync()
                self._unsynced = False
            except OSError as error:
                self._not_stored(error, 1)

    def status(self) -> dict:
        """Counters as shown by `GET /status`."""
        return {
            "connections": len(self.links),
            "sessions": len(self.sessions),
            "admission": self.admission.name,
            "frames": {reason.name.lower(): self.reasons[reason] for reason in Reason if self.reasons[reason]},
            "events": dict(self.events),
            "dropped_bytes": self.intake.dropped(),
            "log": str(self.writer.folder),
            "log_error": self.log_error,
        }
