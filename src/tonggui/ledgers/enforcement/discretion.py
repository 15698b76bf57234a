"""裁量基准台账: for each unlawful act and degree, the band within which a fine lies, as the bureau has published it.

Basis: 行政处罚法 (2021) 第三十四条: discretion bases are published; 第三十三条 for minor and first breaches. The bureau
enters the table that is in force at its place, with the band_document it stands in; none comes with the system. A case
names its line, and a fine outside the band wants its reason and a group discussion (既防宽松软，也防逐利执法).
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Ledger,
    LongText,
    Money,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    anyone,
    derive,
)
from tonggui.statutes.enforcement import DISCRETION_CHECK


class Degree(TextChoices):
    SLIGHT = "slight", "轻微"
    LIGHT = "light", "较轻"
    ORDINARY = "ordinary", "一般"
    HEAVY = "heavy", "较重"
    SERIOUS = "serious", "严重"


class Discretion(Record):
    """One line of the published table: an act, a degree, its factors and its band."""

    number = Number("JZ{seq:05}")
    act = Text("违法行为", max_length=80)
    degree = Choice(Degree, "违法程度")
    factors = LongText("裁量因素")
    clause = Text("违反条款", max_length=120)
    penalty_clause = Text("处罚依据", max_length=120)
    law_lowest = Money("法定罚款下限", least=0, total=False)
    law_highest = Money("法定罚款上限", least=0, total=False)
    lowest = Money("裁量下限", least=0, total=False)
    highest = Money("裁量上限", least=0, total=False)
    band_document = Text("发布文件", max_length=80)
    in_force_from = Day("启用日期", index=True)
    verified_on = Day("核实日期", optional=True)
    check_by = Day("应核对日期", optional=True, index=True)

    @derive("in_force_from", "verified_on")
    def derive_check_by(self):
        """A year after the table came into force or was last compared with the law."""
        return DISCRETION_CHECK.due(self.verified_on or self.in_force_from)

    def holds(self, fine) -> bool:
        """Whether a fine in yuan lies in the band."""
        return self.lowest <= fine <= self.highest

    def faults(self):
        """The band lies within what the law allows."""
        if self.law_lowest > self.law_highest:
            yield "law_highest", "“法定罚款上限”小于下限，请核对。"
        if self.lowest > self.highest:
            yield "highest", "“裁量上限”小于裁量下限，请核对。"
        elif self.highest > self.law_highest:
            yield "highest", f"“裁量上限”超过法定罚款上限 {self.law_highest:f} 元。"
        if self.lowest < self.law_lowest and self.degree not in (Degree.SLIGHT, Degree.LIGHT):
            yield (
                "lowest",
                f"“裁量下限”低于法定下限 {self.law_lowest:f} 元。减轻处罚须有法定情形，一般以上程度不得低于下限。",
            )

    class Flow(Workflow):
        draft = State("草稿", start=True)
        in_force = State("启用", confirmed=True, tone="done", due="check_by")
        abolished = State("已废止", final=True, confirmed=True, tone="void")

        enforce = Move(draft >> in_force, "启用", by="director", takes=("in_force_from",))
        recheck = Move(
            in_force >> in_force,
            "核对无变化",
            by="legal_officer",
            takes=("verified_on",),
            needs=("verified_on",),
        )
        abolish = Move(in_force >> abolished, "废止", by="director", comment=True)

    class Page(Ledger):
        title = "裁量基准"
        columns = "number act degree lowest highest penalty_clause band_document in_force_from check_by state"
        filters = "in_force_from degree state check_by"
        search = "number act factors penalty_clause band_document"
        names = "number"
        form = [
            Section("行为", "act degree factors clause penalty_clause"),
            Section("幅度", "law_lowest law_highest lowest highest"),
            Section("发布", "band_document in_force_from verified_on check_by"),
        ]
        read = {"county": anyone}
        write = {"legal_officer": anyone}
        imports = Sheet(
            "裁量基准导入模板",
            columns=(
                "act degree factors clause penalty_clause law_lowest law_highest lowest highest band_document "
                "in_force_from"
            ),
        )
        exports = (
            "number act degree factors clause penalty_clause law_lowest law_highest lowest highest band_document "
            "in_force_from verified_on state"
        )
        sort = "act"
        watches = (Watch("check_by", "裁量基准应核对", lead=30, where=Q(state="in_force"), tell="legal_officer"),)
        example = dict(
            act="未取得道路客运经营许可从事道路客运经营（示例）",
            degree=Degree.ORDINARY,
            factors="首次被查获，违法所得不足二万元，配合调查（示例）",
            clause="道路运输条例第十条",
            penalty_clause="道路运输条例第六十三条第二项",
            law_lowest="10000",
            law_highest="100000",
            lowest="10000",
            highest="30000",
            band_document="示例省交通运输行政处罚裁量基准",
            in_force_from="2024-01-01",
        )

    class Measures:
        lines = Count("裁量基准条目", where=Q(state="in_force"), unit="条")

    def __str__(self):
        return f"{self.act}（{self.get_degree_display()}）"
