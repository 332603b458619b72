"""npm's saml-idp as the company's identity provider, and a browser that goes there and comes back."""

import base64
import datetime as dt
import os
import re
import signal
import socket
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import pytest_asyncio
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

IDP = Path(__file__).parents[3] / "node_modules" / "saml-idp" / "bin" / "run.js"
ENTITY_ID = "urn:example:idp"
FIELD = re.compile(r'<input[^>]*name="([^"]+)"[^>]*value=["\']([^"\']*)["\']')
READY = "IdP server ready"


class Key:
    """A key and its certificate, as files and in PEM."""

    def __init__(self, folder, name="idp"):
        self.private = rsa.generate_private_key(65537, 2048)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        now = dt.datetime.now(dt.UTC)
        builder = x509.CertificateBuilder(subject, subject, self.private.public_key(), x509.random_serial_number())
        dated = builder.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
        self.certificate = dated.sign(self.private, hashes.SHA256())
        self.pem = self.certificate.public_bytes(serialization.Encoding.PEM).decode()
        self.key_file, self.certificate_file = folder / f"{name}.key", folder / f"{name}.pem"
        kind, none = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        self.key_file.write_bytes(self.private.private_bytes(serialization.Encoding.PEM, kind, none))
        self.certificate_file.write_text(self.pem)


@pytest.fixture(scope="session")
def key(tmp_path_factory):
    return Key(tmp_path_factory.mktemp("idp"))


@pytest.fixture(scope="session")
def other_key(tmp_path_factory):
    return Key(tmp_path_factory.mktemp("other"), "other")


@pytest.fixture(scope="session")
def own_key(tmp_path_factory):
    """This site's key."""
    return Key(tmp_path_factory.mktemp("own"), "own")


@pytest.fixture(scope="session")
def idp(key):
    """The running identity provider's address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    node = Path(sys.executable).with_name("node")
    arguments = ["--port", str(port), "--host", "127.0.0.1", "--cert", key.certificate_file, "--key", key.key_file]
    arguments += [
        "--acsUrl",
        "http://localhost/unused",
        "--audience",
        "http://localhost:8000/api/v1/p/saml/acme/metadata",
        "--sloUrl",
        "http://localhost:8000/api/v1/p/saml/acme/log-out",
    ]
    command = [node, IDP, *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as process:
        try:
            next(line for line in process.stdout if READY in line)
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # the interpreter is a child of its wheel's script


@pytest_asyncio.fixture(loop_scope="session")
async def configure(idp, key, as_user):
    """Sets the tenant's identity provider up."""
    admin = await as_user("admin")
    basic = {
        "id": "acme",
        "label": "Acme",
        "entity_id": ENTITY_ID,
        "sign_on_url": f"{idp}/saml/sso",
        "certificates": key.pem,
        "email_attribute": "email",
        "name_attribute": "displayName",
        "trusts_email": True,
    }

    async def set_up(**fields):
        answer = await admin.put("/api/v1/plugins/saml/settings", json={"providers": [basic | fields]})
        assert answer.status_code == 200, answer.text
        return admin

    return set_up


class Way:
    """A browser on its way to the identity provider and back."""

    def __init__(self, client):
        self.client = client
        self.state = ""

    async def begin(self):
        begun = await self.client.post("/api/v1/sign-in/saml.acme", json={})
        assert begun.status_code == 200, begun.text
        url = begun.json()["url"]
        self.state = parse_qs(urlsplit(url).query)["RelayState"][0]
        return url

    async def at_provider(self, url, **person):
        """What the identity provider's page posts."""
        async with httpx.AsyncClient() as elsewhere:
            page = await elsewhere.get(url)
            origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
            given = dict(FIELD.findall(page.text)) | person
            answer = await elsewhere.post(f"{origin}/signin", data={k: unescape(v) for k, v in given.items()})
        return {name: unescape(value) for name, value in FIELD.findall(answer.text)}

    async def come_back(self, posted):
        """Post the answer as the provider's page does, and end the way."""
        headers = {"origin": "http://127.0.0.1:1", "sec-fetch-site": "cross-site"}
        answer = await self.client.post("/api/v1/sign-in/saml.acme/answer", data=posted, headers=headers)
        if answer.status_code != 303:
            return answer
        brought = parse_qs(urlsplit(answer.headers["location"]).fragment)
        body = {name: value[0] for name, value in brought.items()}
        return await self.client.post("/api/v1/sign-in/saml.acme/completion", json=body)


@pytest.fixture
def way(site, tenant):
    """Makes browsers that nobody is signed in with."""

    def make():
        return Way(site.client(**{"x-questline-tenant": tenant.slug}))

    return make


@pytest.fixture
def message():
    """Reads the XML of a posted answer, and puts other XML in its place."""

    class Message:
        read = staticmethod(lambda posted: base64.b64decode(posted["SAMLResponse"]))
        put = staticmethod(lambda posted, data: posted | {"SAMLResponse": base64.b64encode(data).decode()})

    return Message
