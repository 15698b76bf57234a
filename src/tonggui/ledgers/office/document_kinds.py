"""What sort of document it is, and which sorts a meeting must pass before they bind."""

from django.db.models import TextChoices


class DocumentKind(TextChoices):
    SCHEME = "scheme", "方案"
    RULE = "rule", "制度"
    PLANNING = "planning", "规划"
    NOTICE = "notice", "通知"
    CIRCULAR = "circular", "通报"
    REPORT = "report", "报告请示"


DELIBERATED = (DocumentKind.SCHEME, DocumentKind.RULE, DocumentKind.PLANNING)
