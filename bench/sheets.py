"""Bringing a sheet of 10,000 rows into a ledger, beside openpyxl merely reading the same file.

The sheet is one of a section's own: heads of its own over two rows, dates and amounts as they are written in Chinese.
Printed: seconds to read it by a form once said, to check it, to write it with history (one transaction), and in all.
"""

import argparse
import io
import os
import tempfile
import time
from typing import Any

BAR_SECONDS = 20


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench sheets", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TONGGUI_DATA"] = folder
        measure(options.rows, options.repeats)


def measure(rows: int, repeats: int) -> None:
    from tonggui.run.setup import prepare_ledgers

    prepare_ledgers()
    from openpyxl import load_workbook

    from tonggui.register.actor import Actor
    from tonggui.register.registry import ledger
    from tonggui.register.sheets import importing
    from tonggui.register.sheets.mapping import Mapping

    firms, hazards = ledger("parties.enterprise"), ledger("safety.hazard")
    root = ledger("parties.unit").example()
    names = [firms.example(name=f"示例{n}公司", unit=root).name for n in range(50)]
    officer = Actor.system("测速")
    for repeat in range(repeats):
        file = own_sheet(rows, names, repeat)
        spent = {}
        began = time.perf_counter()
        run = importing.start(hazards, officer, file, "台账.xlsx")
        if run.state == "mapping":
            importing.map_columns(run, officer, Mapping.from_json(run.mapping))
        elif run.stored:
            importing.read_and_check(run, officer, importing.Silent())
        spent["read"] = time.perf_counter() - began
        began = time.perf_counter()
        if run.state == "reading":
            importing.read_and_check(run, officer, importing.Silent())
        spent["check"] = time.perf_counter() - began
        assert not run.faults, run.faults[:3]
        began = time.perf_counter()
        run.refresh_from_db()
        importing.finish(run, officer)
        spent["write"] = time.perf_counter() - began
        began = time.perf_counter()
        for sheet in load_workbook(file, read_only=True, data_only=True):
            list(sheet.iter_rows(values_only=True))
        peer = time.perf_counter() - began
        whole = sum(spent.values())
        parts = "  ".join(f"{name} {seconds:.1f} s" for name, seconds in spent.items())
        over = "  OVER" if whole > BAR_SECONDS else ""
        print(f"  {rows:,} rows: {whole:.1f} s ({parts}); openpyxl reads it in {peer:.1f} s{over}", flush=True)
    assert hazards.query(officer).count() == rows * repeats


def own_sheet(rows: int, firms: list[str], repeat: int) -> Any:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet("台账")
    page.append(["隐患排查整改台账（示例）", None, None, None, None])
    page.append(["序号", "公司名称", "等级", "问题描述", "排查时间"])
    for n in range(rows):
        grade = "重大隐患" if n % 20 == 0 else "一般隐患"
        day = f"2026年{n % 6 + 1}月{n % 27 + 1}日"
        page.append([n + 1, firms[n % len(firms)], grade, f"示例隐患{repeat}-{n}：灭火器过期", day])
    page.append(["合计", None, None, rows, None])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file
