"""How the survey of a hamlet goes up: checked by the town, compared by the county, sent up, planned, built.

Whoever looked at the place does not compare it as well, so that two people have seen every row that goes up.
"""

from tonggui.register.declare import Move, State, Workflow


class HamletFlow(Workflow):
    draft = State("草稿", start=True)
    checked = State("乡镇已核实")
    compared = State("县级已核对", confirmed=True)
    sent_up = State("已上报", confirmed=True)
    waiting = State("待上级文件", confirmed=True)
    scheduled = State("已列计划", confirmed=True)
    built = State("已建成", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    check_on_site = Move(
        draft >> checked,
        "现场核实",
        by=("road_chief", "road_officer"),
        takes=("town_checked_on",),
        needs=("town_checked_on",),
    )
    compare = Move(
        checked >> compared,
        "县级核对",
        by="road_officer",
        takes=("overlaps",),
        needs=("overlaps",),
        not_same_as="check_on_site",
    )
    send_back = Move(checked >> draft, "退回", by="road_officer", comment=True)
    send_up = Move(compared >> sent_up, "上报", by="road_officer", takes=("sent_up_on",), needs=("sent_up_on",))
    wait = Move(sent_up >> waiting, "等待文件", by="road_officer", takes=("awaited",), needs=("awaited",))
    schedule = Move(
        (sent_up | waiting) >> scheduled,
        "列入计划",
        by="road_officer",
        takes=("plan_year", "project"),
        needs=("plan_year",),
    )
    build = Move(scheduled >> built, "建成通路", by="road_officer", takes=("built_on",), needs=("built_on",))
    cancel = Move((draft | checked | compared) >> void, "作废", by="director", comment=True)
