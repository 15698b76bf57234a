"""Django's own commands (migrate, makemigrations, shell …) with Tonggui's settings."""

import argparse
import os


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="a Django command and its options")


def run(options: argparse.Namespace) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tonggui.run.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tonggui manage", *options.rest])
