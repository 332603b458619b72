"""The HTTP API of opening an account, and of the links that are mailed."""

from typing import Any

from litestar import Response, Router, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody

from questline_core.auth import invitations, recovery
from questline_core.auth.answers import AnyRequest, device_of, signed_in
from questline_core.auth.cookies import refuse_other_sites
from questline_core.auth.schemas import (
    ConfirmationSent,
    InvitedBy,
    ResetPassword,
    Session,
    SignUp,
    WithEmail,
    WithLink,
)
from questline_core.auth.second_factor import demand_recent
from questline_core.auth.sign_up import confirm_sign_up as open_account
from questline_core.auth.sign_up import sign_up as begin_account
from questline_core.context import HostContext
from questline_core.host import Host
from questline_core.http.responses import NO_CONTENT, problems

Ctx = NamedDependency[HostContext]
SENT = {
    202: ResponseSpec(
        ConfirmationSent, description="A link has been sent; the account is opened by it.", generate_examples=False
    )
}


@post("/auth/sign-up", operation_id="sign_up", public=True, responses=SENT | problems(403, 429))
async def sign_up(
    ctx: Ctx, host: NamedDependency[Host], request: AnyRequest, data: JSONBody[SignUp]
) -> Response[Session]:
    """Create an account and sign in to it; 202 where the address has to be confirmed by a mailed link first.

    403 where the site does not let this person sign up; 409 for a taken e-mail address, where no mail is sent.
    """
    refuse_other_sites(request)
    opened = await begin_account(ctx, data, device_of(request))
    if opened is None:
        sent: Response[Any] = Response(ConfirmationSent(email=data.email), status_code=202)
        return sent
    return await signed_in(host, request, opened, status=201)


@post(
    "/auth/sign-up/confirmation",
    operation_id="confirm_sign_up",
    public=True,
    status_code=201,
    responses=problems(403),
)
async def confirm_sign_up(
    ctx: Ctx, host: NamedDependency[Host], request: AnyRequest, data: JSONBody[WithLink]
) -> Response[Session]:
    """Open the account that a mailed link is for, and sign in to it."""
    refuse_other_sites(request)
    return await signed_in(host, request, await open_account(ctx, data.token, device_of(request)), status=201)


@post("/auth/invitation", operation_id="read_invitation", public=True, status_code=200)
async def read_invitation(ctx: Ctx, data: JSONBody[WithLink]) -> InvitedBy:
    """What an invitation says; it is not used up by this."""
    return await invitations.read_invitation(ctx, data.token)


@post(
    "/auth/password-reset",
    operation_id="request_password_reset",
    public=True,
    status_code=202,
    responses=problems(429),
)
async def request_password_reset(ctx: Ctx, request: AnyRequest, data: JSONBody[WithEmail]) -> ConfirmationSent:
    """Send a link for a new password, if there is an account; the answer does not say."""
    await recovery.request_password_reset(ctx, data.email, device_of(request))
    return ConfirmationSent(email=data.email)


@post(
    "/auth/password-reset/completion",
    operation_id="reset_password",
    public=True,
    status_code=204,
    responses=problems(429),
)
async def reset_password(ctx: Ctx, data: JSONBody[ResetPassword]) -> None:
    """Set a new password by a mailed link; every session of the account ends."""
    await recovery.reset_password(ctx, data.token, data.password)


@post("/auth/email/confirmation", operation_id="confirm_email", public=True, status_code=200)
async def confirm_email(ctx: Ctx, data: JSONBody[WithLink]) -> ConfirmationSent:
    """Confirm an address by a mailed link, or put the new one in place of the former."""
    return ConfirmationSent(email=await recovery.confirm_email(ctx, data.token))


@post(
    "/me/email",
    operation_id="change_email",
    permission="identity.profile.manage",
    status_code=202,
    responses=problems(429),
)
async def change_email(ctx: Ctx, data: JSONBody[WithEmail]) -> ConfirmationSent:
    """Send a link to a new address and a notice to the present one; needs a recent proof of identity."""
    await demand_recent(ctx)
    await recovery.request_email_change(ctx, data.email)
    return ConfirmationSent(email=data.email)


@post(
    "/me/email/verification",
    operation_id="send_email_verification",
    permission="identity.profile.manage",
    status_code=204,
    responses=NO_CONTENT | problems(429),
)
async def send_email_verification(ctx: Ctx) -> None:
    """Send a link that confirms the present address; nothing happens where it is confirmed."""
    await recovery.send_verification(ctx)


router = Router(
    "/api/v1",
    route_handlers=[
        sign_up,
        confirm_sign_up,
        read_invitation,
        request_password_reset,
        reset_password,
        confirm_email,
        change_email,
        send_email_verification,
    ],
    tags=["identity"],
)
