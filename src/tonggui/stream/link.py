"""Link: one connection of the gateway. It collects bytes and takes answers; the rest happens a turn at a time."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tonggui.stream.gateway import Gateway

log = logging.getLogger(__name__)

WRITE_BUFFER_BYTES = 64 << 10
CHUNKS_A_TURN = 2048
"""Chunks (of 256 KiB at most) that wait for a turn; with more the turn comes at once, so that memory stays bounded."""


class Link(asyncio.Protocol):
    """One connection. `number` is its name in the frame log, `slot` its place in the gateway, used again afterwards.

    A terminal that does not take its answers is not read from either, until it does: what it may keep us waiting with
    is bounded by the write buffer.
    """

    __slots__ = ("gateway", "heard_at", "identity", "number", "opened_at", "slot", "slow_since", "transport")

    def __init__(self, gateway: Gateway, slot: int, number: int):
        self.gateway, self.slot, self.number = gateway, slot, number
        self.identity: str | None = None
        self.transport: asyncio.Transport | None = None
        self.opened_at = self.heard_at = gateway.clock
        self.slow_since: float | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        transport.set_write_buffer_limits(WRITE_BUFFER_BYTES)

    def data_received(self, data: bytes) -> None:
        # The one function of ours that runs once a message: no call, no object beyond the pair.
        gateway = self.gateway
        self.heard_at = gateway.clock
        inbox = gateway.inbox
        inbox.append((self.slot, data))
        if len(inbox) == 1:
            gateway.loop.call_soon(gateway.turn)
        elif len(inbox) >= CHUNKS_A_TURN:
            gateway.turn()

    def connection_lost(self, error: Exception | None) -> None:
        self.gateway.lost(self)

    def pause_writing(self) -> None:
        self.slow_since = self.gateway.clock
        self.gateway.events["slow_readers"] += 1
        self.transport.pause_reading()

    def resume_writing(self) -> None:
        self.slow_since = None
        self.transport.resume_reading()

    def end(self, reason: str) -> None:
        """Close the connection; the reason is counted and logged."""
        self.gateway.events[reason] += 1
        log.info("连接 %d（%s）关闭：%s", self.number, self.identity or "未登录", reason)
        self.transport.close()

    @property
    def peer(self) -> str:
        """Address of the other end."""
        name = self.transport.get_extra_info("peername")
        return f"{name[0]}:{name[1]}" if name else ""
