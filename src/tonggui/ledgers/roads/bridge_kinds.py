"""Words of a bridge: its size, structure, class of condition and the measures of a dangerous one."""

from django.db.models import TextChoices


class Size(TextChoices):
    EXTRA = "extra", "特大桥"
    LARGE = "large", "大桥"
    MEDIUM = "medium", "中桥"
    SMALL = "small", "小桥"


class Structure(TextChoices):
    SLAB = "slab", "板桥"
    BEAM = "beam", "梁桥"
    ARCH = "arch", "拱桥"
    MASONRY = "masonry", "圬工拱桥"
    FRAME = "frame", "刚构桥"
    CABLE = "cable", "斜拉桥、悬索桥"


class Rating(TextChoices):
    FIRST = "1", "一类"
    SECOND = "2", "二类"
    THIRD = "3", "三类"
    FOURTH = "4", "四类"
    FIFTH = "5", "五类"


class Measure(TextChoices):
    LOAD = "load", "限载"
    SPEED = "speed", "限速"
    BARRIER = "barrier", "限宽限高"
    WATCH = "watch", "专人值守"
    MONITOR = "monitor", "变形监测"
    PROP = "prop", "临时支撑"
