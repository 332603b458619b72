"""What people agree to: asked, kept, withdrawn, asked anew; and what minors are spared."""

import secrets

from questline_core.auth.accounts import create_user
from questline_core.observability.context import REQUEST_STATE
from questline_sdk.privacy import Consents

PASSWORD = "a walk along the river"
TEXTS = {
    "en": {"title": "Terms", "question": "I agree to the terms.", "body": "# Terms\n\nBe **kind**. <script>x</script>"},
    "de": {"title": "Bedingungen", "question": "Ich stimme zu.", "body": "Sei nett."},
}


async def publish(admin, kind, *, required=True, renews=True):
    path = f"/api/v1/privacy/documents/{kind}"
    draft = await admin.put(f"{path}/draft", json={"required": required, "renews": renews, "texts": TEXTS})
    assert draft.status_code == 200, draft.text
    answer = await admin.post(f"{path}/publication")
    assert answer.status_code == 200, answer.text
    return answer.json()["version"]


async def log_in(site, tenant, email):
    async with site.client(**{"x-questline-tenant": tenant.slug}) as browser:
        answer = await browser.post("/api/v1/auth/log-in", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return answer.json()


async def given(site, tenant, user_id, kind):
    async with site.context(tenant.id) as ctx:
        return await ctx.service(Consents).given(user_id, kind)


async def test_who_has_not_agreed_may_do_nothing_else(site, tenant, as_user, prove):
    email = f"{secrets.token_hex(4)}@example.test"
    async with site.context(tenant.id) as ctx:
        user = await create_user(ctx, email=email, display_name="Ada", password=PASSWORD, locale="de-AT")
    admin = await prove(await as_user("admin"))
    await publish(admin, "terms")
    session = await log_in(site, tenant, email)
    assert session["must_consent"] is True
    async with site.client(authorization=f"Bearer {session['access_token']}") as browser:
        assert (await browser.get("/api/v1/catalogue")).json()["code"] == "consent_needed"
        (asked,) = (await browser.get("/api/v1/privacy/mine")).json()["consents"]
        assert (asked["question"], asked["given"]) == ("Ich stimme zu.", None)
        body = {"consents": [{"kind": "terms", "version": 1, "given": True}], "source": "gate"}
        assert (await browser.post("/api/v1/privacy/mine/consents", json=body)).status_code == 204
    assert await given(site, tenant, user.id, "terms")
    assert (await log_in(site, tenant, email))["must_consent"] is False
    assert await publish(admin, "terms", renews=False) == 2
    assert (await log_in(site, tenant, email))["must_consent"] is False
    assert await publish(admin, "terms") == 3
    assert (await log_in(site, tenant, email))["must_consent"] is True
    assert not await given(site, tenant, user.id, "terms")


async def test_signing_up_asks_for_what_is_required(site, tenant, as_user, prove):
    admin = await prove(await as_user("admin"))
    await publish(admin, "terms")
    await publish(admin, "marketing", required=False)
    async with site.client(**{"x-questline-tenant": tenant.slug}) as browser:
        asked = (await browser.get("/api/v1/privacy/documents?locale=en")).json()["documents"]
        assert [each["kind"] for each in asked] == ["terms", "marketing"]
        assert "<strong>kind</strong>" in asked[0]["body_html"]
        assert "script" not in asked[0]["body_html"]
        data = {"email": f"{secrets.token_hex(4)}@example.test", "password": PASSWORD, "display_name": "Ada"}
        no = [{"kind": "terms", "version": 1, "given": False}]
        assert (await browser.post("/api/v1/auth/sign-up", json=data | {"consents": no})).status_code == 422
        unasked = {**data, "email": f"{secrets.token_hex(4)}@example.test"}
        assert (await browser.post("/api/v1/auth/sign-up", json=unasked)).json()["must_consent"] is True
        said = [{"kind": "terms", "version": 1, "given": True}, {"kind": "marketing", "version": 1, "given": False}]
        answer = await browser.post("/api/v1/auth/sign-up", json=data | {"consents": said})
        assert answer.status_code == 201, answer.text
        assert answer.json()["must_consent"] is False
        browser.headers["authorization"] = f"Bearer {answer.json()['access_token']}"
        history = (await browser.get("/api/v1/privacy/mine")).json()["history"]
    assert {(each["kind"], each["given"], each["source"]) for each in history} == {
        ("terms", True, "sign_up"),
        ("marketing", False, "sign_up"),
    }


async def test_a_consent_can_be_withdrawn_and_its_history_stays(site, tenant, as_user, prove):
    admin, learner = await prove(await as_user("admin")), await as_user("learner")
    await publish(admin, "analytics", required=False)
    for word in (True, False):
        body = {"consents": [{"kind": "analytics", "version": 1, "given": word}]}
        assert (await learner.post("/api/v1/privacy/mine/consents", json=body)).status_code == 204
        assert await given(site, tenant, learner.user_id, "analytics") is word
    mine = (await learner.get("/api/v1/privacy/mine")).json()
    assert [each["given"] for each in mine["history"]] == [False, True]
    await publish(admin, "analytics", required=False)
    old = {"consents": [{"kind": "analytics", "version": 1, "given": True}]}
    assert (await learner.post("/api/v1/privacy/mine/consents", json=old)).json()["code"] == "document_changed"


async def test_minors_are_not_asked_about_marketing_and_wait_for_a_parent(site, tenant, as_user, prove, decide):
    admin, learner = await prove(await as_user("admin")), await as_user("learner")
    await publish(admin, "marketing", required=False)
    body = {"consents": [{"kind": "marketing", "version": 1, "given": True}]}
    assert (await learner.post("/api/v1/privacy/mine/consents", json=body)).status_code == 204
    await decide(minors=True, parental_consent_needed=True)
    assert not await given(site, tenant, learner.user_id, "marketing")
    mine = (await learner.get("/api/v1/privacy/mine")).json()
    assert (mine["minors"], mine["parent_needed"], mine["consents"]) == (True, True, [])
    path = f"/api/v1/privacy/people/{learner.user_id}"
    assert (await admin.put(path, json={"parental_consent": True})).status_code == 204
    assert (await learner.get("/api/v1/privacy/mine")).json()["parent_needed"] is False


async def test_those_who_answer_for_privacy_see_who_waits_for_a_parent(site, tenant, as_user, decide):
    admin = await as_user("admin")
    await as_user("instructor")
    children = [await as_user("learner") for _ in range(3)]
    await decide(minors=True, parental_consent_needed=True)
    path = "/api/v1/privacy/parental-consents"
    first = (await admin.get(f"{path}?limit=2")).json()
    assert (len(first["items"]), first["total"]) == (2, 3)
    rest = (await admin.get(f"{path}?limit=2&cursor={first['next_cursor']}")).json()
    listed = [each["person"]["id"] for each in [*first["items"], *rest["items"]]]
    assert sorted(listed) == sorted(str(each.user_id) for each in children)
    person = f"/api/v1/privacy/people/{children[0].user_id}"
    assert (await admin.put(person, json={"parental_consent": True})).status_code == 204
    (agreed,) = (await admin.get(f"{path}?given=true")).json()["items"]
    assert (agreed["person"]["id"], agreed["given"]) == (str(children[0].user_id), True)
    assert agreed["at"] is not None
    assert agreed["noted_by"]
    waiting = (await admin.get(f"{path}?given=false")).json()
    assert waiting["total"] == 2
    assert (await admin.get(f"{path}?search={agreed['person']['email']}")).json()["total"] == 1
    assert (await admin.put(person, json={"parental_consent": False})).status_code == 204
    assert (await admin.get(f"{path}?given=false")).json()["total"] == 3
    assert (await children[1].get(path)).status_code == 403


async def test_a_parent_who_takes_it_back_ends_the_child_s_sessions(site, tenant, as_user, decide):
    admin, email = await as_user("admin"), f"{secrets.token_hex(4)}@example.test"
    async with site.context(tenant.id) as ctx:
        child = await create_user(ctx, email=email, display_name="Kim", password=PASSWORD)
    await decide(minors=True, parental_consent_needed=True)
    person = f"/api/v1/privacy/people/{child.id}"
    assert (await admin.put(person, json={"parental_consent": True})).status_code == 204
    session = await log_in(site, tenant, email)
    async with site.client(authorization=f"Bearer {session['access_token']}") as browser:
        assert (await browser.get("/api/v1/catalogue")).status_code == 200
        assert (await admin.put(person, json={"parental_consent": False})).status_code == 204
        assert (await browser.get("/api/v1/catalogue")).json()["code"] == "session_ended"
    assert (await log_in(site, tenant, email))["must_consent"] is True


async def test_global_privacy_control_is_an_opt_out(site, tenant, as_user):
    learner = await as_user("learner")
    async with site.context(tenant.id) as ctx:
        assert await ctx.service(Consents).may_sell(learner.user_id)
    mine = (await learner.get("/api/v1/privacy/mine", headers={"sec-gpc": "1"})).json()
    assert (mine["do_not_sell"], mine["browser_opted_out"]) == (True, True)
    async with site.context(tenant.id) as ctx:
        assert not await ctx.service(Consents).may_sell(learner.user_id)
    chosen = await learner.put("/api/v1/privacy/mine/do-not-sell", json={"do_not_sell": False})
    assert chosen.status_code == 204
    assert (await learner.get("/api/v1/privacy/mine")).json()["do_not_sell"] is False


async def test_global_privacy_control_is_honoured_from_the_log_in_on(site, tenant):
    data = {"email": f"{secrets.token_hex(4)}@example.test", "password": PASSWORD, "display_name": "Ada"}
    async with site.client(**{"x-questline-tenant": tenant.slug}) as browser:
        ada = (await browser.post("/api/v1/auth/sign-up", json=data)).json()["user"]["id"]
        async with site.context(tenant.id) as ctx:
            assert await ctx.service(Consents).may_sell(ada)
        csrf = {"x-csrf-token": browser.cookies["questline_csrf"], "sec-gpc": "1"}
        answer = await browser.post("/api/v1/auth/refresh", headers=csrf)
        assert answer.status_code == 200, answer.text
        async with site.context(tenant.id) as ctx:
            assert not await ctx.service(Consents).may_sell(ada)
        session = {"authorization": f"Bearer {answer.json()['access_token']}"}
        path, sold = "/api/v1/privacy/mine/do-not-sell", {"do_not_sell": False}
        refused = await browser.put(path, json=sold, headers=session | {"sec-gpc": "1"})
        assert (refused.status_code, refused.json()["code"]) == (409, "browser_opted_out")
        assert (await browser.put(path, json=sold, headers=session)).status_code == 204
        async with site.context(tenant.id) as ctx:
            assert await ctx.service(Consents).may_sell(ada)
        assert (await browser.post("/api/v1/auth/log-in", json=data, headers={"sec-gpc": "1"})).status_code == 200
    async with site.context(tenant.id) as ctx:
        assert not await ctx.service(Consents).may_sell(ada)


async def test_a_request_with_global_privacy_control_sells_nothing(site, tenant, as_user):
    learner = await as_user("learner")
    for sent, sold in (({}, True), ({"opted_out": False}, True), ({"opted_out": True}, False)):
        token = REQUEST_STATE.set(sent)
        try:
            async with site.context(tenant.id) as ctx:
                assert await ctx.service(Consents).may_sell(learner.user_id) is sold
        finally:
            REQUEST_STATE.reset(token)


async def test_the_site_says_that_it_honours_global_privacy_control(site):
    async with site.client() as browser:
        answer = await browser.get("/.well-known/gpc.json")
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()["gpc"] is True
    assert answer.json()["lastUpdate"]
