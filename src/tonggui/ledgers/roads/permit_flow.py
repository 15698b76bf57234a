"""How a permit for works on a road is given: applied, taken in, decided, works done and accepted.

Basis: 公路安全保护条例 第二十八条 (three documents; the police agree where traffic is affected),
第二十九条 (acceptance).
"""

from django.db.models import TextChoices

from tonggui.register.declare import Choices, Move, State, Workflow


class Material(TextChoices):
    DESIGN = "design", "设计和施工方案"
    SAFETY = "safety", "技术评价报告"
    EMERGENCY = "emergency", "应急方案"


def why_not_accept(permit):
    """The three documents of article 28 are there."""
    missing = [material.label for material in Material if material not in Choices.codes(permit.materials)]
    return f"申请材料不齐，缺{'、'.join(missing)}。" if missing else ""


def needed_to_grant(permit):
    """Number and time of the works, and the day the police agreed where traffic is affected."""
    police = ("police_agreed_on",) if permit.affects_traffic else ()
    return ("decided_on", "works_from", "works_until", *police)


class PermitFlow(Workflow):
    applied = State("待受理", start=True)
    reviewing = State("审查中", due="decide_by")
    licensed = State("许可施工", due="works_until", confirmed=True)
    to_be_accepted = State("待验收", confirmed=True)
    works_passed = State("已验收", final=True, confirmed=True)
    denied = State("不予许可", final=True, confirmed=True, tone="void")
    void = State("作废", final=True, tone="void")

    take_in = Move(
        applied >> reviewing,
        "受理",
        by="road_officer",
        takes=("materials", "accepted_on"),
        needs=("accepted_on", "materials"),
        check=why_not_accept,
    )
    license_works = Move(
        reviewing >> licensed,
        "准予许可",
        by="director",
        takes=("police_agreed_on", "decided_on", "works_from", "works_until", "protection", "permit_no"),
        needs=needed_to_grant,
        numbers={"permit_no": "{bureau}路许〔{year}〕{seq}号"},
        recall=False,
    )
    deny = Move(reviewing >> denied, "不予许可", by="director", takes=("decided_on",), comment=True)
    complete_works = Move(licensed >> to_be_accepted, "完工", by="road_officer")
    accept_works = Move(
        to_be_accepted >> works_passed,
        "验收通过",
        by=("road_officer", "director"),
        takes=("works_passed_on", "restoration"),
        needs=("works_passed_on", "restoration"),
    )
    cancel = Move((applied | reviewing) >> void, "作废", by="director", comment=True)
