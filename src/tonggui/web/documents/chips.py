"""What the editor must know of a document's figures: how each prints, what it is, where its sources are."""

from typing import Any

from tonggui.measure.additions import is_typed
from tonggui.measure.figures import Figure
from tonggui.measure.figureset import PERIOD, FigureSet, period_words
from tonggui.measure.models import Document
from tonggui.measure.numbers import DASH
from tonggui.measure.text import Mark

#: What of a figure a writer may print, in words.
ASPECTS = {
    "value": "数值",
    "change": "同比",
    "step": "环比",
    "name": "名称",
    "names": "列举（三个以内）",
    "all_names": "全部列举",
    "short": "数值，不带括号说明",
    "over": "余数写法",
    "bare": "数值，不带单位",
    "reason": "没有数的原因",
    "code": "编号",
}
PERIOD_ASPECTS = {"value": "期间", "end": "截止日", "year": "年份", "next": "下一期间", "days": "起止日"}


def figures_of(document: Document, figures: FigureSet | None = None) -> dict[str, Any]:
    """Every figure of the document by its key, and the period's words under `period`."""
    numbers = dict(document.rows.values_list("key", "n"))
    figures = document.figures() if figures is None else figures
    found = {figure.key: figure_of(figure, numbers[figure.key], figures) for figure in figures}
    words = {aspect: period_words(document.period, aspect) for aspect in PERIOD_ASPECTS}
    return {
        **found,
        PERIOD: {"n": 0, "title": "期间", "scope": "", "note": "", "typed": False, "words": words, "others": {}},
    }


def figure_of(figure: Figure, n: int, figures: FigureSet) -> dict[str, Any]:
    """One figure: `words` by aspect that a writer is offered, `others` that say nothing of their own but may stand."""
    printed = {aspect: figures.words(Mark(figure.key, aspect)) for aspect in ASPECTS}
    value = printed["value"]
    words = {
        aspect: text
        for aspect, text in printed.items()
        if aspect == "value" or (text and text not in (DASH, value)) or (aspect in ("change", "step") and text)
    }
    return {
        "n": n,
        "title": figure.title,
        "scope": figure.scope.label if figure.scope.code else "",
        "note": figure.reason,
        "typed": is_typed(figure),
        "words": words,
        "others": {aspect: text for aspect, text in printed.items() if aspect not in words},
    }
