"""半年工作总结: the half-year work summary of a county transport bureau.

Order and headings follow published half-year summaries; each section stands where its figures have a ledger. What no
ledger holds yet is not written, and is said at the end of the draft only by its absence: no sentence claims it.
"""

from pathlib import Path

from tonggui.indicators import hazards, overload, overload_passes, project_stages, projects, safety, vehicles
from tonggui.ledgers.parties.unit import Unit
from tonggui.measure.declare import CUSTOM, HALF, QUARTER, YEAR, AtMost, NotFalling, RateOf, Report, Split, SumOf
from tonggui.register.actor import Actor

UNNAMED = "交通运输局"


def issuer_of_site():
    """The name of the unit at the top of the tree; a plain 交通运输局 where no unit is entered."""
    top = Unit.objects.visible_to(Actor.system("文书署名")).filter(parent=None).order_by("number").first()
    return top.name if top else UNNAMED


def title(issuer, period):
    """示例县交通运输局 / 2026年上半年工作总结."""
    return issuer, f"{period.label}工作总结"


half_year = Report(
    code="half_year",
    name="半年工作总结",
    every=(HALF, YEAR, QUARTER, CUSTOM),
    title=title,
    wording=Path(__file__).with_name("half_year.txt"),
    figures=[
        projects.key_projects,
        projects.year_target,
        projects.year_done,
        projects.year_rate,
        projects.other_done,
        overload.points,
        overload.guard_hours,
        overload.guided,
        overload.detained,
        overload.vehicles,
        overload.joint_operations,
        overload.cases,
        overload.tonnes,
        overload.fines,
        overload.fines_paid,
        overload.penalty_rate,
        overload.unloading_rate,
        overload.remaining_trucks,
        overload.yard_visits,
        overload.yards_penalised,
        overload.yards_published,
        overload.repeated,
        overload.rejection_rate,
        overload_passes.passes,
        overload_passes.rate,
        safety.visits,
        safety.staff,
        safety.vehicles,
        hazards.found,
        hazards.notices,
        hazards.fixed,
        hazards.fix_rate,
        hazards.overdue,
        hazards.repeated,
        hazards.closed,
        vehicles.must_report,
        vehicles.installed,
        vehicles.installed_rate,
        vehicles.networked,
        vehicles.online,
        vehicles.complete,
        vehicles.linked,
        vehicles.valid,
        vehicles.drifting,
        vehicles.alarms,
        vehicles.alarms_verified,
        vehicles.alarms_in_time,
    ],
    splits=[
        Split(
            "projects",
            title="重点项目",
            by="project",
            of=[
                projects.project_target,
                projects.project_total,
                projects.project_done,
                projects.project_rate,
                project_stages.stage,
                project_stages.physical,
                project_stages.problems,
                project_stages.next_plan,
            ],
        ),
        Split("domains", title="领域", by="domain", of=[hazards.found, hazards.fixed]),
    ],
    checks=[
        SumOf("R1", total="HAZ-01", parts="HAZ-01"),
        SumOf("R1", total="HAZ-03", parts="HAZ-03"),
        SumOf("R2", total="PRJ-03", parts="PRJ-06"),
        SumOf("R2", total="PRJ-04", parts="PRJ-07"),
        RateOf("R3", rate="PRJ-09", part="PRJ-04", whole="PRJ-03"),
        RateOf("R3", rate="PRJ-08", part="PRJ-07", whole="PRJ-06"),
        AtMost("R4", less="HAZ-03", more="HAZ-01"),
        AtMost("R4", less="HAZ-02", more="HAZ-01"),
        AtMost("R4", less="HAZ-05R", more="HAZ-01"),
        AtMost("R4", less="OVR-09P", more="OVR-09"),
        AtMost("R4", less="VEH-01N", more="VEH-01M"),
        NotFalling("R9", of="PRJ-07"),
        AtMost("R19", less="VEH-06V", more="VEH-06"),
    ],
)
