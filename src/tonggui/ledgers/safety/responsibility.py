"""安全责任矩阵: which leader answers for which domain of which unit, and in what part (党政同责、一岗双责).

Basis: 安全生产法 第三条 (三个必须, 党政同责、一岗双责), 第四条 and 第二十二条. Each domain of each unit has exactly one
person in the first place at any time; whoever is missing is seen on the board.
"""

from django.db.models import Q, TextChoices

from tonggui.ledgers.safety.domains import Domain
from tonggui.register.declare import (
    Board,
    Choice,
    Count,
    Day,
    Files,
    Ledger,
    Link,
    LongText,
    Number,
    Record,
    Section,
    Sheet,
    Standing,
    Text,
    anyone,
)


class Part(TextChoices):
    FIRST = "first", "主要领导（第一责任人）"
    SAFETY = "safety", "分管安全领导"
    BUSINESS = "business", "分管业务领导（一岗双责）"
    SECTION = "section", "股室（站所）负责人"
    OFFICER = "officer", "具体经办人"


#: Parts of which each domain of a unit has one holder at a time.
SINGLE = (Part.FIRST, Part.SAFETY, Part.BUSINESS)


class Responsibility(Record):
    """One cell of the matrix, from a day on until another."""

    number = Number("ZR{seq:04}")
    leader = Link("parties.Person", "任责人员")
    part = Choice(Part, "责任类别")
    domain = Choice(Domain, "领域")
    duties = LongText("责任内容")
    basis = Text("分工文件", optional=True, max_length=80, hint="领导分工通知的文号")
    since = Day("任责起始日期")
    until = Day("任责终止日期", optional=True)
    file = Files("责任清单")

    class Flow(Standing, keeps=("safety_officer", "admin")):
        pass

    class Page(Ledger):
        title = "安全责任矩阵"
        columns = "number unit domain part leader duties since until state"
        filters = "since unit domain part leader state"
        search = "number leader__name duties"
        form = [
            Section("责任", "unit domain part leader duties"),
            Section("依据", "basis since until file"),
        ]
        read = {"county": anyone}
        write = {"safety_officer": anyone, "admin": anyone}
        imports = Sheet("安全责任矩阵导入模板", columns="unit domain part leader duties basis since until")
        exports = "number unit domain part leader duties basis since until state"
        sort = "number"
        pictures = (
            Board("按领域", by="domain", card="leader part unit"),
            Board("按责任类别", by="part", card="leader domain unit"),
        )
        example = dict(
            leader=None,
            part=Part.SECTION,
            domain=Domain.ROAD,
            duties="道路运输企业安全监督检查，隐患督促整改",
            since="2026-01-01",
        )

    class Measures:
        posts = Count("在任安全责任", unit="项")

    def faults(self):
        """No two people hold the same single part of a domain of a unit on the same day."""
        if self.since and self.until and self.until < self.since:
            yield "until", "“任责终止日期”早于起始日期。"
        elif self.part in SINGLE and self.unit_id and self.since and (other := self.rival()):
            yield "leader", f"{other.since} 起已由{other.leader.name}任{self.get_part_display()}，请先填写其终止日期。"

    def rival(self):
        """Another holder of the same single part on one of these days."""
        others = Responsibility._base_manager.filter(
            unit=self.unit_id, domain=self.domain, part=self.part, state="in_use"
        ).exclude(pk=self.pk)
        others = others.filter(Q(until__isnull=True) | Q(until__gte=self.since))
        if self.until:
            others = others.filter(since__lte=self.until)
        return others.select_related("leader").first()

    def __str__(self):
        return f"{self.leader.name} {self.get_part_display()}（{self.get_domain_display()}）"
