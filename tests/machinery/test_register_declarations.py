"""A mistake in a declaration speaks up when it is loaded, in the file's own words."""

import ast
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from tonggui.register.actor import Actor, acting, current_act
from tonggui.register.checks import faults
from tonggui.register.declare import Confirming, Move, Number, Standing, State, Workflow, anyone
from tonggui.register.errors import ActorMissing, DeclarationError, Missing
from tonggui.register.measures import Count, Sum
from tonggui.register.registry import BoundLedger, all_ledgers, ledger
from tonggui.register.scaffold import new_ledger
from tonggui.register.showing import ledger_lines


def hazard_with(measures=None, **page):
    """The hazard ledger as if its page, or its measures, said something else."""
    real = ledger("safety.hazard")
    parts = SimpleNamespace(**{**vars(real), "measures": measures or real.measures})
    bound = BoundLedger(real.model, parts)
    bound.page = type("Page", (real.page,), page)
    return bound


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"filters": "enterprise grde"}, 'Hazard.Page.filters names "grde". Did you mean "grade"?'),
        ({"columns": "number overdue_day"}, 'Hazard.Page.columns names "overdue_day". Did you mean "overdue_days"?'),
        ({"search": "number enterprise__nme"}, 'Hazard.Page.search names "nme". Did you mean "name"?'),
        ({"filters": "photos"}, 'Hazard.Page.filters names "photos".'),
        ({"example": {"grad": 1}}, 'Hazard.Page.example names "grad". Did you mean "grade"?'),
        ({"read": {}}, "Hazard.Page.read is empty: nobody could read the ledger."),
        (
            {"write": {"safty_officer": anyone}},
            'Hazard.Page.write names "safty_officer". Did you mean "safety_officer"?',
        ),
        ({"sort": "-found_onn"}, 'Hazard.Page.sort names "found_onn". Did you mean "found_on"?'),
        ({"title": ""}, "Hazard.Page has no title."),
    ],
)
def test_a_wrong_name_is_quoted_with_the_one_that_was_meant(change, said):
    said_of_hazard = f"ledgers/safety/hazard.py: {said}"
    assert said_of_hazard in list(faults(hazard_with(**change)))


def test_a_measure_must_count_on_a_day_and_sum_a_number():
    found = []
    for name, measure in {"by_word": Count(on="content"), "of_word": Sum("content"), "gone": Count(on="found")}.items():
        measure.model, measure.name = ledger("safety.hazard").model, name
        found += faults(hazard_with(measures={name: measure}))
    assert any('"content" is no Day, Month or Moment' in fault for fault in found)
    assert any('"content" is no number' in fault for fault in found)
    assert any('Measures.gone names "found". Did you mean' in fault for fault in found)


def test_a_flow_without_way_in_or_out_is_told():
    class Flow(Workflow):
        found = State("待整改", start=True)
        fixed = State("待复查")
        stuck = State("搁置")

        wait = Move(found >> stuck, "搁置", by="clerk", not_same_as="fix")

    said = "\n".join(Flow.procedure.faults())
    assert 'no move leads to the state "fixed".' in said
    assert 'no move leaves the state "stuck", and it is not final.' in said
    assert 'Flow.wait: not_same_as names no move "fix".' in said

    class Unfilled(Confirming, enters="clerk"):
        pass

    assert 'say who: class Flow(…, checks="clerk").' in "\n".join(Unfilled.procedure.faults())


def test_a_ready_made_flow_is_filled_without_changing_it():
    class Flow(Standing, keeps=("clerk", "director")):
        pass

    assert Flow.procedure.move("end").by == ("clerk", "director")
    assert Standing.end.by != ("clerk", "director")


def test_a_series_that_cannot_be_written_is_refused():
    with pytest.raises(DeclarationError, match=r"use \{year\} and \{seq:05\} only"):
        Number("YH{month}{seq}")


def test_an_unknown_ledger_is_answered_with_the_nearest():
    with pytest.raises(Missing, match=r"是不是“safety\.hazard”"):
        ledger("safety.hazrd")


def test_writing_needs_an_actor_and_keeps_one_request():
    with pytest.raises(ActorMissing):
        current_act()
    with acting(Actor.system("夜间")) as outer, acting(Actor.system("细项")) as inner:
        assert inner.request == outer.request
        assert current_act() is inner


def test_everything_a_declaration_gives_can_be_shown():
    for bound in all_ledgers():
        text = "\n".join(ledger_lines(bound))
        assert bound.title in text and f"/api/ledgers/{bound.key}/" in text
        assert all(move.label in text for move in bound.flow.moves)


def test_a_new_ledger_begins_as_a_file_that_says_all(tmp_path):
    glossary = tmp_path / "glossary.md"
    glossary.write_text("| term | identifier | source |\n")
    written = new_ledger(tmp_path / "ledgers", glossary, "safety.emergency_drill", "应急演练")
    file = tmp_path / "ledgers" / "safety" / "emergency_drill.py"
    assert written[0] == file
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree).startswith("应急演练台账")
    assert [node.name for node in tree.body if isinstance(node, ast.ClassDef)] == ["EmergencyDrill"]
    assert (tmp_path / "ledgers" / "safety" / "apps.py").exists()
    assert "| 应急演练 | EmergencyDrill (ledger safety.emergency_drill) | |" in glossary.read_text(encoding="utf-8")
    with pytest.raises(DeclarationError, match="exists already"):
        new_ledger(tmp_path / "ledgers", glossary, "safety.emergency_drill", "应急演练")
    with pytest.raises(DeclarationError, match="no key of a ledger"):
        new_ledger(tmp_path / "ledgers", glossary, "../drill", "应急演练")


LOAD = """
import sys, django, importlib.util
django.setup()
spec = importlib.util.spec_from_file_location("tonggui.ledgers.safety.emergency_drill", sys.argv[1])
module = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = module
spec.loader.exec_module(module)
from tonggui.register.registry import ledger
bound = ledger("safety.emergencydrill")
print(bound.faults(), bound.title, [filter_.label for filter_ in bound.filters])
"""


def test_what_new_writes_loads_without_a_fault(tmp_path):
    glossary = tmp_path / "glossary.md"
    file = new_ledger(tmp_path, glossary, "safety.emergency_drill", "应急演练")[0]
    environment = {**os.environ, "TONGGUI_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tonggui.run.settings"}
    loaded = subprocess.run(
        [sys.executable, "-c", LOAD, str(file)], env=environment, check=True, capture_output=True, text=True
    )
    assert loaded.stdout.strip() == "[] 应急演练 ['日期', '所属单位', '状态']"
