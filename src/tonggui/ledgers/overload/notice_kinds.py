"""Words of a notice: what a party is told of, by which way, and who carries it."""

from django.db.models import TextChoices


class Told(TextChoices):
    FACTS = "facts", "违法事实"
    INTENT = "intent", "违法行为通知书"
    REMINDER = "reminder", "催告到案"


class Way(TextChoices):
    SIGN = "sign", "情报板"
    TEXT = "text", "短信"
    APP = "app", "手机应用"
    LETTER = "letter", "挂号信"
    CALL = "call", "电话"
    ANNOUNCEMENT = "announcement", "公告"
    IN_PERSON = "in_person", "当面"


class ByGateway:
    """Which ways a machine can carry; whether the bureau has one is said when the outbox is handed over."""

    WAYS = (Way.SIGN, Way.TEXT, Way.APP)

    @classmethod
    def said_of(cls, way: str) -> str:
        return "发送网关，未配置网关的由人员发送" if way in cls.WAYS else "由人员办理"
