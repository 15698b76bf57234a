"""Evidence: the raw frames a record was made from, each by its log and its position there."""

from typing import Any

from tonggui.register.errors import Invalid
from tonggui.register.kinds.base import Reading
from tonggui.register.kinds.noted import Noted


class Evidence(Noted):
    """A list of `{"log": "jt808-0", "position": 123}`. Only the machine writes it; people open the frames behind it."""

    api_type = list[dict]

    def __init__(self, label: str = "原始数据", **options: Any):
        super().__init__(label, words=lambda value: f"{len(value)} 帧", **options)

    def read(self, raw: Any, reading: Reading) -> list[dict[str, Any]]:
        if not isinstance(raw, list) or not all(isinstance(f, dict) and {"log", "position"} <= f.keys() for f in raw):
            raise Invalid("不是原始数据的位置；原始数据由系统写入，不需要填写。")
        return [{"log": str(frame["log"]), "position": int(frame["position"])} for frame in raw]

    def frames(self, value: Any) -> list[tuple[str, str]]:
        """(words, address) of each frame's page."""
        return [
            (f"第 {n} 帧（{f['log']} 第 {f['position']} 处）", f"/frames/{f['log']}/{f['position']}/")
            for n, f in enumerate(value or [], 1)
        ]
