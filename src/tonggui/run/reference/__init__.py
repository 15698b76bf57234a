"""The generated reference: one page for every declared unit, written from the declarations alone."""

from tonggui.run.reference import detectors, indicators, ledgers, messages, rules


def pages() -> dict[str, str]:
    """Path below docs/reference → Markdown, for every unit that is declared."""
    found: dict[str, str] = {}
    for part in (messages, detectors, rules, ledgers, indicators):
        found |= part.pages()
    return found | {"README.md": _index(found)}


def _index(found: dict[str, str]) -> str:
    titles = {
        "messages": "Protocol messages",
        "detectors": "Detectors",
        "rules": "Rules of law",
        "ledgers": "Ledgers",
        "indicators": "Indicators",
    }
    lines = ["# Reference", "", "Written by `make docs` from the declarations; do not edit.", ""]
    for folder, title in titles.items():
        lines += [f"## {title}", ""]
        for path in sorted(found):
            if path.startswith(folder):
                heading = found[path].splitlines()[0].lstrip("# ")
                lines.append(f"- [{heading}]({path})")
        lines.append("")
    return "\n".join(lines)
