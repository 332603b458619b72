"""Lets `python -m questline_cli` stand for the command."""

from questline_cli.main import main

main()
