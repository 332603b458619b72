"""The people of the demo, all invented, and how eagerly each of them learns."""

import msgspec

PASSWORD = "learn-by-doing"  # noqa: S105  printed for everybody to use


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """An account whose password `questline demo` prints."""

    role: str
    email: str
    name: str
    time_zone: str
    password: str = PASSWORD


class Learner(msgspec.Struct, frozen=True, kw_only=True):
    """A learner of the demo.

    Args:
        started: Days before today on which they enrolled.
        pace: Lessons on a day on which they learn.
        diligence: Chance that they learn on a given day.
        skill: Chance that they know the answer to an item.
    """

    name: str
    email: str
    time_zone: str
    started: int
    pace: int
    diligence: float
    skill: float


LOGINS = (
    Login(role="admin", email="admin@demo.example", name="Ada Demir", time_zone="Europe/Istanbul"),
    Login(role="instructor", email="instructor@demo.example", name="Ingrid Solberg", time_zone="Europe/Oslo"),
    Login(role="learner", email="learner@demo.example", name="Lena Park", time_zone="Europe/Berlin"),
)

NAMES = (
    "Amara Okafor", "Mateo Rossi", "Yuki Tanaka", "Priya Nair", "Jonas Weber", "Sofia Almeida", "Kwame Mensah",
    "Chloé Martin", "Daniel Cohen", "Hana Novak", "Omar Haddad", "Isla Fraser", "Lucas Pereira", "Mei Lin",
    "Noah Jensen", "Zara Khan", "Tomás Vega", "Freya Lind", "Elif Kaya", "Arjun Mehta", "Nina Petrova",
    "Samuel Adeyemi", "Clara Dubois", "Finn O'Connor",
)  # fmt: skip
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Asia/Kolkata", "Africa/Lagos", "America/Sao_Paulo")


def learners() -> list[Learner]:
    """The 25 learners, the same every time: a few who race ahead, most at a steady pace, some who have just begun."""
    lena = Learner(
        name=LOGINS[2].name, email=LOGINS[2].email, time_zone=LOGINS[2].time_zone,
        started=16, pace=1, diligence=0.55, skill=0.9,
    )  # fmt: skip
    return [lena, *(_learner(number, name) for number, name in enumerate(NAMES))]


def _learner(number: int, name: str) -> Learner:
    word = name.split(maxsplit=1)[0].lower().replace("é", "e").replace("á", "a")
    return Learner(
        name=name,
        email=f"{word}@demo.example",
        time_zone=ZONES[number % len(ZONES)],
        started=3 + (number * 7) % 38,
        pace=1 + number % 3,
        diligence=0.25 + 0.06 * (number % 11),
        skill=0.65 + 0.03 * (number % 11),
    )
