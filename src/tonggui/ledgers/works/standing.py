"""项目现状: what a project's page keeps of its other ledgers: furthest step, latest return, what blocks it now.

It is told when the step, the month or the blocker is moved, so lists and boards of projects read one row a project.
"""

from typing import Any

from tonggui.ledgers.works.project import Project
from tonggui.register.actor import Actor, acting


def tell_project(project_id: int, actor: Actor, why: str, **values: Any) -> None:
    """Write what has become known of a project, under the name of whoever made it known."""
    project = Project._base_manager.get(pk=project_id)
    for name, value in values.items():
        setattr(project, name, value)
    with acting(actor, why, action="system"):
        project.save()
