"""Words of a road problem: how it came to be known, what it is, and which works it needs."""

from django.db.models import TextChoices


class Origin(TextChoices):
    PATROL = "patrol", "巡查发现"
    SURVEY = "survey", "养护摸底"
    PUBLIC = "public", "群众反映"
    SUPERIOR = "superior", "上级交办"
    MEDIA = "media", "媒体曝光"
    TEST = "test", "检测评定"


class ProblemKind(TextChoices):
    PAVEMENT = "pavement", "路面病害"
    SUBGRADE = "subgrade", "路基边坡"
    DRAIN = "drain", "排水不畅"
    BRIDGE = "bridge", "桥涵"
    SIGN = "sign", "标志标线"
    GUARD = "guard", "安防设施"
    DIRT = "dirt", "保洁"
    GREEN = "green", "绿化"
    FLOOD = "flood", "水毁"


class Works(TextChoices):
    URGENT = "urgent", "应急养护"
    ROUTINE = "routine", "日常养护"
    MINOR = "minor", "小修"
    MEDIUM = "medium", "中修"
    MAJOR = "major", "大修"
    BRIDGE = "bridge", "危桥改造"
