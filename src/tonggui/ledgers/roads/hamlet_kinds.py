"""Words of a hamlet's survey: whether it has a road, and what stands in the way of one."""

from django.db.models import TextChoices


class HasRoad(TextChoices):
    YES = "yes", "已通硬化路"
    PARTLY = "partly", "部分硬化"
    BELOW = "below", "通达不达标"
    NO = "no", "未通"


class Obstacle(TextChoices):
    FARMLAND = "farmland", "永久基本农田"
    REDLINE = "redline", "生态保护红线"
    WATER = "water", "水源保护区"
    FOREST = "forest", "林地"
    HOUSES = "houses", "房屋拆迁"
    TERRAIN = "terrain", "地形受限"
