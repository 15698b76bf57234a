"""Figures that writers add to a document beyond those of its report.

An indicator of the catalogue is computed for the document's period and kept with the rest. A number that no ledger
knows may be typed only with the file it rests on (official documents, section 7, rule 5): it becomes a figure too,
marked 手工, and stands in the annex with its source.
"""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Max

from tonggui.base import clock
from tonggui.measure.cowriting.models import TypedSource
from tonggui.measure.cowriting.versions import held
from tonggui.measure.errors import DocumentError
from tonggui.measure.figures import COUNTY, Figure, Scope, Stamp, digest
from tonggui.measure.figureset import FigureSet
from tonggui.measure.indicators import indicator
from tonggui.measure.models import Document, DocumentFigure
from tonggui.measure.recordsets import digest_of
from tonggui.measure.sources import AsOf
from tonggui.register.actor import Actor

TYPED = "HAND"
LONGEST_TYPED = 40


def with_added(document: Document, figures: FigureSet, as_of: AsOf = None, recount: bool = False) -> FigureSet:
    """The report's figures with those the document's writers added, computed anew where a ledger knows them.

    What telemetry told is kept as it is unless it is to be counted again.
    """
    more = {}
    for row in document.rows.filter(added=True):
        if row.key not in figures.figures:
            more[row.key] = _again(row.figure, as_of, recount)
    return replace(figures, figures={**figures.figures, **more})


def _again(figure: Figure, as_of: AsOf, recount: bool) -> Figure:
    if is_typed(figure):
        return figure
    try:
        declared = indicator(figure.code)
    except KeyError:
        return figure
    if declared.from_telemetry and not recount:
        return figure
    return declared.figure(figure.period, figure.scope, as_of=as_of)


def is_typed(figure: Figure) -> bool:
    return figure.code.startswith(f"{TYPED}-")


def insert(document: Document, code: str, scope: Scope = COUNTY) -> DocumentFigure:
    """Add an indicator to a draft; the one that is there already is given back."""
    try:
        declared = indicator(code)
    except KeyError:
        raise DocumentError(f"没有指标{code}，请从列表中选择。") from None
    figure = declared.figure(document.period, scope)
    with transaction.atomic():
        document = held(document)
        there = document.rows.filter(key=figure.key).first()
        return there or _add(document, figure)


def typed(document: Document, words: str, source: str, actor: Actor, attachment: Any = None) -> DocumentFigure:
    """Add a number that was typed, with the name of the file it rests on and, where it was given, the file."""
    words, source = words.strip(), source.strip()
    if not any(sign.isdigit() for sign in words):
        raise DocumentError("请填写数字和单位，例如 3.2公里。")
    if len(words) > LONGEST_TYPED:
        raise DocumentError(f"手工数字不能超过{LONGEST_TYPED}字，只填数字和单位。")
    if not source:
        raise DocumentError("手工录入的数字要有来源：请填写来源文件的名称，或者上传文件。")
    with transaction.atomic():
        document = held(document)
        n = document.typed_sources.count() + 1
        row = _add(document, _typed_figure(document, f"{TYPED}-{n:02}", words, source))
        TypedSource.objects.create(
            document=document, key=row.key, source=source, attachment=attachment, name=actor.name, at=clock.now()
        )
        return row


def _typed_figure(document: Document, code: str, words: str, source: str) -> Figure:
    stamp = Stamp(
        definition=digest([words, source]),
        period=document.period_code,
        scope="全县",
        as_of=clock.now().isoformat(timespec="seconds"),
        counts={"来源文件": 1},
        records=digest_of({}),
    )
    return Figure(
        code=code,
        title="手工录入的数字",
        unit="",
        period=document.period,
        scope=COUNTY,
        value=None,
        text=words,
        expression=f"手工录入，来源：{source}",
        stamp=stamp,
    )


def _add(document: Document, figure: Figure) -> DocumentFigure:
    n = (document.rows.aggregate(last=Max("n"))["last"] or 0) + 1
    return DocumentFigure.objects.create(document=document, n=n, key=figure.key, kept=figure.as_json(), added=True)
