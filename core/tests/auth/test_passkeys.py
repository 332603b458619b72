import pytest

from questline_core.testing.authenticator import Authenticator

ME, AUTH = "/api/v1/me", "/api/v1/auth"
LOCAL = {"origin": "http://localhost"}


async def add(client, device, name="Phone", **headers):
    offer = await client.post(f"{ME}/passkeys/options", headers=LOCAL | headers)
    assert offer.status_code == 200, offer.text
    made = {"ticket": offer.json()["ticket"], "credential": device.create(offer.json()["options"]), "name": name}
    return await client.post(f"{ME}/passkeys", json=made)


async def sign_in(client, device, **headers):
    offer = (await client.post(f"{AUTH}/passkey/options", headers=LOCAL | headers)).json()
    answer = {"ticket": offer["ticket"], "credential": device.get(offer["options"])}
    return answer, await client.post(f"{AUTH}/passkey", json=answer)


async def test_a_passkey_signs_in_without_a_password_and_each_answer_once(member, browser, email):
    ada, device = await member(email), Authenticator()
    added = await add(ada, device, "My phone")
    assert added.status_code == 201, added.text
    assert len(added.json()["recovery_codes"]) == 10
    client = await browser()
    answer, signed_in = await sign_in(client, device)
    assert signed_in.status_code == 200, signed_in.text
    assert signed_in.json()["user"]["id"] == str(ada.user_id)
    again = await (await browser()).post(f"{AUTH}/passkey", json=answer)
    assert again.status_code == 422
    (card,) = (await ada.get(f"{ME}/security")).json()["passkeys"]
    assert card["name"] == "My phone"
    assert card["last_used_at"] is not None


async def test_a_passkey_is_the_second_factor_of_a_password(member, browser, email):
    ada, device = await member(email), Authenticator()
    await add(ada, device)
    client = await browser()
    client.headers.update(LOCAL)
    needed = (await client.log_in(email)).json()
    offer = needed["passkey"]
    assert needed["app"] is False
    passkey = {"ticket": offer["ticket"], "credential": device.get(offer["options"])}
    answer = await client.post(f"{AUTH}/second-factor", json={"ticket": needed["ticket"], "passkey": passkey})
    assert answer.status_code == 200, answer.text


async def test_a_passkey_proves_who_one_is_again(member, email):
    ada, device = await member(email), Authenticator()
    await add(ada, device)
    offer = (await ada.post(f"{ME}/proof/passkey", headers=LOCAL)).json()
    passkey = {"ticket": offer["ticket"], "credential": device.get(offer["options"])}
    assert (await ada.post(f"{ME}/proof", json={"passkey": passkey})).status_code == 204
    assert (await ada.post(f"{ME}/proof", json={"passkey": passkey})).status_code == 422


async def test_another_users_passkey_is_no_second_factor(member, browser, email):
    ada, eve = await member(email), await member(f"eve-{email}")
    his, hers = Authenticator(), Authenticator()
    await add(ada, hers)
    await add(eve, his)
    client = await browser()
    client.headers.update(LOCAL)
    needed = (await client.log_in(email)).json()
    passkey = {"ticket": needed["passkey"]["ticket"], "credential": his.get(needed["passkey"]["options"])}
    answer = await client.post(f"{AUTH}/second-factor", json={"ticket": needed["ticket"], "passkey": passkey})
    assert (answer.status_code, answer.json()["code"]) == (422, "passkey_refused")


@pytest.mark.parametrize(
    "device",
    [
        Authenticator("https://evil.example"),
        Authenticator(rp_id="evil.example"),
        Authenticator(verifies=False),
    ],
    ids=["origin", "site", "unverified"],
)
async def test_a_passkey_of_another_site_or_without_its_user_is_refused(member, email, device):
    answer = await add(await member(email), device)
    assert (answer.status_code, answer.json()["code"]) == (422, "passkey_refused")


async def test_a_cloned_passkey_is_noticed_by_its_counter(member, browser, email):
    ada, device = await member(email), Authenticator()
    await add(ada, device)
    for _ in range(2):
        assert (await sign_in(await browser(), device))[1].status_code == 200
    device.count = 0
    assert (await sign_in(await browser(), device))[1].status_code == 422


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:8000", "null", ""])
async def test_passkeys_are_offered_on_the_sites_own_name_only(browser, origin):
    answer = await (await browser()).post(f"{AUTH}/passkey/options", headers={"origin": origin})
    assert (answer.status_code, answer.json()["code"]) == (409, "passkeys_unavailable")


async def test_a_ticket_of_one_user_adds_nothing_to_another(member, email):
    ada, eve, device = await member(email), await member(f"eve-{email}"), Authenticator()
    offer = (await ada.post(f"{ME}/passkeys/options", headers=LOCAL)).json()
    made = {"ticket": offer["ticket"], "credential": device.create(offer["options"]), "name": "x"}
    assert (await eve.post(f"{ME}/passkeys", json=made)).status_code == 422


async def test_a_removed_passkey_signs_nobody_in(member, browser, email):
    ada, device = await member(email), Authenticator()
    await add(ada, device)
    (card,) = (await ada.get(f"{ME}/security")).json()["passkeys"]
    assert (await ada.delete(f"{ME}/passkeys/{card['id']}")).status_code == 204
    assert (await ada.delete(f"{ME}/passkeys/{card['id']}")).status_code == 404
    assert (await sign_in(await browser(), device))[1].status_code == 422
    assert (await (await browser()).log_in(email)).status_code == 200, "no second factor is left"


@pytest.mark.parametrize(
    "credential", [{}, {"id": "x"}, {"id": 7, "response": []}, {"id": "AAAA", "response": {"a": 1}}]
)
async def test_nonsense_is_refused(browser, credential):
    client = await browser()
    offer = (await client.post(f"{AUTH}/passkey/options", headers=LOCAL)).json()
    answer = await client.post(f"{AUTH}/passkey", json={"ticket": offer["ticket"], "credential": credential})
    assert (answer.status_code, answer.json()["code"]) == (422, "passkey_refused")
