"""How a start is agreed: the list is handed in, reviewed by another person, agreed or sent back to be put right.

Basis: 公路水运工程平安工地建设管理办法 第四条: no site starts before every item passes.
"""

from django.db.models import TextChoices

from tonggui.register.declare import Move, State, Workflow


class Occasion(TextChoices):
    START = "start", "新开工"
    HOLIDAY = "holiday", "节后复工"
    STOPPED = "stopped", "停工后复工"
    ENTRY = "entry", "队伍进场"


class Verdict(TextChoices):
    PASS = "pass", "符合"
    FAIL = "fail", "不符合"
    NONE = "none", "不涉及"


#: The items of the list; those of a start alone do not stand against a restart.
ITEMS = (
    "works_approval",
    "quality_registered",
    "site_staff",
    "trained",
    "special_plans",
    "machines_checked",
    "protection_ready",
    "power_fire",
    "emergency_ready",
    "traffic_plan",
)
OF_A_START = ("works_approval", "quality_registered")


def failed_items(check) -> list[str]:
    """Labels of the items that do not pass; what only a start must have may be 不涉及 on a restart alone."""
    bad = [name for name in ITEMS if getattr(check, name) == Verdict.FAIL]
    if check.occasion == Occasion.START:
        bad += [name for name in OF_A_START if getattr(check, name) == Verdict.NONE]
    return [check.kinds[name].label for name in bad]


def why_not_pass(check) -> str:
    """Every item passes."""
    bad = failed_items(check)
    return f"{'、'.join(f'“{label}”' for label in bad)}不符合要求，整改复查后才能同意开工。" if bad else ""


class StartCheckFlow(Workflow):
    draft = State("草稿", start=True)
    review = State("待复核")
    failed = State("停工整改", confirmed=True)
    start_agreed = State("同意开工", final=True, confirmed=True)

    submit_check = Move(draft >> review, "提交复核", by=("project_officer", "safety_officer"))
    agree_start = Move(
        review >> start_agreed,
        "同意开工",
        by=("safety_officer", "director"),
        takes=("agreed_on",),
        needs=("agreed_on",),
        check=why_not_pass,
        not_same_as=("submit_check", "resubmit"),
    )
    refuse_start = Move(
        review >> failed,
        "不同意开工",
        by=("safety_officer", "director"),
        comment=True,
        not_same_as=("submit_check", "resubmit"),
    )
    resubmit = Move(
        failed >> review,
        "整改后报复核",
        by=("project_officer", "safety_officer"),
        takes=("start_fix", *ITEMS),
        needs=("start_fix",),
    )
