"""People with browsers: signed in by a password, with the cookies that come of it."""

import httpx

from questline_core.auth.accounts import create_user
from questline_core.testing import Client

PASSWORD = "a walk along the river"


class Browser(Client):
    """A browser that keeps its cookies, repeats the CSRF token and uses the access token it was given last."""

    user_id = None

    async def log_in(self, email):
        self.headers.pop("authorization", None)
        answer = await self.post("/api/v1/auth/log-in", json={"email": email, "password": PASSWORD})
        return self.take(answer)

    async def refresh(self):
        return self.take(await self.send_with_csrf("/api/v1/auth/refresh"))

    async def send_with_csrf(self, path, **options):
        token = self.cookies.get("questline_csrf") or ""
        return await self.post(path, headers={"x-csrf-token": token}, **options)

    async def impersonate(self, user_id, reason="looking into a problem"):
        body = {"user_id": str(user_id), "reason": reason}
        return self.take(await self.send_with_csrf("/api/v1/auth/impersonation", json=body))

    async def go_back(self):
        return self.take(await self.send_with_csrf("/api/v1/auth/impersonation/end"))

    def take(self, answer):
        if answer.status_code in {200, 201}:
            self.headers["authorization"] = f"Bearer {answer.json()['access_token']}"
        return answer


def new_browser(site, tenant):
    transport = httpx.ASGITransport(app=site.app, raise_app_exceptions=False, client=("203.0.113.9", 50_000))
    return Browser(transport=transport, base_url="http://localhost", headers={"x-questline-tenant": tenant.slug})


async def member(site, tenant, name, role="learner"):
    """An account with a password; returns its id and address."""
    async with site.context(tenant.id) as ctx:
        email = f"{name}@example.test"
        user = await create_user(ctx, email=email, display_name=name.title(), password=PASSWORD, role=role)
        return user.id, email
