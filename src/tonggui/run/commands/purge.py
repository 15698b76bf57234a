"""Empty the personal data that has had its time, as the ledgers promise it; `tonggui tasks` does it each night.

With `--dry-run` nothing is changed: the rows that would be emptied are listed by their numbers.
"""

import argparse
import os

from tonggui.base.site import Site
from tonggui.run.cli import add_data_option


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    parser.add_argument("--dry-run", action="store_true", help="only say what would be emptied")


def run(options: argparse.Namespace) -> None:
    os.environ["TONGGUI_DATA"] = str(Site.at(options.data).data)
    from tonggui.run.setup import start_django

    start_django()
    from tonggui.register.purging import purge_all

    found = purge_all(dry_run=options.dry_run)
    for one in found:
        print(f"{one}；{'、'.join(one.numbers[:20])}{' 等' if one.records > 20 else ''}")
    print(f"{'应清除' if options.dry_run else '已清除'} {sum(one.records for one in found)} 行。")
