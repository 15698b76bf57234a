"""Admission: which terminals the gateway lets in.

`Registered` knows the terminals of the fleet snapshot that the ledgers write; a terminal that is not in it is refused.
`Everyone` takes all that come, without registering or authenticating: for load tests, never for a site in service.
"""

import json
import logging
from pathlib import Path
from typing import NamedTuple, Protocol

log = logging.getLogger(__name__)


class Standing(NamedTuple):
    """What is known of an identity before it has said a word.

    `trusted`: needs no authentication. `authentication`: a code it brings from an earlier platform, besides ours.
    """

    known: bool
    trusted: bool = False
    authentication: str | None = None


UNKNOWN = Standing(known=False)


class Admission(Protocol):
    """Who may come in; `name` is shown in the status."""

    name: str

    def standing(self, identity: str) -> Standing:
        """The standing of an identity (hex text without leading zeros)."""

    def reload(self) -> bool:
        """Look whether the source has changed; True where standings may differ from now on."""


class Everyone:
    name = "open"

    def standing(self, identity: str) -> Standing:
        return Standing(known=True, trusted=True)

    def reload(self) -> bool:
        return False


class Registered:
    """The terminals of `fleet/terminals.json`; an absent file is an empty fleet.

    A file that cannot be read leaves the fleet as it was: a half-copied snapshot must not shut a county out.
    """

    name = "registered"

    def __init__(self, snapshot: Path):
        self.snapshot = snapshot
        self._seen: tuple[int, int] | None = None
        self._standings: dict[str, Standing] = {}
        self.reload()

    def standing(self, identity: str) -> Standing:
        return self._standings.get(identity, UNKNOWN)

    def reload(self) -> bool:
        try:
            stat = self.snapshot.stat()
        except FileNotFoundError:
            return False
        seen = (stat.st_mtime_ns, stat.st_ino)
        if seen == self._seen:
            return False
        self._seen = seen
        try:
            terminals = json.loads(self.snapshot.read_bytes())["terminals"]
            standings = {
                terminal["phone"].lstrip("0") or "0": Standing(
                    True, authentication=terminal.get("authentication") or None
                )
                for terminal in terminals
            }
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            log.error("终端名册 %s 无法读取（%r），沿用原名册", self.snapshot, error)
            return False
        self._standings = standings
        return True
