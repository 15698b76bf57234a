"""A new ledger's first file: complete, loadable and tried by the shared suite from its first minute."""

import re
from pathlib import Path

from tonggui.register.errors import DeclarationError

_LEDGER = '''"""{title}台账: what it records, from what to what.

Basis: the law, standard or form that this ledger follows.
"""

from datetime import date

from tonggui.register.declare import (
    Confirming,
    Count,
    Day,
    Ledger,
    LongText,
    Number,
    Record,
    Section,
    Sheet,
    Text,
    within_unit,
)


class {name}(Record):
    """One {words}."""

    number = Number("{series}{{year}}{{seq:05}}", year_of="held_on")
    name = Text("名称")
    held_on = Day("日期")
    content = LongText("内容", optional=True)

    class Flow(Confirming, enters="clerk", checks="director"):
        pass

    class Page(Ledger):
        title = "{title}"
        columns = "number name held_on unit state"
        filters = "held_on unit state"
        search = "number name content"
        names = "name"
        form = [Section("基本情况", "name held_on content")]
        read = {{"county": within_unit}}
        write = {{"clerk": within_unit}}
        imports = Sheet("{title}导入模板", columns="name held_on content")
        exports = "number name held_on content state"
        example = dict(name="示例{title}", held_on=date(2026, 1, 1))

    class Measures:
        held = Count("{title}", on="held_on", unit="次")

    def __str__(self):
        return f"{{self.number}} {{self.name}}"
'''

_APP = '''"""{title}: a folder of ledgers."""

from tonggui.register.domain import LedgerApp


class {name}(LedgerApp):
    verbose_name = "{title}"
'''


def new_ledger(ledgers: Path, glossary: Path, key: str, title: str) -> list[Path]:
    """Write the file of a new ledger, its domain where it is new, and its line in the glossary; the files written.

    DeclarationError when the key is no `domain.name` or the ledger exists.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*\.[a-z][a-z0-9_]*", key):
        raise DeclarationError(f'"{key}" is no key of a ledger; write it as domain.name, such as safety.drill')
    domain, module = key.split(".")
    folder, file = ledgers / domain, ledgers / domain / f"{module}.py"
    if file.exists():
        raise DeclarationError(f"{file} exists already")
    name = "".join(word.capitalize() for word in module.split("_"))
    written = [file]
    if not (folder / "apps.py").exists():
        (folder / "migrations").mkdir(parents=True, exist_ok=True)
        (folder / "migrations" / "__init__.py").touch()
        (folder / "__init__.py").write_text(f'"""{domain}: a folder of ledgers."""\n', encoding="utf-8")
        (folder / "apps.py").write_text(_APP.format(title=title, name=domain.capitalize()), encoding="utf-8")
        written += [folder / "apps.py"]
    series = "".join(word[0] for word in (domain, *module.split("_"))).upper()
    text = _LEDGER.format(title=title, name=name, words=module.replace("_", " "), series=series)
    file.write_text(text, encoding="utf-8")
    with glossary.open("a", encoding="utf-8") as lines:
        lines.write(f"| {title} | {name} (ledger {key}) | |\n")
    return [*written, glossary]
