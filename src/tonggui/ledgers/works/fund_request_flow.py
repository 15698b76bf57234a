"""How money is asked for: prepared, sent up, granted by a document, on the account; or declined and tried again.

A granted request opens its batch in the ledger of funds, and money has arrived when that batch is confirmed with it.
"""

from tonggui.ledgers.works.fund import Fund
from tonggui.register.actor import acting
from tonggui.register.declare import Move, State, Workflow


def open_batch(request, actor) -> None:
    """The batch that was promised, waiting for its arrival."""
    batch = Fund(
        project=request.project,
        unit=request.unit,
        is_example=request.is_example,
        fund_purpose=request.matter,
        money_source=request.money_source,
        fund_no=request.reply_no,
        request=request,
        planned_fund=request.granted_fund,
        due_on=request.pay_due_on,
    )
    with acting(actor, f"{request.number}批复", action="create"):
        batch.save()


def why_not_arrived(request) -> str:
    """Money counts as arrived when its batch is confirmed with it."""
    batches = Fund._base_manager.filter(request=request.pk, state="confirmed", arrived_fund__gt=0)
    return "" if batches.exists() else "项目资金里还没有审核通过的到位记录。"


class FundRequestFlow(Workflow):
    preparing = State("谋划申报", start=True)
    fund_applied = State("申请已上报", due="reply_by", confirmed=True)
    fund_granted = State("已批复", due="pay_due_on", confirmed=True)
    fund_arrived = State("已到位", final=True, confirmed=True)
    not_supported = State("未获支持", final=True, confirmed=True, tone="void")

    apply_fund = Move(
        preparing >> fund_applied,
        "上报申请",
        by="project_officer",
        takes=("fund_applied_on", "application_no", "reply_by"),
        needs=("application_no",),
        recall=False,
    )
    record_grant = Move(
        fund_applied >> fund_granted,
        "登记批复",
        by="project_officer",
        takes=("replied_on", "reply_no", "granted_fund", "pay_due_on"),
        needs=("replied_on", "reply_no", "granted_fund"),
        then=open_batch,
    )
    confirm_arrival = Move(
        fund_granted >> fund_arrived, "确认到位", by=("project_officer", "director"), check=why_not_arrived
    )
    note_declined = Move(
        fund_applied >> not_supported, "未获支持", by="project_officer", comment=True, takes=("replied_on",)
    )
    again = Move(not_supported >> preparing, "再次申报", by="project_officer", comment=True)
