import re

import pytest

from questline_core.mail.compose import look_of, write
from questline_core.mail.texts import language_of, languages

NAMES = re.compile(r"{{ (\w+) }}")


def values_of(text):
    return {
        name: f"<{name}>" for line in (text.subject, *text.paragraphs, text.small or "") for name in NAMES.findall(line)
    }


def test_every_language_has_every_mail_with_the_same_values_and_button():
    english = languages()["en"].mails
    for code, language in languages().items():
        assert language.mails.keys() == english.keys(), code
        for kind, text in language.mails.items():
            assert values_of(text) == values_of(english[kind]), (code, kind)
            assert (text.button is None) == (english[kind].button is None), (code, kind)


@pytest.mark.parametrize("language", sorted(languages()))
@pytest.mark.parametrize("kind", sorted(languages()["en"].mails))
def test_every_mail_can_be_written_and_escapes_what_people_write(kind, language):
    values = values_of(languages()["en"].mails[kind])
    site, name = values.pop("site", "<b>School</b>"), "<script>Ada</script>"
    content = write(kind, language, look_of({}), site=site, name=name, link="https://school.example/x#t", values=values)
    assert "<script>" not in content.html
    assert name in content.text
    if languages()[language].mails[kind].button:
        assert "https://school.example/x#t" in content.text
        assert 'href="https://school.example/x#t"' in content.html
    assert f'lang="{language}"' in content.html


def test_the_look_is_the_themes():
    tokens = {
        "light": {"color": {"primary": {"$type": "color", "$value": "#123456"}}},
        "font": {"family": {"body": {"$type": "fontFamily", "$value": ["Two Words", "serif"]}}},
    }
    content = write("test", "en", look_of(tokens), site="School", name=None, link=None, values={})
    assert "font-family:&#39;Two Words&#39;, serif" in content.html
    assert look_of(tokens).light["primary"] == "#123456"


def test_the_language_follows_the_locale():
    assert [language_of(each) for each in ("de-AT", "de", "en-GB", "fr")] == ["de", "de", "en", "en"]
