import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from redis import AuthenticationError, Redis

from questline_core.services import EmbeddedValkey

Launch = Callable[[Any], Any]
Connect = Callable[[str], Redis]


def test_it_demands_a_password_that_no_command_line_shows(launch: Launch, home: Path, redis: Connect) -> None:
    server = launch(EmbeddedValkey(home))
    client = redis(server.redis_url)
    assert client.ping()
    assert client.config_get("appendfsync") == {"appendfsync": "everysec"}
    password = server.redis_url.split(":")[2].split("@")[0]
    assert password not in Path(f"/proc/{server.pid}/cmdline").read_text()
    assert stat.S_IMODE((server.root / "valkey.conf").stat().st_mode) == 0o600
    with pytest.raises(AuthenticationError):
        redis(f"redis://:wrong@127.0.0.1:{server.port}/0").ping()


def test_a_second_start_keeps_port_and_data(launch: Launch, home: Path, redis: Connect) -> None:
    first = launch(EmbeddedValkey(home))
    redis(first.redis_url).zadd("board", {"ada": 3})
    first.stop()
    again = launch(EmbeddedValkey(home))
    assert again.redis_url == first.redis_url
    assert redis(again.redis_url).zscore("board", "ada") == 3


def test_a_damaged_append_only_file_is_set_aside(launch: Launch, home: Path, redis: Connect) -> None:
    first = launch(EmbeddedValkey(home))
    client = redis(first.redis_url)
    for number in range(100):
        client.set(f"key{number}", number)
    first.stop()
    file = next(first.data.glob("appendonlydir/*.incr.aof"))
    content = file.read_bytes()
    file.write_bytes(content[:200] + b"garbage\r\n" + content[200:])
    again = launch(EmbeddedValkey(home))
    assert redis(again.redis_url).dbsize() == 0
    aside = next(again.root.glob("damaged-*"))
    assert str(aside) in again.notice
    assert (aside / "appendonlydir" / file.name).exists()


def test_an_append_only_file_cut_short_loses_only_its_last_write(launch: Launch, home: Path, redis: Connect) -> None:
    first = launch(EmbeddedValkey(home))
    client = redis(first.redis_url)
    client.set("first", 1)
    client.set("last", 2)
    first.stop()
    file = next(first.data.glob("appendonlydir/*.incr.aof"))
    file.write_bytes(file.read_bytes()[:-3])
    again = launch(EmbeddedValkey(home))
    assert not again.notice
    assert redis(again.redis_url).get("first") == b"1"
    assert redis(again.redis_url).get("last") is None
