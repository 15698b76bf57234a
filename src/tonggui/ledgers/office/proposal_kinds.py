"""The few named values of a proposal: what it is, which part the bureau has in it, how it ended."""

from django.db.models import TextChoices


class ProposalKind(TextChoices):
    MOTION = "motion", "人大议案"
    SUGGESTION = "suggestion", "人大代表建议"
    PROPOSAL = "proposal", "政协提案"


class Part(TextChoices):
    SOLE = "sole", "独办"
    LEAD = "lead", "主办"
    HELPER = "helper", "会办"


class Topic(TextChoices):
    ROADS = "roads", "公路建设"
    UPKEEP = "upkeep", "养护和路域"
    BUS = "bus", "公交客运"
    SAFETY = "safety", "安全和治超"
    WATER = "water", "水路渡口"
    OTHER = "other", "其他事项"


class Outcome(TextChoices):
    A = "A", "A 类（已解决或采纳）"
    B = "B", "B 类（列入计划）"
    C = "C", "C 类（条件所限，作解释）"
    D = "D", "D 类（供参考）"


class Verdict(TextChoices):
    SATISFIED = "satisfied", "满意"
    FAIRLY = "fairly", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"
