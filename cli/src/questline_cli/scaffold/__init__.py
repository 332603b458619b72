"""Writes new plugins and themes: folders of templates, filled in and checked before anything is written."""

from questline_cli.scaffold.names import Name, NameRefused
from questline_cli.scaffold.plan import Features, plugin_files, theme_files
from questline_cli.scaffold.write import FolderRefused, write

__all__ = ["Features", "FolderRefused", "Name", "NameRefused", "plugin_files", "theme_files", "write"]
