"""Plugins' pages: which are listed, which are left out and why, and how their files are served."""

import pytest

from questline_core.ui.bundles import BundleError, bundle


async def listed(own, client):
    answer = await client.get("/api/v1/ui/plugins")
    assert answer.status_code == 200
    return answer.json()["plugins"]


async def test_the_pages_of_enabled_plugins_are_listed(own):
    tenant = await own.new_tenant()
    async with await own.sign_in(tenant) as learner:
        assert await listed(own, learner) == [
            {
                "id": "paged",
                "version": "1.2.3",
                "title": "Paged",
                "entry": "/plugins/paged/1.2.3/index-abc.js",
                "css": ["/plugins/paged/1.2.3/index-abc.css"],
                "integrity": "sha384-x",
                "sdk": ">=0.1,<0.2",
                "contributions": {"routes": [{"path": "", "view": "Home"}]},
            }
        ]
        entry = await learner.get("/plugins/paged/1.2.3/index-abc.js")
    assert (entry.status_code, entry.text) == (200, "export default {}")
    assert entry.headers["cache-control"].endswith("immutable")


async def test_a_tenant_without_the_plugin_does_not_get_its_pages(own):
    tenant = await own.new_tenant(plugins=["plain"])
    async with await own.sign_in(tenant) as learner:
        assert await listed(own, learner) == []


async def test_nobody_signed_in_gets_no_list(own):
    tenant = await own.new_tenant()
    async with own.client(**{"x-questline-tenant": tenant.slug}) as client:
        assert (await client.get("/api/v1/ui/plugins")).status_code == 401


async def test_pages_that_want_more_than_the_host_has_are_left_out_and_the_operator_sees_why(own):
    tenant = await own.new_tenant()
    async with await own.sign_in(tenant, "admin") as admin:
        plugins = {each["id"]: each for each in (await admin.get("/api/v1/plugins")).json()["plugins"]}
        assert [each["id"] for each in await listed(own, admin)] == ["paged"]
    assert (plugins["newer"]["state"], plugins["newer"]["enabled"]) == ("active", True)
    assert "Hologram, Teleport from @questline/ui-sdk" in plugins["newer"]["reason"]
    assert plugins["paged"]["reason"] is None
    assert plugins["plain"]["reason"] is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"imports": {"left-pad": ["default"]}}, "they import left-pad, which this host does not share"),
        ({"imports": {"react": ["useTime"]}}, "they import useTime from react"),
        ({"id": "other"}, "belongs to 'other'"),
        ({"entry": "gone.js"}, "gone.js is missing"),
        ({"entry": "../plugin.py"}, "is missing"),
        ({"css": ["gone.css"]}, "gone.css is missing"),
        ({"sdk": 1}, "Expected `str`"),
    ],
)
async def test_what_is_wrong_with_pages_is_said(own, write_bundle, changes, why):
    write_bundle("paged", **changes)
    with pytest.raises(BundleError, match=why):
        bundle(own.host.registry.records["paged"])


async def test_a_manifest_that_cannot_be_read_is_said(own, write_bundle):
    (write_bundle("paged") / "plugin.json").write_text("{")
    with pytest.raises(BundleError, match=r"plugin\.json"):
        bundle(own.host.registry.records["paged"])
    (write_bundle("paged") / "plugin.json").unlink()
    with pytest.raises(BundleError, match="No such file"):
        bundle(own.host.registry.records["paged"])


@pytest.mark.parametrize(
    "path",
    [
        "/plugins/paged/1.2.3/../plugin.py",
        "/plugins/paged/1.2.3/%2e%2e/plugin.py",
        "/plugins/paged/1.2.3/..%2fplugin.py",
        "/plugins/paged/1.2.2/index-abc.js",
        "/plugins/plain/1.2.3/index-abc.js",
        "/plugins/nobody/1.2.3/index-abc.js",
        "/plugins/paged/1.2.3/gone.js",
    ],
)
async def test_only_files_of_the_installed_pages_are_served(own, path):
    async with own.client() as client:
        assert (await client.get(path, headers={"sec-fetch-mode": "no-cors"})).status_code == 404


async def test_the_files_of_a_plugin_out_of_service_are_not_served(own):
    record = own.host.registry.records["paged"]
    record.fail(type(record.state).FAILED, "for this test")
    async with own.client() as client:
        assert (await client.get("/plugins/paged/1.2.3/index-abc.js")).status_code == 404
