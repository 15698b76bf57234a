"""Words of a dangerous road site: what makes it dangerous, its design speed, and the measures that make it safe."""

from django.db.models import TextChoices


class SiteKind(TextChoices):
    BEND = "bend", "急弯陡坡"
    CLIFF = "cliff", "临崖"
    WATER = "water", "临水"
    DOWNHILL = "downhill", "长下坡"
    SIGHT = "sight", "视距不良"
    JUNCTION = "junction", "平交路口"
    VILLAGE = "village", "村口、学校路口"
    NARROW = "narrow", "窄桥"
    SLOPE = "slope", "不稳定边坡"


class DesignSpeed(TextChoices):
    FORTY = "40", "40 公里/小时"
    THIRTY = "30", "30 公里/小时"
    TWENTY = "20", "20 公里/小时"
