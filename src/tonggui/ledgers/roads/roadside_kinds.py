"""Words of road land: what is found on it, the clause each kind breaks, and how it was cleared."""

from django.db.models import TextChoices


class RoadsideKind(TextChoices):
    STALL = "stall", "摆摊设点"
    BILLBOARD = "billboard", "广告牌"
    WORKS = "works", "涉路施工"
    THRESHING = "threshing", "打场晒粮"
    HEAP = "heap", "堆放物品"
    RUBBISH = "rubbish", "倾倒垃圾"
    DITCH = "ditch", "挖沟引水"
    CROP = "crop", "种植作物"
    BUILDING = "building", "控制区内建筑"
    DAMAGE = "damage", "损坏附属设施"


_LAND = "公路安全保护条例第十六条第二款"
CLAUSES = {
    RoadsideKind.BILLBOARD: "公路法第五十四条",
    RoadsideKind.WORKS: "公路安全保护条例第二十七条",
    RoadsideKind.BUILDING: "公路安全保护条例第十三条第一款",
    RoadsideKind.DAMAGE: "公路安全保护条例第二十五条",
}


class Clearing(TextChoices):
    SELF = "self", "当事人自行清理"
    JOINT = "joint", "联合清理"
    FORCED = "forced", "依法拆除"
