"""What blocks a project moves from the project to the ledger of blockers, with its history; months told are noted.

The words of a blocker that a project had, its first day, its note and what was asked become one row each, in the state
制约中. The project keeps its own history as it was.
"""

from django.db import migrations
from django.utils import timezone

KINDS = {
    "land": ("land", "征拆"),
    "funds": ("funds", "待资金"),
    "approval": ("approval", "待批复"),
    "pipes": ("pipes", "管线迁改"),
    "weather": ("rain", "雨天"),
    "other": ("other", "其他"),
}


def move_blockers(apps, schema_editor):
    """One blocker for each project that named one."""
    Project, Blocker = apps.get_model("works", "Project"), apps.get_model("works", "Blocker")
    now = timezone.now()
    for project in Project.objects.exclude(blocker__in=("", "none")).order_by("pk"):
        kind, word = KINDS.get(project.blocker, KINDS["other"])
        first = project.blocked_from or (project.changed_at or now).date()
        row = Blocker.objects.create(
            number=_number(apps, first.year),
            state="void" if project.state == "void" else "blocking",
            unit_id=project.unit_id,
            is_example=project.is_example,
            version=1,
            created_at=now,
            changed_at=now,
            project_id=project.pk,
            blocker=kind,
            blocked_from=first,
            blocker_note=project.blocker_note,
            asked=project.asked,
            solver_id=project.owner_id,
        )
        _remember(apps, row, now)
        if row.state == "blocking":
            Project.objects.filter(pk=project.pk).update(blocked_by=word)


def note_months(apps, schema_editor):
    """Each project knows the latest month that was checked."""
    Project, Progress = apps.get_model("works", "Project"), apps.get_model("works", "Progress")
    for month in Progress.objects.filter(state="confirmed").order_by("month"):
        Project.objects.filter(pk=month.project_id).update(told_month=month.month, told_year=month.invest_year)


def _number(apps, year):
    """The next number of the ledger of blockers in a year."""
    series, _ = apps.get_model("register", "Series").objects.get_or_create(series="ZY{year}{seq:05}", year=year)
    series.last += 1
    series.save()
    return f"ZY{year}{series.last:05}"


def _remember(apps, row, now):
    """The first line of the row's history, as the register writes it."""
    after = {
        "number": row.number,
        "state": row.state,
        "unit": row.unit_id,
        "is_example": row.is_example,
        "created_at": now.isoformat(),
        "project": row.project_id,
        "blocker": row.blocker,
        "blocked_from": row.blocked_from.isoformat(),
        "blocked_to": None,
        "blocker_note": row.blocker_note,
        "asked": row.asked,
        "solver": row.solver_id,
        "solver_outside": "",
        "solver_person": None,
        "solve_by": None,
        "solution": "",
        "photos": [],
        "weather_days": None,
        "delay_days": None,
    }
    apps.get_model("register", "HistoryEntry").objects.create(
        ledger="works.blocker",
        record=row.pk,
        record_number=row.number,
        record_version=1,
        record_state=row.state,
        record_unit=row.unit_id,
        at=now,
        action="system",
        actor_name="系统升级",
        why="由项目的制约因素转来",
        after=after,
    )


class Migration(migrations.Migration):
    dependencies = [("works", "0002_dispatch_ledgers"), ("register", "0004_pictures_say_when_and_where")]

    operations = [
        migrations.RunPython(move_blockers, migrations.RunPython.noop),
        migrations.RunPython(note_months, migrations.RunPython.noop),
    ]
