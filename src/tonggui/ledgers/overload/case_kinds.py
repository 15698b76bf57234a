"""Words of an overload case: how it was found, and why this bureau handles it."""

from django.db.models import TextChoices

#: States of a case that stands for no act any more: the act may be filed again.
NO_CASE = ("void", "not_filed", "dropped")


class Found(TextChoices):
    ROADSIDE = "roadside", "现场检查"
    OFF_SITE = "off_site", "非现场"
    JOINT = "joint", "联合执法"


class Jurisdiction(TextChoices):
    """行政处罚法 第二十二条, 第二十五条."""

    PLACE = "place", "违法行为发生地"
    FIRST = "first", "最先立案"
    ASSIGNED = "assigned", "上级指定"
