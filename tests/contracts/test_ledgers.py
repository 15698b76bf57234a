"""The promises every ledger keeps, tried on the example that each declares."""

import json
import re
from contextlib import suppress
from copy import copy
from datetime import date, timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.test.utils import CaptureQueriesContext
from ledger_values import MACHINE, example, sample, unlike

from tonggui.base import clock
from tonggui.register import roles
from tonggui.register.errors import InvalidValues, Refused, ScopeMissing
from tonggui.register.history import lines_of, record_as_of
from tonggui.register.kinds import Link, Number, Status
from tonggui.register.query import ListQuery
from tonggui.register.registry import all_ledgers
from tonggui.register.scope import Own, WithinUnit

pytestmark = pytest.mark.django_db
every_ledger = pytest.mark.parametrize("ledger", all_ledgers(), ids=str)


def stored(record):
    """What is kept of a record, without what another writing of the same facts must change."""
    kept = record.snapshot()
    return {name: value for name, value in kept.items() if name not in ("created_at", "is_example")}


def put_in_state(record, state):
    """The record moved behind the back of its workflow, as only a test may."""
    type(record)._base_manager.filter(pk=record.pk).update(state=state)
    return type(record)._base_manager.get(pk=record.pk)


# --- declaration ------------------------------------------------------------------------------------------------------


@every_ledger
def test_its_declaration_has_no_fault(ledger):
    assert ledger.faults() == []
    assert ledger.title and ledger.menu and ledger.doc
    assert "number" in ledger.kinds and ledger.form


@every_ledger
def test_a_query_without_a_scope_raises(ledger):
    for run in (list, len, lambda rows: rows.count(), lambda rows: rows.exists(), lambda rows: rows.first()):
        with pytest.raises(ScopeMissing):
            run(ledger.model.objects.all())


# --- list -------------------------------------------------------------------------------------------------------------


@every_ledger
def test_the_list_shows_the_example(ledger):
    record = example(ledger)
    found = ListQuery(ledger, MACHINE, {"q": record.number})
    assert found.records == [record]
    assert found.count == 1
    shown = [column.show(column.value_of(record)) for column in ledger.columns]
    assert all(isinstance(text, str) for text in shown) and any(shown)


@every_ledger
def test_each_filter_finds_the_example_and_leaves_others_out(ledger):
    record = example(ledger)
    for filter_ in ListQuery(ledger, MACHINE).filters:
        kind = filter_.kind
        value = kind.value_of(record)
        if kind.is_empty(value):
            continue
        asked = kind.entry(value)
        if kind.filter == "span":
            asked = kind.show(value)[:10]
        found = ListQuery(ledger, MACHINE, {filter_.name: asked})
        assert record in found.records, f"{filter_.name}={asked}"
        assert found.chips and kind.label in found.chips[0].text
        none = {"span": "1999-01-01", "range": "-99999", "text": "没有这样的字", "link": "没有这个编号"}.get(
            kind.filter
        )
        if none:
            assert ListQuery(ledger, MACHINE, {filter_.name: none}).count == 0, filter_.name


@every_ledger
def test_nonsense_in_the_address_is_no_error(ledger):
    example(ledger)
    nonsense = {name: "%00'\"; drop" for filter_ in ledger.filters for name in filter_.parameters}
    nonsense |= {"page": "99999999999", "size": "7", "sort": "password", "as_of": "soon", "q": "'%_\\"}
    found = ListQuery(ledger, MACHINE, nonsense)
    assert found.records == [] or found.count
    assert isinstance(found.totals, dict)


@every_ledger
def test_each_field_of_the_search_is_searched(ledger):
    record = example(ledger)
    for path in ledger.search:
        value = record
        for part in path.split("__"):
            value = getattr(value, part) if value is not None else None
        if value:
            assert record in ListQuery(ledger, MACHINE, {"q": str(value).split()[0]}).records, path


@every_ledger
def test_facets_count_what_the_list_shows(ledger):
    example(ledger)
    example(ledger, 1)
    listed = ListQuery(ledger, MACHINE)
    for name in listed.facet_names:
        for value in listed.facet(name):
            assert ListQuery(ledger, MACHINE, {name: value.value}).count == value.count, (name, value)


@every_ledger
def test_a_list_costs_the_same_queries_whatever_its_length(ledger):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            found = ListQuery(ledger, MACHINE, {"size": "50"})
            assert found.totals is not None
            for record in found.records:
                for column in ledger.columns:
                    column.show(column.value_of(record))
                str(record.unit)
        return len(captured)

    example(ledger)
    few = queries()
    for n in range(1, 9):
        example(ledger, n)
    assert queries() == few <= 4


# --- form and API -----------------------------------------------------------------------------------------------------


@every_ledger
def test_what_a_form_shows_can_be_sent_back(ledger):
    first = example(ledger)
    entries = {}
    for name in ledger.form_names:
        kind = ledger.kinds[name]
        entries[name] = unlike(ledger, 1).get(name, kind.entry(kind.value_of(first)))
    second = ledger.create(MACHINE, entries)
    second = ledger.get(second.number, MACHINE)
    for name in set(ledger.form_names) - set(unlike(ledger, 1)):
        kind = ledger.kinds[name]
        always = any(d.target == name and d.always for d in ledger.derivations)
        assert always or kind.snapshot(second) == kind.snapshot(first), name


@every_ledger
def test_what_is_missing_is_named_by_its_field(ledger):
    derived = {derivation.target for derivation in ledger.derivations}
    must = [
        name
        for name in ledger.form_names
        if not ledger.kinds[name].optional
        and name not in derived
        and ledger.kinds[name].preset is None
        and name != "number"
    ]
    if not must:
        pytest.skip("nothing in this form is required")
    with pytest.raises(InvalidValues) as refused:
        ledger.create(MACHINE, {})
    assert set(must) <= set(refused.value.errors)
    for name in must:
        assert ledger.kinds[name].label in refused.value.errors[name]


@every_ledger
def test_the_api_value_of_each_field_is_plain_json(ledger):
    record = example(ledger)
    for kind in ledger.kinds.values():
        json.dumps(kind.api(kind.value_of(record)), cls=DjangoJSONEncoder)


@every_ledger
def test_history_keeps_each_field_exactly(ledger):
    record = example(ledger)
    for name, kind in ledger.kinds.items():
        raw = sample(kind, 3)
        if isinstance(kind, Link | Number | Status) or raw is None:
            continue
        value = kind.parse(raw)
        assert kind.load(json.loads(json.dumps(kind.dump(value)))) == value, name
        kind.set_on(record, value)
        other = ledger.model()
        kind.restore(other, kind.snapshot(record))
        assert kind.dump(kind.value_of(other)) == kind.dump(value), name


# --- moves ------------------------------------------------------------------------------------------------------------


def moves_of_all():
    return [pytest.param(one, move, id=f"{one}-{move.name}") for one in all_ledgers() for move in one.flow.moves]


def another(ledger, record):
    """A record of the ledger to which this one does not link yet: a second officer, a further unit."""
    links = [kind for kind in record.kinds.values() if isinstance(kind, Link) and kind.related_model is ledger.model]
    linked = [getattr(record, kind.attname) for kind in links if getattr(record, kind.attname)]
    return ledger.query(MACHINE).exclude(pk__in=linked).order_by("pk").first() or example(ledger, 91)


def values_for(ledger, move, record):
    """Raw values of all that the move needs, as its dialogue would send them; one may call for another."""
    found, filled = {}, copy(record)
    while lacking := [n for n in move.needed(filled) if ledger.kinds[n].is_empty(ledger.kinds[n].value_of(filled))]:
        for name in lacking:
            kind = ledger.kinds[name]
            raw = another(kind.related_model.ledger, filled).number if isinstance(kind, Link) else sample(kind, 200)
            found[name] = [1] if raw is None else raw
            ledger.kinds[name].set_on(filled, ledger.kinds[name].parse(found[name]))
    return found


def filled_for(ledger, move, record):
    """A copy of the record as its move's check sees it: with all that the dialogue would send."""
    filled = copy(record)
    for name, raw in values_for(ledger, move, record).items():
        ledger.kinds[name].set_on(filled, ledger.kinds[name].parse(raw))
    return filled


def sign_for_the_others(ledger, move, record, actor, bureau):
    """Everybody but the actor agrees to a joint move; until then it is not made."""
    own = next((role for role in move.joint if roles.members(role) & actor.roles), "")
    for role in move.joint:
        if role != own:
            person = bureau.person(min(roles.members(role)), name=f"{role}示例")
            assert ledger.perform(record, move.name, person, "同意").state == record.state


@pytest.mark.parametrize(("ledger", "move"), moves_of_all())
def test_a_move_is_made_by_the_right_person_alone(ledger, move, bureau):
    record = put_in_state(example(ledger, 90), move.edge.sources[0].name)
    makers = {role for part in move.by for role in roles.members(part)}
    able = {role for part in move.hands for role in roles.members(part)}
    readers = [role for role in sorted(makers or able) if role in ledger.read.by_role]
    assert readers, f"{move.name}: nobody who may do it can read {ledger}"

    for stranger in sorted(set(roles.ROLES) - able):
        actor = bureau.person(stranger)
        with pytest.raises(Refused):
            ledger.perform(record, move.name, actor, "理由", values_for(ledger, move, record))
    owned = getattr(record, "enterprise", None) is not None
    role = next(role for role in readers if role != "enterprise" or owned)
    owner = record.enterprise if role == "enterprise" and "enterprise" in ledger.kinds else None
    actor = bureau.person(role, enterprise=owner)
    assert move in ledger.moves_for(record, actor)
    if move.joint:
        sign_for_the_others(ledger, move, record, actor, bureau)

    if move.comment:
        with pytest.raises(Refused, match="理由"):
            ledger.perform(record, move.name, actor, "", values_for(ledger, move, record))
    if move.check and (refusal := move.check(filled_for(ledger, move, record))):
        # What stands in the way is for the ledger's own tests; here it must be said, and nothing moved.
        with pytest.raises(Refused, match=re.escape(refusal)):
            ledger.perform(record, move.name, actor, "理由", values_for(ledger, move, record))
        return
    done = ledger.perform(record, move.name, actor, "理由", values_for(ledger, move, record))
    assert done.state == move.target.name
    line = lines_of(done).first()
    assert (line.move, line.action, line.actor_name) == (move.name, "move", actor.name)
    with pytest.raises(Refused):
        if move.starts_in(done.state):
            raise Refused("the move leads back to where it started")
        ledger.perform(record, move.name, actor, "再来一次")


@pytest.mark.parametrize(
    ("ledger", "move"), [p for p in moves_of_all() if p.values[1].not_same_as], ids=lambda value: str(value)
)
def test_two_steps_of_one_record_want_two_people(ledger, move, bureau):
    for other in move.not_same_as:
        earlier = ledger.flow.move(other)
        shared = {r for part in move.by for r in roles.members(part)} & {
            r for part in earlier.by for r in roles.members(part)
        }
        for role in sorted(shared & set(ledger.read.by_role)):
            actor = bureau.person(role, name="王示例")
            number = ledger.query(MACHINE).count() + 1
            record = put_in_state(example(ledger, number), earlier.edge.sources[0].name)
            record = ledger.perform(record, other, actor, "理由", values_for(ledger, earlier, record))
            record = put_in_state(record, move.edge.sources[0].name)
            with pytest.raises(Refused, match="同一人（王示例）"):
                ledger.perform(record, move.name, actor, "理由", values_for(ledger, move, record))


# --- history ----------------------------------------------------------------------------------------------------------


def change_words(ledger, record, why):
    """Change the first field of words that takes any, and say which; what takes only some words refuses these."""
    for name in ledger.form_names:
        if ledger.kinds[name].filter != "text" or name in ("number", "path"):
            continue
        with suppress(InvalidValues):
            ledger.change(record, MACHINE, {name: sample(ledger.kinds[name], 77)}, why=why)
            return name
    raise AssertionError("no field of this form takes free words")


@every_ledger
def test_a_change_leaves_before_and_after_and_the_past_can_be_read(ledger, bureau):
    today = clock.now()
    with clock.pretending(today - timedelta(days=30)):
        record = ledger.get(example(ledger, 90).number, MACHINE)
        old = stored(record)
    with clock.pretending(today - timedelta(days=20)):
        record = put_in_state(record, ledger.flow.start.name)
        changed = change_words(ledger, record, why="写错了")

    record = ledger.get(record.number, MACHINE)
    line = lines_of(record).first()
    assert line.why == "写错了"
    before, after = line.changes[changed]
    assert (before, after) == (old[changed], record.snapshot()[changed])
    then, now = (today - timedelta(days=25)).date(), today.date()
    assert stored(record_as_of(record, then))[changed] == old[changed]
    assert stored(record_as_of(record, now)) == stored(record)
    assert ledger.as_of(then, MACHINE).filter(number=record.number).count() == 1
    assert ledger.as_of((today - timedelta(days=31)).date(), MACHINE).filter(number=record.number).count() == 0
    assert ListQuery(ledger, MACHINE, {"as_of": then.isoformat()}).records[0].is_past


@every_ledger
def test_two_people_never_overwrite_each_other_unseen(ledger):
    from tonggui.register.actor import acting
    from tonggui.register.errors import Conflict

    record = example(ledger)
    mine, theirs = (ledger.get(record.number, MACHINE) for _ in range(2))
    with acting(MACHINE):
        theirs.is_example = False
        theirs.save()
        mine.is_example = False
        mine.state = "changed meanwhile"
        with pytest.raises(Conflict):
            mine.save()


# --- permissions ------------------------------------------------------------------------------------------------------


@every_ledger
def test_the_wall_between_two_stations_holds(ledger, bureau):
    records = []
    for n, unit in enumerate((bureau.east, bureau.west), 1):
        values = {"unit": unit}
        if "enterprise" in ledger.kinds:
            values["enterprise"] = bureau.firms[unit.pk]
        records.append(example(ledger, n, **values))
    for role in roles.ROLES:
        rule = ledger.read.by_role.get(role)
        for unit in (bureau.root, bureau.east, bureau.west):
            actor = bureau.person(role, unit=unit)
            seen = set(ledger.query(actor).values_list("pk", flat=True))
            writable = set(ledger.model.objects.writable_by(actor).values_list("pk", flat=True))
            past = set(ledger.as_of(date(2199, 1, 1), actor).values_list("line_record", flat=True))
            for record in ledger.model._base_manager.all():
                assert (record.pk in seen) == ledger.read.allows(actor, record), (role, unit, record)
                assert (record.pk in writable) == ledger.write.allows(actor, record), (role, unit, record)
            assert past == seen, (role, unit)
            if rule is None:
                assert not seen
            east, west = records
            if isinstance(rule, WithinUnit | Own) and unit == bureau.east:
                assert east.pk in seen or (ledger.key == "parties.enterprise" and role == "enterprise")
                assert west.pk not in seen


# --- measures ---------------------------------------------------------------------------------------------------------


@every_ledger
def test_measures_agree_with_a_loop_over_rows_now_and_in_the_past(ledger):
    class Year:
        start, end = date(2026, 1, 1), date(2026, 12, 31)

    for n, state in enumerate(ledger.flow.states, 1):
        from tonggui.register.actor import acting

        record = example(ledger, n)
        record.state = state.name
        with acting(MACHINE):
            record.save()
    for measure in ledger.measures.values():
        rows = measure.queryset(Year, MACHINE)
        past = measure.queryset(Year, MACHINE, as_of=date(2199, 1, 1))
        assert measure.numbers(rows) == measure.numbers(past), measure.key
        assert measure.value(rows) == measure.value(past), measure.key
        field = getattr(measure, "of", "") or getattr(measure, "distinct", "")
        held = [getattr(record, field) for record in rows] if field else list(rows)
        if instead := getattr(measure, "or_else", ""):
            held = [getattr(record, instead) if one is None else one for one, record in zip(held, rows, strict=True)]
        held = [value for value in held if value is not None]
        counted = len(set(held)) if getattr(measure, "distinct", "") else len(held)
        assert measure.value(rows) == (sum(held) if hasattr(measure, "of") else counted), measure.key
        if measure.confirmed:
            assert {record.state for record in rows} <= set(ledger.flow.confirmed)
        json.dumps(measure.definition())
