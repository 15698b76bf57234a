"""安全生产责任书: the year's letters from the bureau down to firms and posts, as a tree, and how each was kept.

Basis: 安全生产法 第四条 and 第二十二条 (post responsibilities, scope, assessment). A letter names its upper one, so the
tree shows to whom the year's targets have reached and to whom they have not (层层签订).
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Amount,
    Bars,
    Choice,
    Count,
    Day,
    Every,
    Files,
    Integer,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Tree,
    Workflow,
    Year,
    own,
    within_unit,
)
from tonggui.statutes.responsibility import LETTER_GRACE


class Verdict(TextChoices):
    EXCELLENT = "excellent", "优秀"
    QUALIFIED = "qualified", "合格"
    FAILED = "failed", "不合格"
    VETOED = "vetoed", "一票否决"


class Letter(Record):
    """One letter of one year. `unit` is who hands it down; a unit, a firm or a person takes it."""

    number = Number("ZRS{year}{seq:04}")
    letter_year = Year("责任年度")
    above = Link("safety.Letter", "上级责任书", optional=True)
    taken_by_unit = Link("parties.Unit", "签订单位", optional=True)
    enterprise = Link("parties.Enterprise", "签订企业", optional=True)
    taken_by = Link("parties.Person", "签订人")
    deaths_most = Integer("死亡控制指标", unit="人", least=0, default=0, total=False)
    fix_rate = Amount("隐患整改率目标", unit="%", places=1, least=0, most=100, default=100, total=False)
    targets = LongText("责任目标")
    veto = Text("一票否决事项", optional=True, max_length=120)
    signed_on = Day("签订日期", optional=True, index=True)
    file = Files("责任书扫描件")
    checked_on = Day("年中检查日期", optional=True)
    score = Amount("年终得分", places=1, least=0, most=100, optional=True, total=False)
    verdict = Choice(Verdict, "考核结论", optional=True)

    class Flow(Workflow):
        drafted = State("待签订", start=True)
        signed = State("已签订", confirmed=True, tone="done")
        assessed = State("已考核", final=True, confirmed=True)
        void = State("作废", final=True, tone="void")

        sign = Move(
            drafted >> signed,
            "签订",
            by=("safety_officer", "director"),
            needs=("signed_on", "file"),
            takes=("signed_on", "file"),
        )
        look = Move(signed >> signed, "年中检查", by="safety_officer", needs=("checked_on",), comment=True)
        assess = Move(
            signed >> assessed,
            "年终考核",
            by="safety_officer",
            needs=("score", "verdict"),
            takes=("score", "verdict"),
            not_same_as="sign",
        )
        cancel = Move((drafted | signed) >> void, "作废", by="director", comment=True)

    class Page(Ledger):
        title = "安全生产责任书"
        columns = "number letter_year unit taken_by_unit enterprise taken_by signed_on score verdict state"
        filters = "signed_on unit state verdict enterprise taken_by_unit"
        search = "number taken_by__name enterprise__name"
        form = [
            Section("签订双方", "letter_year above unit taken_by_unit enterprise taken_by"),
            Section("目标", "deaths_most fix_rate targets veto"),
            Section("签订与考核", "signed_on file checked_on score verdict"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"safety_officer": within_unit}
        imports = Sheet(
            "安全生产责任书导入模板",
            columns="letter_year taken_by_unit enterprise taken_by deaths_most fix_rate targets veto",
        )
        exports = (
            "number letter_year unit above taken_by_unit enterprise taken_by deaths_most fix_rate targets signed_on "
            "checked_on score verdict state"
        )
        duties = (
            Every(
                "year", "企业签订安全生产责任书", on="signed_on", per="enterprise", grace=LETTER_GRACE, confirmed=True
            ),
            Every(
                "year",
                "单位签订安全生产责任书",
                on="signed_on",
                per="taken_by_unit",
                grace=LETTER_GRACE,
                confirmed=True,
            ),
        )
        pictures = (
            Tree("责任书树", parent="above", note="taken_by signed_on verdict"),
            Bars("签订情况", by="unit", stack="state"),
        )
        example = dict(
            letter_year="2026",
            taken_by=None,
            enterprise=None,
            targets="不发生一般及以上责任事故，两客一危车辆入网率、上线率达标",
            veto="发生较大及以上责任事故",
        )

    class Measures:
        signed = Count("签订责任书", on="signed_on", where=Q(state__in=("signed", "assessed")), unit="份")

    def faults(self):
        """One side takes the letter, as a unit or as a firm; an upper letter is of the same year and another's."""
        if (self.taken_by_unit_id is None) == (self.enterprise_id is None):
            yield "enterprise", "“签订单位”和“签订企业”填且只填一个。"
        if self.above and self.above_id == self.pk:
            yield "above", "“上级责任书”不能是自己。"
        elif self.above and self.above.letter_year != self.letter_year:
            yield "above", f"上级责任书是 {self.above.letter_year} 年度的。"
        if self.verdict == Verdict.VETOED and not self.veto:
            yield "verdict", "责任书没有写明一票否决事项，不能作此结论。"

    def __str__(self):
        return f"{self.letter_year} 年 {self.taken_by.name}"
