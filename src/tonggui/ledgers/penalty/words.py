"""Words of a penalty case: its party, its procedure, how a decision is served, when cash may be taken."""

from django.db.models import TextChoices


class PartyKind(TextChoices):
    PERSON = "person", "公民"
    ENTITY = "entity", "单位"


class Procedure(TextChoices):
    ORDINARY = "ordinary", "普通程序"
    SPOT = "spot", "简易程序"


class Service(TextChoices):
    DIRECT = "direct", "直接送达"
    LEFT = "left", "留置送达"
    POST = "post", "邮寄送达"
    ELECTRONIC = "electronic", "电子送达"
    ANNOUNCED = "announced", "公告送达"


class CashGround(TextChoices):
    """行政处罚法 第六十八条, 第六十九条: the three cases in which an officer takes the money."""

    SMALL = "small", "一百元以下罚款"
    HARD_LATER = "hard_later", "不当场收缴事后难以执行"
    REMOTE = "remote", "边远、水上、交通不便且当事人提出"
