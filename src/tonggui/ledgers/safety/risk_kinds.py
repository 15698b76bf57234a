"""Words of a risk: how it was assessed, its grade and colour, what causes it, and at which level it is controlled."""

from django.db.models import TextChoices

from tonggui.statutes import risk as law


class Method(TextChoices):
    LEC = law.LEC, "LEC 法"
    MATRIX = law.MATRIX, "风险矩阵法"
    MINISTRY = law.MINISTRY, "行业规范评估法"


class RiskGrade(TextChoices):
    """The four grades; their colours go with them by rule: 红橙黄蓝."""

    MAJOR = law.MAJOR, "重大（红）"
    LARGER = law.LARGER, "较大（橙）"
    GENERAL = law.GENERAL, "一般（黄）"
    LOW = law.LOW, "低（蓝）"


class Cause(TextChoices):
    PEOPLE = "people", "人的因素"
    THINGS = "things", "物的因素"
    SURROUNDINGS = "surroundings", "环境因素"
    MANAGEMENT = "management", "管理因素"


class Holder(TextChoices):
    """At which level a risk is controlled: the higher the grade, the higher the level."""

    COUNTY = "county", "县级"
    BUREAU = "bureau", "局级"
    UNIT = "unit", "单位级"
    TEAM = "team", "班组级"
