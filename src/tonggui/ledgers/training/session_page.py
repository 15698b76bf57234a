"""The page of training sessions: what a reviewer sees, imports and samples, and when a trainee's number goes.

Basis: 个人信息保护法 第十九条 (kept no longer than needed); 机动车驾驶员培训管理规定 for how long records are kept.
"""

from tonggui.register.declare import Bars, FollowUp, Ledger, Purge, Section, Sheet, own, within_unit
from tonggui.statutes.training import RECORDS_KEPT_DAYS

SHEET = (
    "coach car fence syllabus_part way train_minutes teaching_minutes minutes_out distance_km photo_count place "
    "hours_uploaded_at"
)


class SessionPage(Ledger):
    title = "学时记录"
    columns = "number starts_at trainee_no coach way train_minutes hours_valid hours_out doubt_notes state"
    filters = "trained_day unit enterprise school syllabus_part way doubtful state hours_review_by"
    search = "number trainee_no coach__name school__name"
    form = [
        Section("培训", "trainee_no coach school enterprise car fence syllabus_part way"),
        Section("时间", "starts_at train_minutes teaching_minutes minutes_out signed_out_at trained_day"),
        Section("记录", "distance_km photo_count place sign_out_place hours_uploaded_at"),
        Section("审核", "hours_valid hours_out doubt_notes hours_review_by reviewed_day appeal_reason"),
    ]
    read = {"county": within_unit, "enterprise": own("enterprise")}
    write = {"transport_officer": within_unit, "clerk": within_unit}
    imports = Sheet("学时记录导入模板", key="trainee_no starts_at", columns=SHEET)
    exports = (
        "number trainee_no school coach car fence syllabus_part way starts_at train_minutes teaching_minutes "
        "minutes_out distance_km photo_count hours_uploaded_at hours_valid hours_out doubt_notes reviewed_day state"
    )
    sort = "-starts_at"
    unit_from = "coach"
    map = "place"
    purges = (
        Purge("trainee_no", after="trained_day", days=RECORDS_KEPT_DAYS, basis="机动车驾驶员培训管理规定（培训档案）"),
    )
    pictures = (Bars("各驾校有效学时", by="school", of="hours_valid"),)
    follow_ups = (FollowUp("enforcement.clue", "登记违法线索", {"content": "doubt_notes"}, states="not_counted"),)
    example = dict(
        trainee_no="XY0000001",
        coach=None,
        starts_at="2026-03-02 08:30",
        train_minutes=60,
        teaching_minutes=52,
        photo_count=6,
        way="class",
        syllabus_part="1",
    )
