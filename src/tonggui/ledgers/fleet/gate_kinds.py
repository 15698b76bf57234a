"""The gates of entry and supervision, and the technical grades of a vehicle."""

from django.db.models import TextChoices


class GateKind(TextChoices):
    FIRM = "firm", "市场准入关"
    VEHICLE = "vehicle", "车辆技术状况关"
    DRIVER = "driver", "从业人员资格关"
    STATION = "station", "客运站安全监督"


class TechnicalGrade(TextChoices):
    FIRST = "first", "一级车"
    SECOND = "second", "二级车"
    BELOW = "below", "未达二级"
