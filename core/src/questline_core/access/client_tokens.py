"""Access tokens for service accounts: OAuth 2 client credentials (RFC 6749, section 4.4), tokens as of RFC 9068."""

import base64
import binascii
from urllib.parse import unquote_plus

import msgspec

from questline_core.access.key_cache import KeyHolder
from questline_core.access.key_schemas import ClientToken, TokenError, TokenRequest
from questline_core.access.key_text import START
from questline_core.access.standing import SERVICE
from questline_core.host import Host
from questline_sdk import Unauthenticated

GRANT = "client_credentials"


class Refusal(Exception):
    """There is no token; `by_header` says how the client had shown who it is."""

    def __init__(self, answer: TokenError, *, by_header: bool = False) -> None:
        super().__init__(answer.error_description)
        self.answer = answer
        self.by_header = by_header

    @property
    def status(self) -> int:
        """401 for a client that is not known, else 400."""
        return 401 if self.answer.error == "invalid_client" else 400


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """What a client shows: its id and one of its API keys, in the header or in the form."""

    client_id: str
    secret: str
    by_header: bool


async def client_token(host: Host, data: TokenRequest, authorization: str | None, address: str | None) -> ClientToken:
    """A token for a service account, limited to the scopes that were asked for.

    Raises:
        Refusal: Something is wrong with the request, the client or the scope.
        TooManyRequests: Too many keys that were none came from this address.
    """
    if data.grant_type != GRANT:
        raise _refusal("unsupported_grant_type", f"Use grant_type={GRANT}.")
    shown = _credentials(data, authorization)
    holder = await _client(host, shown, address)
    enabled, grants = await host.enablement.of(holder.tenant_id), await host.roles.grants(holder.tenant_id)
    standing = holder.standing
    roles = (standing.role, *standing.roles, *standing.narrow)
    may = host.permissions.of_roles(roles, enabled, grants, holder.limit)
    wanted = frozenset((data.scope or "").split()) or may
    if not wanted <= may:
        raise _refusal("invalid_scope", f"The client may not {' '.join(sorted(wanted - may))}.")
    scope = " ".join(sorted(wanted))
    token = host.tokens.issue_to_client(
        client_id=holder.subject_id,
        tenant_id=holder.tenant_id,
        key_id=holder.key_id,
        role=standing.role,
        roles=standing.roles,
        narrow=standing.narrow,
        scope=scope,
    )
    return ClientToken(access_token=token, expires_in=host.tokens.seconds, scope=scope)


async def _client(host: Host, shown: Credentials, address: str | None) -> KeyHolder:
    wrong = _refusal("invalid_client", "The client is not known, or its secret is not right.", shown)
    if not shown.secret.startswith(START):
        raise wrong
    try:
        holder = await host.api_keys.holder(shown.secret, address)
    except Unauthenticated:
        raise wrong from None
    if holder.standing.role != SERVICE or str(holder.subject_id) != shown.client_id.lower():
        raise wrong
    return holder


def _credentials(data: TokenRequest, authorization: str | None) -> Credentials:
    """RFC 6749, section 2.3.1: `client_secret_basic`, or `client_secret_post`, but not both."""
    if authorization is None:
        if not data.client_id or not data.client_secret:
            raise _refusal("invalid_client", "Show client_id and client_secret.")
        return Credentials(client_id=data.client_id, secret=data.client_secret, by_header=False)
    if data.client_secret is not None:
        raise _refusal("invalid_request", "Show the secret in the header or in the form, not in both.")
    scheme, _, value = authorization.partition(" ")
    try:
        text = base64.b64decode(value, validate=True).decode()
    except (binascii.Error, ValueError):
        text = ""
    client_id, separator, secret = text.partition(":")
    shown = Credentials(client_id=unquote_plus(client_id), secret=unquote_plus(secret), by_header=True)
    if scheme.lower() != "basic" or not separator:
        raise _refusal("invalid_client", "Use `Authorization: Basic`.", shown)
    return shown


def _refusal(error: str, description: str, shown: Credentials | None = None) -> Refusal:
    answer = TokenError(error=error, error_description=description)  # type: ignore[arg-type]
    return Refusal(answer, by_header=shown is not None and shown.by_header)
