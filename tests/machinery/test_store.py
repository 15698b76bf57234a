"""The store answers the official client, and every kind of insert stores exactly its rows."""

import gzip
import os
import signal
import subprocess
import sys
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import clickhouse_connect
import httpx
import numpy as np
import pyarrow as pa
import pytest
from clickhouse_connect.driver.exceptions import DatabaseError

from tonggui.base.site import Site
from tonggui.protocols.weighing import PASSES
from tonggui.stream.store.client import StoreAway, connect, store_password
from tonggui.stream.store.engine import Engine
from tonggui.stream.store.reshape import reshape
from tonggui.stream.store.statements import first_word, result_format, returns_rows, split_insert
from tonggui.stream.store.tables import CLUSTER, POSITIONS

COLUMNS = ["x", "s"]


def start(site):
    command = [sys.executable, "-m", "tonggui.run.cli", "store", "--data", str(site.data)]
    (site.folder("run") / "store.json").unlink(missing_ok=True)
    return subprocess.Popen(command)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site.at(tmp_path_factory.mktemp("store"))
    process = start(site)
    yield site
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0


@pytest.fixture
def client(site):
    with connect(site, wait=30) as client:
        client.command("DROP TABLE IF EXISTS kinds")
        client.command(
            "CREATE TABLE kinds (x UInt64, s String) ENGINE = MergeTree ORDER BY x"
            " SETTINGS non_replicated_deduplication_window = 100"
        )
        yield client


@pytest.fixture
def post(site):
    address = site.address("store")
    with httpx.Client(
        base_url=f"http://{address['host']}:{address['port']}", auth=("tonggui", store_password(site)), trust_env=False
    ) as http:
        yield lambda content=b"", headers=None, **params: http.post(
            "/", content=content, headers=headers, params=params
        )


def count(client):
    return client.command("SELECT count() FROM kinds")


def test_native_rows(client):
    summary = client.insert("kinds", [[1, "a"], [2, "乙"]], column_names=COLUMNS)
    assert (summary.written_rows, count(client)) == (2, 2)


def test_native_columns(client):
    client.insert("kinds", [np.arange(5, dtype="u8"), list("abcde")], column_names=COLUMNS, column_oriented=True)
    assert count(client) == 5


def test_many_native_blocks_in_one_insert(client):
    rows = 300_000
    client.insert("kinds", [np.arange(rows, dtype="u8"), ["row"] * rows], column_names=COLUMNS, column_oriented=True)
    assert count(client) == rows
    assert client.command("SELECT sum(x) FROM kinds") == rows * (rows - 1) // 2


def test_arrow(client):
    summary = client.insert_arrow("kinds", pa.table({"x": np.arange(7, dtype="u8"), "s": ["\n FORMAT Values"] * 7}))
    assert (summary.written_rows, count(client)) == (7, 7)


@pytest.mark.parametrize(
    ("form", "block"),
    [
        ("CSV", "1,one\n2,two\n"),
        ("TabSeparated", b"1\tone\n2\ttwo\n"),
        ("JSONEachRow", '{"x": 1, "s": "VALUES"}\n{"x": 2, "s": "SELECT"}'),
        ("CSV", (line for line in [b"1,one\n", b"2,two\n"])),
    ],
    ids=["text", "bytes", "json", "chunked"],
)
def test_raw_formats(client, form, block):
    client.raw_insert("kinds", column_names=COLUMNS, insert_block=block, fmt=form)
    assert count(client) == 2


@pytest.mark.parametrize("compression", ["lz4", "zstd", "gzip"])
def test_compressed_inserts(site, client, compression):
    address = site.address("store")
    with clickhouse_connect.get_client(
        host=address["host"],
        port=address["port"],
        username="tonggui",
        password=store_password(site),
        compress=compression,
    ) as packed:
        packed.insert("kinds", [[n, str(n)] for n in range(1000)], column_names=COLUMNS)
        assert packed.query("SELECT count(), sum(x) FROM kinds").result_rows == [(1000, 499_500)]


def test_statement_with_values(client):
    client.command("INSERT INTO kinds (x, s) VALUES (1, 'a FORMAT b'), (2, '(')")
    assert count(client) == 2


def test_statement_with_select(client):
    client.command("INSERT INTO kinds SELECT number, 'n' FROM numbers(9)")
    assert count(client) == 9


def test_data_sent_beside_the_command(client):
    client.command("INSERT INTO kinds (x, s) FORMAT CSV", data="1,one\n2,two\n")
    client.command("INSERT INTO kinds (x, s) VALUES", data="(3,'three')")
    assert count(client) == 3


def test_statement_in_the_address_and_data_in_the_body(client, post):
    answer = post(b"1,one\n2,two\n", query="INSERT INTO kinds FORMAT CSV")
    assert (answer.status_code, count(client)) == (200, 2)


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_whole_body_compressed(client, post, encoding, pack):
    answer = post(pack(b"INSERT INTO kinds FORMAT CSV\n1,one\n"), headers={"Content-Encoding": encoding})
    assert (answer.status_code, count(client)) == (200, 1)


def test_an_insert_with_the_same_token_is_stored_once(client):
    settings = {"insert_deduplication_token": "jt808-0:0-100"}
    for _ in range(3):
        client.insert("kinds", [[1, "a"], [2, "b"]], column_names=COLUMNS, settings=settings)
    assert count(client) == 2
    client.insert("kinds", [[1, "a"], [2, "b"]], column_names=COLUMNS, settings={"insert_deduplication_token": "next"})
    assert count(client) == 4


def test_settings_end_with_their_statement(client):
    assert client.command("SELECT getSetting('max_threads')", settings={"max_threads": 1}) == 1
    for _ in range(8):  # more statements than sessions
        assert client.command("SELECT getSetting('max_threads')") != 1


def test_a_refused_setting_is_an_error_and_leaves_nothing_behind(client):
    for _ in range(8):
        with pytest.raises(DatabaseError, match="no_such_setting"):
            client.command("SELECT 1", settings={"no_such_setting": 1, "max_threads": 1})
    assert client.command("SELECT getSetting('max_threads')") != 1


@pytest.mark.parametrize("body", [b"garbage", b"\x02\x03\x06number", b""], ids=["words", "torn", "empty"])
def test_a_broken_native_block_stores_nothing_and_says_so(client, post, body):
    answer = post(b"INSERT INTO kinds (x, s) FORMAT Native\n" + body)
    assert count(client) == 0
    assert answer.status_code == (200 if body == b"" else 500)


def test_an_unknown_encoding_is_refused_not_stored(client, post):
    answer = post(b"INSERT INTO kinds FORMAT CSV\n1,one\n", headers={"Content-Encoding": "br"})
    assert (answer.status_code, count(client)) == (415, 0)


def test_parameters_arrive_as_written(client):
    text = "it's\ta \\ 测试\n"
    assert client.query("SELECT {s:String}, {n:UInt8}", parameters={"s": text, "n": 7}).result_rows == [(text, 7)]


def test_parameters_too_long_for_an_address_arrive_as_a_form(client):
    plates = [*(f"示A{number:05}" for number in range(5_000)), "it's\n--x\\"]
    asked = "SELECT length({plates:Array(String)}),\n    {plates:Array(String)}[-1], {other:String}"
    rows = client.query(asked, parameters={"plates": plates, "other": "甲\r\n乙"}).result_rows
    assert rows == [(5_001, plates[-1], "甲\r\n乙")]


def test_a_form_with_a_file_or_without_its_end_is_refused(client, post):
    part = b'--b\r\nContent-Disposition: form-data; name="query"%s\r\n\r\nSELECT 1\r\n'
    form = {"content-type": "multipart/form-data; boundary=b"}
    assert post(part % b"" + b"--b--\r\n", form).text == "1\n"
    for body in (part % b'; filename="x"' + b"--b--\r\n", part % b"", b"nothing"):
        answer = post(body, form)
        assert (answer.status_code, answer.headers["x-clickhouse-exception-code"]) == (501, "48")


def test_errors_carry_the_engine_words_and_code(client, post):
    with pytest.raises(DatabaseError, match="UNKNOWN_IDENTIFIER") as error:
        client.query("SELECT nope")
    assert error.value.code == 47
    answer = post(b"SELECT nope")
    assert (answer.status_code, answer.headers["X-ClickHouse-Exception-Code"]) == (500, "47")


def test_a_wrong_password_is_refused(site):
    address = site.address("store")
    answer = httpx.post(
        f"http://{address['host']}:{address['port']}/", content=b"SELECT 1", auth=("tonggui", "wrong"), trust_env=False
    )
    assert (answer.status_code, answer.headers["X-ClickHouse-Exception-Code"]) == (403, "516")


def test_a_position_comes_back_exactly(client):
    row = {
        "phone": "13912345678",
        "time": datetime(2091, 1, 1, 0, 0, 0, 1, tzinfo=UTC),
        "latitude_e6": -34_123_457,
        "longitude_e6": 179_999_999,
    }
    client.insert("positions", [list(row.values())], column_names=list(row))
    found = client.query("SELECT phone, time, latitude, longitude FROM positions").named_results()
    assert [{**r, "time": r["time"].replace(tzinfo=UTC)} for r in found] == [
        {"phone": "13912345678", "time": row["time"], "latitude": -34.123457, "longitude": 179.999999}
    ]


def test_a_killed_store_keeps_every_answered_insert(tmp_path):
    site = Site.at(tmp_path)
    answered = 0
    for round_ in range(2):
        process = start(site)
        with connect(site, wait=30) as client:
            client.command("CREATE TABLE IF NOT EXISTS kept (x UInt64) ENGINE = MergeTree ORDER BY x")
            assert client.command("SELECT count() FROM kept") == answered
            for n in range(5):
                client.insert("kept", [[round_ * 5 + n]], column_names=["x"])
                answered += 1
            os.kill(process.pid, signal.SIGKILL)
            process.wait()


def test_a_site_without_a_store_says_so(tmp_path):
    with pytest.raises(StoreAway, match="从未启动"):
        connect(Site.at(tmp_path))


def test_a_store_that_is_away_is_told_by_the_error_alone(tmp_path, caplog):
    site = Site.at(tmp_path)
    site.announce("store", host="127.0.0.1", port=9)
    with pytest.raises(StoreAway, match="连不上存储进程"):
        connect(site)
    assert not caplog.records


@pytest.mark.parametrize(
    ("statement", "head", "form", "data"),
    [
        (b"INSERT INTO t (a, `FORMAT`) FORMAT Native\n\x00\x01", "INSERT INTO t (a, `FORMAT`) ", "Native", b"\x00\x01"),
        (b"/* FORMAT x */ insert into t format CSV 1,2", "/* FORMAT x */ insert into t ", "CSV", b"1,2"),
        (b"INSERT INTO t SETTINGS a='FORMAT b' FORMAT CSV\n\n", "INSERT INTO t SETTINGS a='FORMAT b' ", "CSV", b"\n"),
    ],
)
def test_the_data_of_an_insert_begin_behind_its_format(statement, head, form, data):
    insert = split_insert(statement)
    assert (insert.head, insert.format, insert.data) == (head, form, data)


@pytest.mark.parametrize(
    "statement", [b"SELECT 1 FORMAT CSV", b"INSERT INTO t VALUES (1)", b"INSERT INTO t SELECT 1", b""]
)
def test_other_statements_are_left_whole(statement):
    assert split_insert(statement) is None


def test_what_a_statement_returns():
    assert returns_rows(b" (SELECT 1)") and returns_rows(b"-- why\nSHOW TABLES") and not returns_rows(b"DROP TABLE t")
    assert result_format(b"SELECT 1 FORMAT JSON ;", "CSV") == "JSON"
    assert first_word(b"") == b""


def test_the_same_table_on_a_cluster_differs_by_its_engine_alone():
    here, there = POSITIONS.create().splitlines(), POSITIONS.create(CLUSTER).splitlines()
    different = {a.split()[0] for a, b in zip(here, there, strict=True) if a != b}
    assert different == {"CREATE", "ENGINE", "SETTINGS"}


def test_a_table_of_an_earlier_declaration_gets_the_columns_it_lacks(client):
    """A store made before a column was declared: the rows that are there keep theirs, new ones have all."""
    whole = replace(PASSES, name="passes_as_before")
    added = {"media", "direction", "plate_rear"}
    before = replace(whole, columns=tuple(column for column in whole.columns if column[0] not in added))
    client.command("DROP TABLE IF EXISTS passes_as_before")
    client.command(before.create())
    client.insert(before.name, [["1", "S", 40_000.0]], column_names=["record_no", "site", "gross_kg"])
    for _ in range(2):
        client.command(whole.create())
        client.command(whole.extend())
    client.insert(whole.name, [["2", "S", "[{}]"]], column_names=["record_no", "site", "media"])
    rows = client.query(
        f"SELECT record_no, gross_kg, media, plate_rear FROM {whole.name} ORDER BY record_no"
    ).result_rows
    assert rows == [("1", 40_000.0, "", ""), ("2", 0.0, "[{}]", "")]
    described = {row[0]: row for row in client.query(f"DESCRIBE {whole.name}").result_rows}
    assert set(described) == {name for name, _, _ in whole.columns}
    assert described["direction"][1] == "LowCardinality(String)" and described["media"][5] == "ZSTD(1)"
    assert "ON CLUSTER" in whole.extend(CLUSTER)


def test_a_table_in_another_order_is_written_anew_with_its_rows(tmp_path):
    """Passes once lay by site; the store that finds them so puts them in the declared order, once."""
    before = replace(PASSES, order_by="site, time, record_no", partition_by="toYYYYMM(received_at)", indexes=())
    engine = Engine(tmp_path / "store", sessions=1)
    rows = (
        "INSERT INTO passes (record_no, site, time, received_at) SELECT toString(number), 'S', "
        "toDateTime64('2016-10-01 00:00:00', 6, 'UTC') + toIntervalMonth(number), "
        "toDateTime64('2026-10-01 00:00:00', 6, 'UTC') FROM numbers(120)"
    )
    try:
        engine.run(before.create().encode())
        engine.run(rows.encode())
        assert reshape(engine, PASSES)
        asked = b"SELECT sorting_key, partition_key, total_rows FROM system.tables WHERE name = 'passes'"
        told = engine.run(asked, default_format="CSV")
        assert told.body == b'"time, site, record_no","toStartOfQuarter(time)",120\n'
        assert not reshape(engine, PASSES)
        assert engine.run(b"SHOW TABLES").body == b"passes\n"
    finally:
        engine.close()
