"""本局参数台账: what the bureau has set for itself where the law leaves a value, or a reading, to it.

Basis: each value names its own clause (隐患整改期限, 安全生产法 第一百零二条; 认定标准 附件二 for tolerances) and marks
what is left to the authority; 行政处罚法 第三十四条 for published discretion. A value holds from a day on, confirmed by
a second person; cases before that day keep their law. What is in force is never changed: a later row takes its place.
"""

from django.db.models import TextChoices

from tonggui import statutes  # noqa: F401 - declares everything that may be set
from tonggui.base import clock
from tonggui.base.errors import Problem
from tonggui.law.settable import find, settable
from tonggui.register.declare import (
    Choice,
    Confirming,
    Count,
    Day,
    Files,
    Ledger,
    LongText,
    Move,
    Number,
    Record,
    Section,
    Text,
    anyone,
    derive,
)

SETTERS = ("admin", "legal_officer", "clerk")


class Nature(TextChoices):
    VALUE = "value", "数值"
    READING = "reading", "理解"


def settings():
    """Everything that may be set, by its title; a title is kept, since it is what decisions and cases name."""
    return [(one.title, one.title) for one in settable()]


def in_force_already(row):
    """A value that has begun to hold has been judged by; only a new row can follow it."""
    if row.state == "confirmed" and row.holds_from <= clock.today():
        return f"这个值自 {row.holds_from} 起已经施行，此前办理的事项以它为据。请另设一个新值。"
    return ""


def set_twice(row):
    """Two values of one thing cannot begin on one day."""
    same = Parameter._base_manager.filter(setting=row.setting, holds_from=row.holds_from)
    other = same.filter(state="confirmed").exclude(pk=row.pk).first()
    return f"“{row.setting}”自 {row.holds_from} 起的值已由 {other.number} 设定。" if other else ""


class Parameter(Record):
    """One value from one day on. `setting` names a local parameter, a deadline or a reading of the statutes."""

    number = Number("CS{year}{seq:04}")
    setting = Choice(settings, "参数名称", max_length=60, index=True, hint="“本局参数一览”页有各项的依据和现值")
    nature = Choice(Nature, "参数性质", optional=True)
    standing_value = Text("原值", optional=True, max_length=200)
    new_value = Text("新值", max_length=200, hint="一个数；多个数用逗号隔开；分项写成 一般隐患=15；重大隐患=30")
    holds_from = Day("参数施行日期", hint="只对这一天及以后的事项起作用")
    set_because = LongText("设定理由")
    decision_no = Text("设定文号", optional=True, max_length=60, hint="施行日期在今天以前的，必须有当时的文件")
    decision_files = Files("设定文件")

    @derive("setting", always=True)
    def derive_nature(self):
        """Whether a number is set or a reading chosen."""
        known = find(self.setting)
        return Nature.READING if known and known.kind == Nature.READING.label else Nature.VALUE

    @derive("setting", "holds_from")
    def derive_standing_value(self):
        """The value that held on that day until now, for the second person to compare."""
        known = find(self.setting)
        try:
            return known.show(known.on(self.holds_from))[:200] if known else ""
        except Problem:
            return "未知"

    class Flow(Confirming, enters=SETTERS, checks="director"):
        approve = Move(
            Confirming.submitted >> Confirming.confirmed,
            "审核通过",
            by="director",
            not_same_as="submit",
            check=set_twice,
        )
        amend = Move(
            Confirming.confirmed >> Confirming.amending, "更正", by=SETTERS, comment=True, check=in_force_already
        )
        cancel = Move(
            (Confirming.draft | Confirming.submitted | Confirming.amending | Confirming.confirmed) >> Confirming.void,
            "作废",
            by="director",
            comment=True,
            check=in_force_already,
        )

    class Page(Ledger):
        title = "本局参数"
        columns = "number setting nature standing_value new_value holds_from decision_no state"
        filters = "holds_from state nature"
        search = "number setting decision_no"
        form = [
            Section("参数", "setting new_value holds_from"),
            Section("依据", "set_because decision_no decision_files"),
        ]
        read = {"county": anyone}
        write = dict.fromkeys(SETTERS, anyone)
        sort = "-holds_from"
        exports = "number setting nature standing_value new_value holds_from set_because decision_no state"
        example = dict(
            setting="报警处置期限",
            new_value="2",
            holds_from="2026-12-01",
            set_because="示例：本县两客一危报警应在两日内处置完毕",
            decision_no="示交发〔2026〕1号",
        )

    class Measures:
        set_values = Count("本局设定参数", on="holds_from", unit="项")

    def faults(self):
        """The value has its shape, and a day gone by needs the paper of that time."""
        known = find(self.setting)
        if known is None:  # a value of old, of a parameter that the law now fixes
            return
        try:
            known.on(self.holds_from)
        except Problem as problem:
            yield "holds_from", str(problem)
        try:
            known.check(self.new_value)
        except Problem as problem:
            yield "new_value", str(problem)
        if self.holds_from < clock.today() and not self.decision_no:
            yield "decision_no", "施行日期在今天以前，请写明当时的文号。"

    def __str__(self):
        return f"{self.setting} {self.new_value}"
