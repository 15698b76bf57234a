"""项目节点: the chain of a transport project from its scheme to completion acceptance, and where its money comes from.

Basis: 政府投资条例 第九条 to 第十三条 (proposal, study, design, estimate), 公路法 第二十三条 and 第二十五条 (tender,
works approval), 建设工程质量管理条例 第十三条 and 第十六条 (quality registration, acceptance). The order is that in
which county projects are reported; a step rests on every step before it that the project has.
"""

from django.db.models import TextChoices


class Step(TextChoices):
    SCHEME = "scheme", "方案优化"
    PLANNING = "planning", "规委会"
    APPROVED = "approved", "立项"
    DESIGN = "design", "初步设计"
    SUBMITTED = "design_approval", "初设报批"
    DRAWINGS = "drawings", "施工图设计"
    DRAWINGS_CHECK = "drawings_check", "图审"
    COST_CHECK = "cost_check", "财评"
    TENDER = "tender", "招标"
    START = "start", "开工"
    HANDOVER = "handover", "交工验收"
    COMPLETION = "completion", "竣工验收"


class Stage(TextChoices):
    PLANNED = "planned", "前期工作"
    TENDER = "tender", "招标投标"
    BUILDING = "building", "在建"
    HANDED_OVER = "handed_over", "已交工"
    COMPLETED = "completed", "已竣工"


#: The stage a project has reached once a step is done; before the cost check it is in its preliminary work.
REACHED = {
    Step.COST_CHECK: Stage.TENDER,
    Step.TENDER: Stage.TENDER,
    Step.START: Stage.BUILDING,
    Step.HANDOVER: Stage.HANDED_OVER,
    Step.COMPLETION: Stage.COMPLETED,
}
#: Steps that no promise to hand papers in later can open: nobody starts unapproved, nothing opens unaccepted.
NEVER_WAIVED = (Step.START, Step.HANDOVER, Step.COMPLETION)


class FundSource(TextChoices):
    CENTRAL = "central", "中央"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    BOND = "bond", "债券"
    LOAN = "loan", "银行贷款"
    OWN = "own", "自筹"


#: Money from above (FIN-01); the city counts apart because summaries name 中央 and 省 alone.
SUPERIOR = (FundSource.CENTRAL, FundSource.PROVINCE)


def place_of(step: str) -> int:
    """The place of a step in the chain, from 0."""
    return Step.values.index(step)


def stage_after(step: str) -> str:
    """The stage of a project whose furthest step done is this one."""
    return REACHED.get(step, Stage.PLANNED)
