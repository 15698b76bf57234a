"""The weighing protocol under the law of mass limits: where the record and the statute meet."""

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from tonggui.protocols.weighing import PASSES, Weighing
from tonggui.statutes import overloading
from tonggui.stream.sources import Source


def _usable(on: Any, calibrated_to: Any, **certificate: Any) -> npt.NDArray[np.bool_]:
    """Whether the certificate of each scale held for its weighing.

    Days before the present penalty law are judged by it too: the demand for a valid certificate is older than its text.
    """
    rule = overloading.weighing_evidence
    held = rule.columns(np.maximum(on, np.datetime64(rule.since)), calibrated_to=calibrated_to, **certificate)
    return held["usable"] & (calibrated_to >= on)


WEIGHING = Weighing(
    judge=overloading.judge,
    evidence=_usable,
    thresholds=overloading.pass_thresholds,
    since=overloading.mass_limit.since or date.min,
)

SOURCE = Source("weighing-*", WEIGHING.read_frames, PASSES, "称重过车")
"""What the stream worker follows: the logs of the intakes, and the table their rows go to."""
