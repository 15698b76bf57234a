"""The words of dangerous goods that several ledgers share: the nine classes, packing groups and packagings.

Basis: GB 6944 and JT/T 617.2-2018 for the classes, JT/T 617.5 for what a waybill says.
"""

from django.db.models import TextChoices


class GoodsClass(TextChoices):
    EXPLOSIVE = "1", "第1类爆炸品"
    GAS = "2", "第2类气体"
    LIQUID = "3", "第3类易燃液体"
    SOLID = "4", "第4类易燃固体"
    OXIDISING = "5", "第5类氧化性物质和有机过氧化物"
    TOXIC = "6", "第6类毒性物质和感染性物质"
    RADIOACTIVE = "7", "第7类放射性物质"
    CORROSIVE = "8", "第8类腐蚀性物质"
    OTHER = "9", "第9类杂项危险物质"


#: Classes whose vehicles need a parking area of their own with warning signs.
KEPT_APART = (GoodsClass.EXPLOSIVE, GoodsClass.TOXIC)


class PackingGroup(TextChoices):
    I = "I", "Ⅰ类包装"  # noqa: E741
    II = "II", "Ⅱ类包装"
    III = "III", "Ⅲ类包装"
    NONE = "none", "不划分"


class Packaging(TextChoices):
    TANK = "tank", "罐体"
    CYLINDER = "cylinder", "气瓶"
    DRUM = "drum", "桶"
    BOX = "box", "箱"
    BAG = "bag", "袋"
    CONTAINER = "container", "集装箱"
