"""The two reviews of a doubted pass: 初审, 复审 by another officer, or 不采用 with its reason.

Basis: 行政处罚法 (2021) 第四十一条: a record that was not reviewed is no evidence. Neither review can pass a record
whose evidence is incomplete (`pass_evidence.py`); both are due together (`statutes.overloading.reviewing`).
"""

from django.db.models import TextChoices

from tonggui.ledgers.overload.pass_evidence import lacking
from tonggui.register.declare import Move, State, Workflow

REASON = ("reject_reason",)


class RejectReason(TextChoices):
    PERMIT = "permit", "持有效超限运输通行证"
    CLONED = "cloned", "号牌疑似套牌"
    UNCLEAR = "unclear", "图像不清"
    STRADDLED = "straddled", "跨道或跟车过近"
    UNCALIBRATED = "uncalibrated", "设备检定无效"
    REPEATED = "repeated", "同一行程已在他处记录"
    INCOMPLETE = "incomplete", "证据不完整"
    OTHER = "other", "其他"


class DoubtedPassFlow(Workflow):
    found = State("待初审", start=True, due="pass_review_by")
    reviewed = State("待复审", due="pass_review_by")
    accepted = State("已入库", final=True, confirmed=True)
    rejected = State("不采用", final=True, confirmed=True, tone="void")

    review = Move(found >> reviewed, "初审通过", by="overload_officer", check=lacking)
    accept = Move(reviewed >> accepted, "复审入库", by="overload_officer", not_same_as="review", check=lacking)
    send_back = Move(reviewed >> found, "退回初审", by="overload_officer", comment=True)
    reject = Move((found | reviewed) >> rejected, "不采用", by="overload_officer", needs=REASON, takes=REASON)
