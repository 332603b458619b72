"""Logging in with GitHub, which has an API in place of ID tokens: an enterprise server, played by a local one."""

import base64
import hashlib
import secrets
from urllib.parse import parse_qsl, urlsplit

import pytest
import pytest_asyncio

from questline_sdk.testing.local_service import Answer, LocalService, Request

SECRET = "a secret of the app"


class GitHub(LocalService):
    """Codes for tokens, who somebody is, and their addresses, as GitHub documents them."""

    def __init__(self):
        super().__init__()
        self.codes = {}
        self.people = {}

    def authorize(self, url, user):
        """What the browser is sent back with after somebody agreed at the address."""
        query = dict(parse_qsl(urlsplit(url).query))
        code = secrets.token_hex(10)
        self.codes[code] = (query, user)
        return {"code": code, "state": query["state"]}

    async def answer(self, request: Request) -> Answer:
        """Answer one request."""
        if request.path == "/login/oauth/access_token":
            return self._token(dict(parse_qsl(request.body.decode())))
        user = self.people.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if user is None:
            return Answer({"message": "Bad credentials"}, 401)
        if request.path == "/api/v3/user":
            return Answer({name: value for name, value in user.items() if name != "emails"})
        assert request.path == "/api/v3/user/emails"
        return Answer(user["emails"])

    def _token(self, form):
        query, user = self.codes.pop(form["code"], ({}, None))
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        right = (
            form.get("client_id") == query.get("client_id")
            and form.get("client_secret") == SECRET
            and form.get("redirect_uri") == query.get("redirect_uri")
            and base64.urlsafe_b64encode(verifier).decode().rstrip("=") == query.get("code_challenge")
        )
        if not right:  # with 200, as GitHub does
            return Answer({"error": "bad_verification_code", "error_description": "The code is incorrect or expired."})
        token = f"gho_{secrets.token_hex(10)}"
        self.people[token] = user
        return Answer({"access_token": token, "token_type": "bearer", "scope": query["scope"].replace(" ", ",")})


def person(number, *emails):
    """Somebody at GitHub; addresses are (address, primary, verified)."""
    shown = [{"email": email, "primary": primary, "verified": verified} for email, primary, verified in emails]
    return {"id": number, "login": f"octo{number}", "name": None, "email": "shown@elsewhere.example", "emails": shown}


@pytest_asyncio.fixture(loop_scope="session")
async def github():
    async with GitHub().running() as running:
        yield running


@pytest.fixture
def log_in_with_github(github, as_user, browser):
    """Sets the preset up and comes in as somebody."""

    async def go(user, *, alter=None, **fields):
        provider = {"id": "hub", "kind": "github", "issuer": github.url, "client_id": "app", "client_secret": SECRET}
        admin = await as_user("admin")
        answer = await admin.put("/api/v1/plugins/oauth/settings", json={"providers": [provider | fields]})
        assert answer.status_code == 200, answer.text
        async with await browser() as client:
            begun = await client.post("/api/v1/sign-in/oauth.hub", json={})
            assert begun.status_code == 200, begun.text
            assert begun.json()["url"].startswith(f"{github.url}/login/oauth/authorize?")
            brought = github.authorize(begun.json()["url"], user)
            body = {"state": brought["state"], "parameters": {**brought, **(alter or {})}}
            return await client.post("/api/v1/sign-in/oauth.hub/completion", json=body)

    return go


async def test_the_primary_confirmed_address_is_whose_account_it_is(log_in_with_github):
    emails = [("old@octo.example", False, True), ("mona@octo.example", True, True)]
    first = await log_in_with_github(person(7, *emails))
    assert first.status_code == 200, first.text
    user = first.json()["user"]
    assert (user["email"], user["display_name"]) == ("mona@octo.example", "octo7")
    again = await log_in_with_github(person(7, ("renamed@octo.example", True, True)))
    assert again.json()["user"]["id"] == user["id"]  # by GitHub's number, whatever the address
    other = await log_in_with_github(person(8, ("lisa@octo.example", True, True)))
    assert other.json()["user"]["id"] != user["id"]


@pytest.mark.parametrize(
    "emails",
    [
        [("mona@octo.example", True, False)],
        [("mona@octo.example", False, True)],
        [],
        {"message": "Not found"},
    ],
)
async def test_an_address_that_is_not_confirmed_opens_no_account(log_in_with_github, emails):
    user = person(9) | {"emails": emails} if isinstance(emails, dict) else person(9, *emails)
    answer = await log_in_with_github(user)
    assert 400 <= answer.status_code < 500, answer.text


async def test_a_code_of_somebody_else_or_a_wrong_secret_lets_nobody_in(log_in_with_github):
    user = person(10, ("mona10@octo.example", True, True))
    assert (await log_in_with_github(user, alter={"code": "guessed"})).status_code >= 400
    assert (await log_in_with_github(user, client_secret="another")).status_code >= 400


async def test_an_answer_that_names_nobody_lets_nobody_in(log_in_with_github):
    nobody = person(11, ("mona11@octo.example", True, True)) | {"id": "11"}
    answer = await log_in_with_github(nobody)
    assert answer.status_code == 503, answer.text
