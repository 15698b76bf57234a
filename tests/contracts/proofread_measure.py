"""How well the linter finds: labelled texts with faults and without, and faults planted by rule into clean texts.

A finding hits a fault on its line; where a fault is a contradiction of two places, it may stand on the other one.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tonggui.texts import Finding, Text, lint

FOLDER = Path(__file__).parent.parent / "captures" / "proofread"
OF_TWO_PLACES = {"same_figure", "decimals", "precision", "sequence", "word_jiezhi"}


@dataclass
class Score:
    """What was found of what was planted, and what was found where nothing was."""

    by_kind: dict[str, tuple[int, int]] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    silent: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        found, all_ = (sum(numbers) for numbers in zip(*self.by_kind.values(), strict=True))
        return found / all_

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.false))

    def count(self, kind: str, hit: bool, words: str) -> None:
        found, all_ = self.by_kind.get(kind, (0, 0))
        self.by_kind[kind] = (found + hit, all_ + 1)
        if not hit:
            self.missed.append(f"{kind}: {words}")


def texts(folder: str, names: str) -> list[Path]:
    return sorted(FOLDER.joinpath(folder).glob(f"{names}*.txt"))


def labelled(names: str) -> Score:
    """The texts of the captures whose names begin so."""
    score = Score()
    for path in texts("clean", names) + texts("faulty", names):
        text = Text.of(path.read_text(encoding="utf-8"))
        labels = path.with_suffix(".jsonl")
        lines = labels.read_text(encoding="utf-8").splitlines() if labels.exists() else []
        wanted = [json.loads(line) for line in lines if line.strip()]
        _compare(score, path.name, lint(text), wanted)
        score.silent += len(text.lines) if not wanted else 0
    return score


def _compare(score: Score, name: str, found: list[Finding], wanted: list[dict]) -> None:
    at_fault = {fault["line"] for fault in wanted}
    loose = {one.line for one in found} - at_fault
    for fault in wanted:
        here = any(one.line == fault["line"] for one in found)
        there = [line for line in loose if fault["fault"] in OF_TWO_PLACES and _tells(found, line, fault)]
        at_fault.update(there)
        score.count(fault["fault"], here or bool(there), f"{name}:{fault['line']} {fault['text']}")
    for one in found:
        if one.line in at_fault:
            score.right += 1
        else:
            score.false.append(f"{name} {one}")


def _tells(found: list[Finding], line: int, fault: dict) -> bool:
    """Whether a finding on another line speaks of the line of the fault."""
    return any(one.line == line and f"第 {fault['line']} 行" in one.wrong for one in found)


PLANTS: dict[str, tuple[str, Callable[[re.Match[str]], str]]] = {
    "截至": (r"截至(?=\d|目前)", lambda m: "截止"),
    "计量单位": (r"(?<=\d)(人|车|台)次", lambda m: f"{m[1]}/次"),
    "成对标点": (r"“(?=[^“”]{2,12}”)", lambda m: ""),
    "半角标点": (r"(?<=[\u4e00-\u9fff])，(?=[\u4e00-\u9fff])", lambda m: ","),
    "半角括号引号": (r"（([^（）]*[\u4e00-\u9fff][^（）]*)）", lambda m: f"({m[1]})"),
    "发文字号括号": (r"〔(20\d\d)〕", lambda m: f"【{m[1]}】"),
    "重复标点": (r"(?<=[\u4e00-\u9fff])。", lambda m: "，。"),
    "占位未填": (r"(?<![\d.—〔年A-Za-z])\d{2,4}(?=[家台处人份])", lambda m: "xx"),
    "概数": (r"(?<=约)(\d+)(万元|人|份|公里)", lambda m: f"{m[1]}{m[2]}左右"),
    "错别字": (r"安全生产|主体责任|隐患排查|应急预案|农村公路养护", lambda m: _TYPO[m[0]]),
    "固定用语": (r"四好农村路|一岗双责|乡村振兴|交通运输局", lambda m: m[0][1] + m[0][0] + m[0][2:]),
    "日期不存在": (r"6月30日", lambda m: "6月31日"),
    "日期写法": (r"(?<=年)([1-9])月(?=\d{1,2}日)", lambda m: f"0{m[1]}月"),
    "标题句号": (r"(?m)^([一二三]、[^。\n]{2,24}[^。，；：？\n])$", lambda m: f"{m[1]}。"),
    "序号标点": (r"(?m)^(\d)\.(?=[\u4e00-\u9fff])", lambda m: f"{m[1]}、"),
    "序号连续": (r"(?m)^三、", lambda m: "四、"),
    "分项序号": (r"(?<=[。；\n])二是", lambda m: "三是"),
    "重字": (r"(?<=[\u4e00-\u9fff])(开展|加强|落实)(?=[\u4e00-\u9fff])", lambda m: m[1] * 2),
}  # fmt: skip
"""How the fault of a rule is planted: where a text offers a place, and what is written there instead."""
_TYPO = {
    "安全生产": "安全生专", "主体责任": "主题责任", "隐患排查": "稳患排查", "应急预案": "应急预按",
    "农村公路养护": "农付公路养护",
}  # fmt: skip
MOST_OF_A_TEXT = 3


def planted(names: str) -> Score:
    """Faults planted one at a time into the clean texts; whatever else is found then was not planted."""
    score = Score()
    for path in texts("clean", names):
        written = path.read_text(encoding="utf-8")
        score.silent += len(Text.of(written).lines)
        for rule, faulty, line in _plantings(written):
            found = lint(Text.of(faulty))
            hit = any(
                one.rule == rule and abs(one.line - line) <= (rule in ("序号连续", "分项序号")) * 40 for one in found
            )
            score.count(rule, hit, f"{path.name}:{line}")
            score.right += len({one.rule for one in found if one.line == line})
    return score


def _plantings(written: str) -> Iterator[tuple[str, str, int]]:
    """Each planting: the rule, the text with the fault, and its line."""
    for rule, (pattern, wrong) in PLANTS.items():
        for found in list(re.finditer(pattern, written))[:MOST_OF_A_TEXT]:
            faulty = written[: found.start()] + wrong(found) + written[found.end() :]
            yield rule, faulty, written.count("\n", 0, found.start()) + 1
