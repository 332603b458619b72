"""What an identity provider answers: one signed assertion, about this request, for this site, now."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from cryptography.x509 import Certificate
from msgspec import Struct

from questline_saml.encryption import decrypted
from questline_saml.own_keys import PrivateKey
from questline_saml.signatures import signed
from questline_saml.xml import find_all, name, parse, text_of

SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
LEEWAY = dt.timedelta(seconds=60)
"""By how much clocks may differ."""


class Expected(Struct, frozen=True, kw_only=True):
    """What a response has to say."""

    issuer: str
    audience: str
    recipient: str
    request_id: str
    signers: list[Certificate]
    own_keys: list[PrivateKey] = []
    """What an assertion may be encrypted for."""
    now: dt.datetime
    fresh_since: dt.datetime | None = None
    """When the person was sent to prove again who they are."""


class Statement(Struct, frozen=True, kw_only=True):
    """What a verified assertion says."""

    assertion_id: str
    expires_at: dt.datetime
    name_id: str
    transient: bool
    attributes: Mapping[str, list[str]]


def read(message: bytes, expected: Expected) -> Statement:
    """Verify a response; raises `ValueError`, which says what is wrong with it."""
    response = parse(message)
    if response.tag != name("samlp:Response"):
        raise ValueError("it is not a response")
    _check_message(response, expected)
    assertion = _assertion(response, expected)
    if text_of(_one(assertion, "saml:Issuer")) != expected.issuer:
        raise ValueError("the assertion is of another issuer")
    expires_at = _check_conditions(_one(assertion, "saml:Conditions"), expected)
    subject = _one(assertion, "saml:Subject")
    _check_confirmation(subject, expected)
    _check_authentication(assertion, expected)
    name_id = _one(subject, "saml:NameID")
    return Statement(
        assertion_id=assertion.get("ID"),
        expires_at=expires_at,
        name_id=text_of(name_id),
        transient=name_id.get("Format") == TRANSIENT,
        attributes={
            attribute.get("Name", ""): [text_of(each) for each in find_all(attribute, "saml:AttributeValue")]
            for attribute in find_all(assertion, "saml:AttributeStatement/saml:Attribute")
        },
    )


def _assertion(response: Any, expected: Expected) -> Any:
    """The one assertion, as it was signed, decrypted where it was encrypted."""
    plain, encrypted = find_all(response, ".//saml:Assertion"), find_all(response, ".//saml:EncryptedAssertion")
    if len(plain) + len(encrypted) != 1 or (plain or encrypted)[0].getparent() is not response:
        raise ValueError("there must be one assertion")
    if plain:
        return signed(plain[0], expected.signers)
    if not expected.own_keys:
        raise ValueError("the assertion is encrypted, and no key of this site is set")
    try:
        return signed(decrypted(encrypted[0], expected.own_keys), expected.signers)
    except ValueError:
        # One answer for whatever is wrong, so that nobody learns from it what a changed ciphertext decrypts to.
        raise ValueError("the encrypted assertion could not be decrypted, or is not signed as it should be") from None


def _check_message(response: Any, expected: Expected) -> None:
    """What is around the assertion; it may be unsigned, so this only finds errors earlier."""
    code = _one(response, "samlp:Status/samlp:StatusCode").get("Value")
    if code != SUCCESS:
        raise ValueError("the identity provider did not let you in")
    if response.get("Destination", expected.recipient) != expected.recipient:
        raise ValueError("it is for another address")
    if response.get("InResponseTo") != expected.request_id:
        raise ValueError("it answers another request")


def _check_conditions(conditions: Any, expected: Expected) -> dt.datetime:
    begins, ends = _time(conditions, "NotBefore"), _time(conditions, "NotOnOrAfter")
    if ends is None or ends + LEEWAY <= expected.now:
        raise ValueError("the assertion has expired")
    if begins is not None and begins - LEEWAY > expected.now:
        raise ValueError("the assertion is from the future")
    restrictions = find_all(conditions, "saml:AudienceRestriction")
    if not restrictions or any(
        expected.audience not in {text_of(each) for each in find_all(restriction, "saml:Audience")}
        for restriction in restrictions
    ):
        raise ValueError("the assertion is for another site")
    return ends + LEEWAY


def _check_confirmation(subject: Any, expected: Expected) -> None:
    for confirmation in find_all(subject, "saml:SubjectConfirmation"):
        data = find_all(confirmation, "saml:SubjectConfirmationData")
        if confirmation.get("Method") != BEARER or len(data) != 1:
            continue
        ends = _time(data[0], "NotOnOrAfter")
        if (
            data[0].get("Recipient") == expected.recipient
            and data[0].get("InResponseTo") == expected.request_id
            and ends is not None
            and ends + LEEWAY > expected.now
        ):
            return
    raise ValueError("the assertion is not confirmed for this request")


def _check_authentication(assertion: Any, expected: Expected) -> None:
    statement = _one(assertion, "saml:AuthnStatement")
    over, proved = _time(statement, "SessionNotOnOrAfter"), _time(statement, "AuthnInstant")
    if over is not None and over + LEEWAY <= expected.now:
        raise ValueError("the session there has ended")
    if expected.fresh_since is not None and (proved is None or proved < expected.fresh_since - LEEWAY):
        raise ValueError("the identity provider did not ask again who you are")


def _one(element: Any, path: str) -> Any:
    found = find_all(element, path)
    if len(found) != 1:
        raise ValueError(f"there must be one {path.rpartition(':')[2]}")
    return found[0]


def _time(element: Any, attribute: str) -> dt.datetime | None:
    value = element.get(attribute)
    if value is None:
        return None
    moment = dt.datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
