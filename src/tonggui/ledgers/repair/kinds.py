"""The words of repair work that jobs and claims share, and how the warranty groups them.

Basis: 机动车维修管理规定, the clause on the warranty: complete and unit repair, second-level maintenance, all else.
"""

from django.db.models import TextChoices


class JobKind(TextChoices):
    COMPLETE = "complete", "整车修理"
    UNIT = "unit_repair", "总成修理"
    SECOND = "second", "二级维护"
    FIRST = "first", "一级维护"
    SMALL = "small", "小修"
    SPECIAL = "special", "专项修理"


class VehicleSort(TextChoices):
    CAR = "car", "汽车和危货车辆"
    MOTORCYCLE = "motorcycle", "摩托车"
    OTHER = "other", "其他机动车"


#: Work after which an inspector signs the certificate of release (竣工出厂合格证).
CERTIFIED = (JobKind.COMPLETE, JobKind.UNIT, JobKind.SECOND)


def warranty_group(kind: str) -> str:
    """The line of the warranty that a kind of work falls under: major, second or minor."""
    if kind in (JobKind.COMPLETE, JobKind.UNIT):
        return "major"
    return "second" if kind == JobKind.SECOND else "minor"
