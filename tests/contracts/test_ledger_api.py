"""The API that every ledger gets from its declaration: the same record in and out, the same rules as on the pages."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from ledger_values import example, sample, unlike

from tonggui.base import clock
from tonggui.register.kinds import Link
from tonggui.register.models import Token
from tonggui.register.registry import all_ledgers

pytestmark = pytest.mark.django_db
every_ledger = pytest.mark.parametrize("ledger", all_ledgers(), ids=str)


class Machine:
    """Another system with a token."""

    def __init__(self, client, account, *, may_write=True):
        self.client, self.account = client, account
        _, self.key = Token.issue(account, "对接示例", may_write=may_write)

    def ask(self, method, address, body=None, **query):
        answer = self.client.generic(
            method,
            address,
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.key}"},
            query_params=query,
        )
        return answer.status_code, json.loads(answer.content)


@pytest.fixture
def machine(bureau, client):
    """`machine(ledger)`: a system that acts for someone of the top unit who may read and write the ledger."""

    def of(ledger, **options):
        roles = {role for role in (*ledger.read.by_role, *ledger.write.by_role) if role != "enterprise"}
        return Machine(client, bureau.person(*roles).account, **options)

    return of


def one_of(ledger, bureau, n=1):
    place = {"parent": bureau.root} if ledger.key == "parties.unit" else {}
    return example(ledger, n, unit=bureau.root, **place)


def sendable(ledger, record, n):
    """What a system would send to make another record like this one: what it read, with the unique values changed."""
    values = {}
    for name in ledger.form_names:
        kind = ledger.kinds[name]
        value = kind.value_of(record)
        if name == "number" or kind.control in ("state", "evidence", "files") or kind.is_empty(value):
            continue
        values[name] = value.number if isinstance(kind, Link) else kind.entry(value)
    return {**values, **{name: sample(ledger.kinds[name], n) for name in unlike(ledger, n) if name in values}}


@every_ledger
def test_what_is_created_is_read_back_and_listed(ledger, bureau, machine):
    first = one_of(ledger, bureau)
    system = machine(ledger)
    sent = sendable(ledger, first, 2)
    status, made = system.ask("POST", f"/api/ledgers/{ledger.key}/", {**sent, "why": "对接写入"})
    assert status == 201, made
    status, read = system.ask("GET", f"/api/ledgers/{ledger.key}/{made['number']}/")
    assert (status, read) == (200, made)
    status, page = system.ask("GET", f"/api/ledgers/{ledger.key}/", q=made["number"])
    assert status == 200
    assert page["count"] == 1
    assert page["items"][0]["number"] == made["number"]
    assert set(page["totals"]) <= set(ledger.kinds)
    status, history = system.ask("GET", f"/api/ledgers/{ledger.key}/{made['number']}/history/")
    assert [line["why"] for line in history] == ["对接写入"]


@every_ledger
def test_a_change_on_an_old_version_is_refused(ledger, bureau, machine):
    record = one_of(ledger, bureau)
    system = machine(ledger)
    address = f"/api/ledgers/{ledger.key}/{record.number}/"
    status, problem = system.ask("PATCH", address, {"version": record.version + 7, "why": "更正"})
    assert (status, "别人" in problem["detail"]) == (409, True)


@every_ledger
def test_what_does_not_fit_is_named_by_its_field(ledger, bureau, machine):
    record = one_of(ledger, bureau)
    system = machine(ledger)
    status, problem = system.ask("POST", f"/api/ledgers/{ledger.key}/", {"no_such_field": 1})
    must = [name for name in ledger.form_names if not ledger.kinds[name].optional and name != "number"]
    if status != 201:
        assert status == 422
        assert set(problem["errors"]) <= set(must)
        assert all(sentence.endswith("。") for sentence in problem["errors"].values())
    status, problem = system.ask("GET", f"/api/ledgers/{ledger.key}/没有/")
    assert status == 404 and ledger.title in problem["detail"]
    status, problem = system.ask("POST", f"/api/ledgers/{ledger.key}/{record.number}/moves/没有/", {})
    assert status == 422 and "没有" in problem["detail"]


@every_ledger
def test_open_moves_are_those_of_the_page(ledger, bureau, machine):
    record = one_of(ledger, bureau)
    system = machine(ledger)
    _, moves = system.ask("GET", f"/api/ledgers/{ledger.key}/{record.number}/moves/")
    assert [move["name"] for move in moves] == [move.name for move in ledger.moves_for(record, system.account.actor)]


@every_ledger
def test_without_a_right_nothing_is_told(ledger, bureau, machine, client):
    record = one_of(ledger, bureau)
    bare = client.get(f"/api/ledgers/{ledger.key}/")
    assert bare.status_code == 401
    assert "令牌" in json.loads(bare.content)["detail"]
    reading = machine(ledger, may_write=False)
    status, problem = reading.ask("POST", f"/api/ledgers/{ledger.key}/", {})
    assert status == 403 and "只能读取" in problem["detail"]
    outsider = Machine(client, bureau.person("enterprise", unit=bureau.east).account)
    status, answer = outsider.ask("GET", f"/api/ledgers/{ledger.key}/{record.number}/")
    assert status in (403, 404)
    status, answer = outsider.ask("GET", f"/api/ledgers/{ledger.key}/")
    assert status == 403 or record.number not in [item["number"] for item in answer["items"]]


@every_ledger
def test_a_page_costs_the_same_queries_whatever_its_length(ledger, bureau, machine):
    system = machine(ledger)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert system.ask("GET", f"/api/ledgers/{ledger.key}/", size=50)[0] == 200
        return len(captured)

    for n in range(1, 6):
        one_of(ledger, bureau, n)
    cost()
    few = cost()
    for n in range(6, 31):
        one_of(ledger, bureau, n)
    assert cost() == few


def test_the_description_names_every_operation_once(bureau, client):
    client.force_login(bureau.person("clerk").account)
    described = json.loads(client.get("/api/openapi.json").content)
    operations = [one["operationId"] for path in described["paths"].values() for one in path.values()]
    assert len(operations) == len(set(operations))
    for ledger in all_ledgers():
        new = described["paths"][f"/api/ledgers/{ledger.key}/"]["post"]
        schema = new["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        fields = described["components"]["schemas"][schema]["properties"]
        for name in ledger.form_names:
            if ledger.kinds[name].control not in ("state", "noted"):
                assert fields[name]["title"] == ledger.kinds[name].label


def test_the_ledgers_one_may_read_are_listed(bureau, client):
    system = Machine(client, bureau.person("enterprise", unit=bureau.east).account)
    _, found = system.ask("GET", "/api/ledgers/")
    readable = {ledger.key for ledger in all_ledgers() if "enterprise" in ledger.read.by_role}
    assert {one["key"] for one in found} == readable


def test_a_token_dies_with_its_day_and_with_its_account(bureau, client):
    account = bureau.person("clerk").account
    _, old = Token.issue(account, "过期", expires_at=clock.now() - timedelta(seconds=1))
    assert client.get("/api/ledgers/", headers={"Authorization": f"Bearer {old}"}).status_code == 401
    _, key = Token.issue(account, "在用")
    assert client.get("/api/ledgers/", headers={"Authorization": f"Bearer {key}"}).status_code == 200
    type(account).objects.filter(pk=account.pk).update(is_active=False)
    assert client.get("/api/ledgers/", headers={"Authorization": f"Bearer {key}"}).status_code == 401
