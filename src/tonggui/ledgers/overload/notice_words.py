"""What a notice says where nobody wrote it: short on the sign, a sentence in a message, the whole in a letter."""

from typing import TYPE_CHECKING

from tonggui.base.clock import CHINA
from tonggui.ledgers.overload.notice_kinds import Told, Way

if TYPE_CHECKING:
    from tonggui.ledgers.overload.notice import Notice


def words_of(notice: "Notice") -> str:
    """The words of one notice, from its case, else from its pass."""
    case, found = notice.overload_case, notice.doubted_pass
    source = case or found
    if source is None:
        return ""
    over = max(source.gross_kg - source.limit_kg, 0)
    where = f"，请到{notice.unload_at}卸载" if notice.unload_at else ""
    if notice.told_by == Way.SIGN:
        return f"{notice.plate} 总质量{source.gross_kg / 1000:.1f}t 超限{over / 1000:.1f}t{where}"
    if notice.told_of == Told.INTENT and case is not None:
        fine = f"，拟罚款{case.noticed_fine:f}元" if case.noticed_fine else "，拟予警告"
        return (
            f"{notice.told_party or notice.plate}：{case.facts}现送达违法行为通知书{case.intent_no}{fine}。"
            "您有权在收到后的法定期限内陈述、申辩。"
        )
    said = (
        f"{_when(notice)}，{notice.plate}车辆{_place(source)}检测，车货总质量{source.gross_kg}kg，限值{source.limit_kg}kg，"
        f"超限{over}kg，涉嫌违法超限运输{where}。"
    )
    if notice.told_of == Told.REMINDER:
        return f"【催告】{said}您至今未接受调查处理，请尽快到案，可以查询、陈述和申辩。"
    return f"{said}请在期限内接受调查处理，可以查询、陈述和申辩。"


def _when(notice: "Notice") -> str:
    case, found = notice.overload_case, notice.doubted_pass
    at = case.acted_at if case is not None else found.passed_at if found is not None else None
    if at is not None:
        return f"{at.astimezone(CHINA):%Y年%-m月%-d日%-H时%-M分}"
    return f"{case.happened_on:%Y年%-m月%-d日}" if case is not None else ""


def _place(source) -> str:
    return f"经{source.point}" if source.point_id else ""
