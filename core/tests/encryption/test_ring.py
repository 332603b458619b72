import base64

import pytest

from questline_core.encryption.ring import KeyRing, derived_key, new_ring_key, ring_key_of
from questline_core.settings import Settings, SettingsError
from questline_sdk.db import SealedError

SECRET = "a secret of the site, thirty-two bytes or more"


def ring_of(**values):
    return KeyRing.of(Settings(secret_key=SECRET, **values))


def test_a_site_that_sets_no_key_has_one_of_its_secret():
    assert ring_of().ids == [derived_key(SECRET)[0]]
    assert derived_key(SECRET)[0] != derived_key(SECRET + "!")[0]


def test_the_first_key_of_the_settings_wraps_and_every_key_unwraps(tmp_path):
    old, new = new_ring_key("2025"), new_ring_key("2026")
    file = tmp_path / "ring"
    file.write_text(f"# made last year\n{old}\n")
    ring = ring_of(encryption_keys=new, encryption_keys_file=str(file))
    assert ring.ids == ["2026", "2025", derived_key(SECRET)[0]]
    wrapped = ring_of(encryption_keys=old).wrap(b"key", of=b"name")
    assert ring_key_of(wrapped) == "2025"
    assert ring.unwrap(wrapped, of=b"name") == b"key"
    assert ring_key_of(ring.wrap(b"key", of=b"name")) == "2026"


def test_what_was_wrapped_opens_only_with_its_key_and_name_and_unaltered():
    ring = ring_of(encryption_keys=new_ring_key("a"))
    wrapped = ring.wrap(b"key", of=b"name")
    for other, name, data in (
        (ring, b"other", wrapped),
        (ring, b"name", wrapped[:-1] + bytes([wrapped[-1] ^ 1])),
        (ring, b"name", b"\x01" + wrapped[1:]),
        (ring, b"name", b""),
        (ring, b"name", wrapped[:3]),
        (ring_of(encryption_keys=new_ring_key("a")), b"name", wrapped),
        (ring_of(), b"name", wrapped),
    ):
        with pytest.raises(SealedError):
            other.unwrap(data, of=name)


@pytest.mark.parametrize(
    "text",
    ["no id", "a:short", f":{base64.b64encode(bytes(32)).decode()}", "a:" + "!" * 44, "a b:" + "A" * 44],
)
def test_a_ring_that_cannot_be_read_is_refused_without_showing_it(text):
    with pytest.raises(SettingsError, match=r"^encryption_keys: ") as caught:
        ring_of(encryption_keys=text)
    assert "!" not in str(caught.value)


def test_two_keys_of_one_id_and_a_missing_file_are_refused():
    with pytest.raises(SettingsError, match="two keys with the id 'a'"):
        ring_of(encryption_keys=f"{new_ring_key('a')},{new_ring_key('a')}")
    with pytest.raises(SettingsError, match="cannot be read"):
        ring_of(encryption_keys_file="/nowhere/ring")


def test_an_id_of_a_key_is_short_and_plain():
    with pytest.raises(ValueError, match="64"):
        new_ring_key("a:b")
