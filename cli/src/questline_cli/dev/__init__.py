"""Developing a plugin on a running site: its Python reloads the server, its pages change while they are open."""
