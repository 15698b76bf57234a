"""How an altered truck is restored: told in writing, restored by its owner, verified by another officer.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令) 第四十五条 for the copy to the traffic police on the way.
"""

from tonggui.register.declare import Move, State, Workflow


class ModifiedTruckFlow(Workflow):
    altered = State("待责令恢复", start=True, confirmed=True)
    told_to_restore = State("待恢复", confirmed=True, due="restore_by")
    restored = State("待核验", confirmed=True)
    as_approved = State("已恢复原状", final=True, confirmed=True)
    written_off = State("车辆报废注销", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    tell = Move(
        altered >> told_to_restore,
        "责令恢复",
        by="overload_officer",
        takes=("restore_by",),
        needs=("restore_by",),
        numbers={"restore_order_no": "{bureau}责恢〔{year}〕{seq:04}号"},
        recall=False,
    )
    restore = Move(
        told_to_restore >> restored,
        "报告恢复",
        by=("overload_officer", "enterprise"),
        takes=("restored_on", "restored_photos"),
        needs=("restored_on", "restored_photos"),
    )
    confirm_restored = Move(restored >> as_approved, "核验通过", by="overload_officer", not_same_as="restore")
    not_restored = Move(restored >> told_to_restore, "核验不通过", by="overload_officer", comment=True)
    copy = Move(
        told_to_restore >> told_to_restore,
        "抄告",
        by="overload_officer",
        takes=("copied_on",),
        needs=("copied_on",),
    )
    write_off = Move((altered | told_to_restore) >> written_off, "报废注销", by="overload_officer", comment=True)
    cancel = Move((altered | told_to_restore) >> void, "作废", by="director", comment=True)
