"""The HTTP API of API keys, service accounts and client credentials."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter, URLEncodedBody
from litestar.status_codes import HTTP_400_BAD_REQUEST

from questline_core.access import api_keys, service_accounts
from questline_core.access.client_tokens import Refusal, client_token
from questline_core.access.key_schemas import (
    ApiKeyCard,
    ChangeServiceAccount,
    ClientToken,
    MadeApiKey,
    NewApiKey,
    NewServiceAccount,
    RotateKey,
    ServiceAccountDetails,
    ServiceAccounts,
    TokenError,
    TokenRequest,
)
from questline_core.auth.second_factor import demand_recent
from questline_core.context import HostContext
from questline_core.host import Host
from questline_core.http.problems import http_error
from questline_core.http.responses import problems

OWN = "identity.keys.manage"
MANAGE = "tenant.keys.manage"
Ctx = NamedDependency[HostContext]
NO_STORE = {"cache-control": "no-store"}
REFUSED = {
    status: ResponseSpec(TokenError, description="RFC 6749, section 5.2.", generate_examples=False)
    for status in (400, 401)
}
OwnerId = Annotated[
    UUID | None, QueryParameter(name="owner_id", description="Only those of this person or service account.")
]


@get("/account/api-keys", operation_id="list_my_api_keys", permission=OWN)
async def list_my_api_keys(ctx: Ctx) -> list[ApiKeyCard]:
    """The caller's own keys, the newest first."""
    return await api_keys.list_keys(ctx, of=ctx.user.id)


@post("/account/api-keys", operation_id="create_my_api_key", permission=OWN)
async def create_my_api_key(ctx: Ctx, data: JSONBody[NewApiKey]) -> MadeApiKey:
    """Make a key of one's own, for no more than one may; needs a recent proof of identity. It is shown this once."""
    await demand_recent(ctx)
    return await api_keys.create_key(ctx, data, of=ctx.user.id)


@post("/account/api-keys/{key_id:uuid}/rotation", operation_id="rotate_my_api_key", permission=OWN)
async def rotate_my_api_key(ctx: Ctx, key_id: FromPath[UUID], data: JSONBody[RotateKey]) -> MadeApiKey:
    """Make a key in place of another, which ends after the overlap; needs a recent proof of identity."""
    await demand_recent(ctx)
    return await api_keys.rotate_key(ctx, key_id, data, of=ctx.user.id)


@delete("/account/api-keys/{key_id:uuid}", operation_id="revoke_my_api_key", permission=OWN)
async def revoke_my_api_key(ctx: Ctx, key_id: FromPath[UUID]) -> None:
    """End a key of one's own at once."""
    await api_keys.revoke_key(ctx, key_id, of=ctx.user.id)


@get("/api-keys", operation_id="list_api_keys", permission=MANAGE)
async def list_api_keys(ctx: Ctx, owner: OwnerId = None) -> list[ApiKeyCard]:
    """Everybody's keys, the newest first."""
    return await api_keys.list_keys(ctx, of=owner)


@post("/api-keys/{key_id:uuid}/rotation", operation_id="rotate_api_key", permission=MANAGE)
async def rotate_api_key(ctx: Ctx, key_id: FromPath[UUID], data: JSONBody[RotateKey]) -> MadeApiKey:
    """Make a key in place of a service account's, which ends after the overlap; needs a recent proof of identity."""
    await demand_recent(ctx)
    return await api_keys.rotate_key(ctx, key_id, data)


@delete("/api-keys/{key_id:uuid}", operation_id="revoke_api_key", permission=MANAGE)
async def revoke_api_key(ctx: Ctx, key_id: FromPath[UUID]) -> None:
    """End anybody's key at once."""
    await api_keys.revoke_key(ctx, key_id)


@get("/service-accounts", operation_id="list_service_accounts", permission=MANAGE)
async def list_service_accounts(ctx: Ctx) -> ServiceAccounts:
    """The service accounts by name."""
    return await service_accounts.list_service_accounts(ctx)


@post("/service-accounts", operation_id="create_service_account", permission=MANAGE)
async def create_service_account(ctx: Ctx, data: JSONBody[NewServiceAccount]) -> ServiceAccountDetails:
    """Make a service account; give it roles by `POST /grants`."""
    return await service_accounts.create_service_account(ctx, data)


@get("/service-accounts/{account_id:uuid}", operation_id="get_service_account", permission=MANAGE)
async def get_service_account(ctx: Ctx, account_id: FromPath[UUID]) -> ServiceAccountDetails:
    """A service account with its roles and keys."""
    return await service_accounts.get_service_account(ctx, account_id)


@put("/service-accounts/{account_id:uuid}", operation_id="change_service_account", permission=MANAGE)
async def change_service_account(
    ctx: Ctx, account_id: FromPath[UUID], data: JSONBody[ChangeServiceAccount]
) -> ServiceAccountDetails:
    """Rename a service account, suspend it or let it in again."""
    return await service_accounts.change_service_account(ctx, account_id, data)


@delete("/service-accounts/{account_id:uuid}", operation_id="delete_service_account", permission=MANAGE)
async def delete_service_account(ctx: Ctx, account_id: FromPath[UUID]) -> None:
    """Remove a service account; its keys and tokens end at once."""
    await service_accounts.delete_service_account(ctx, account_id)


@post("/service-accounts/{account_id:uuid}/api-keys", operation_id="create_service_account_key", permission=MANAGE)
async def create_service_account_key(ctx: Ctx, account_id: FromPath[UUID], data: JSONBody[NewApiKey]) -> MadeApiKey:
    """Make a key for a service account; needs a recent proof of identity. It is shown this once."""
    await demand_recent(ctx)
    await service_accounts.get_service_account(ctx, account_id)
    return await api_keys.create_key(ctx, data, of=account_id)


def refuse_form(request: Request[Any, Any, Any], error: HTTPException | UnicodeDecodeError) -> Response[Any]:
    """Answer a form that cannot be read as the standard has it, and everything else as usual."""
    if isinstance(error, HTTPException) and error.status_code != HTTP_400_BAD_REQUEST:
        return http_error(request, error)
    answer = TokenError(error="invalid_request", error_description="The form cannot be read.")
    return Response(answer, status_code=HTTP_400_BAD_REQUEST, headers=NO_STORE)


@post(
    "/oauth/token",
    operation_id="issue_client_token",
    public=True,
    tenantless=True,
    status_code=200,
    responses=REFUSED | problems(429),
    exception_handlers=dict.fromkeys((ValidationException, HTTPException, UnicodeDecodeError), refuse_form),
)
async def issue_client_token(
    host: NamedDependency[Host], request: Request[Any, Any, Any], data: URLEncodedBody[TokenRequest]
) -> Response[ClientToken]:
    """An access token for a service account (RFC 6749, section 4.4).

    The client id is the service account's, the secret one of its API keys, by `client_secret_basic` or
    `client_secret_post`.
    """
    try:
        token = await client_token(
            host, data, request.headers.get("authorization"), request.scope["state"].get("address")
        )
    except Refusal as refused:
        headers = NO_STORE | ({"www-authenticate": 'Basic realm="questline"'} if refused.status == 401 else {})
        answer: Response[Any] = Response(refused.answer, status_code=refused.status, headers=headers)
        return answer
    return Response(token, headers=NO_STORE)


router = Router(
    "/api/v1",
    route_handlers=[
        list_my_api_keys,
        create_my_api_key,
        rotate_my_api_key,
        revoke_my_api_key,
        list_api_keys,
        rotate_api_key,
        revoke_api_key,
        list_service_accounts,
        create_service_account,
        get_service_account,
        change_service_account,
        delete_service_account,
        create_service_account_key,
        issue_client_token,
    ],
    tags=["access"],
)
