"""Domains: claimed, proven over DNS, served, redirected and given up."""

import asyncio
import secrets

import dns.message
import dns.rrset
import pytest
import pytest_asyncio

from questline_core.tenancy.domains import normal_host, prove_domain
from questline_core.tenancy.proof import DnsResolver, LookUpError, record_name
from questline_sdk import Conflict, Invalid


class Zone(asyncio.DatagramProtocol):
    """A DNS server over UDP with TXT records."""

    def __init__(self):
        self.records = {}

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        query = dns.message.from_wire(data)
        name = query.question[0].name.to_text(omit_final_dot=True)
        answer = dns.message.make_response(query)
        if name in self.records:
            texts = [f'"{text}"' for text in self.records[name]]
            answer.answer.append(dns.rrset.from_text(query.question[0].name, 60, "IN", "TXT", *texts))
        self.transport.sendto(answer.to_wire(), address)


@pytest_asyncio.fixture(loop_scope="session")
async def zone():
    transport, served = await asyncio.get_running_loop().create_datagram_endpoint(Zone, local_addr=("127.0.0.1", 0))
    served.resolver = DnsResolver(f"127.0.0.1:{transport.get_extra_info('sockname')[1]}")
    yield served
    transport.close()


@pytest.fixture
def name():
    return f"learn-{secrets.token_hex(4)}.example.org"


async def prove(site, tenant, host, zone):
    async with site.context(tenant.id) as ctx:
        found = await prove_domain(ctx, host, zone.resolver)
    site.host.tenants.forget()
    return found


async def test_a_domain_leads_to_its_tenant_once_its_record_is_there(site, tenant, as_user, zone, name):
    admin = await as_user("admin")
    answer = await admin.post("/api/v1/tenant/domains", json={"host_name": name.upper() + "."})
    assert answer.status_code == 201, answer.text
    added = answer.json()
    assert (added["host"], added["proven"]) == (name, False)
    assert (await prove(site, tenant, name, zone)).answer == "missing"
    zone.records[record_name(name)] = ["something else"]
    assert (await prove(site, tenant, name, zone)).answer == "different"
    zone.records[record_name(name)].append(added["record_value"])
    assert (await prove(site, tenant, name, zone)).proven
    visitor = site.client(host=name)
    assert (await visitor.get("/api/v1/site")).json()["slug"] == tenant.slug
    assert (await admin.delete(f"/api/v1/tenant/domains/{name}")).status_code == 204
    site.host.tenants.forget()
    assert await site.host.tenants.by_host(name) is None
    assert (await admin.get("/api/v1/tenant/domains")).json() == {"domains": []}


async def test_the_primary_domain_is_in_links_and_the_others_redirect(site, tenant, as_user, zone, name):
    admin = await as_user("admin")
    for host in (name, f"www.{name}"):
        added = (await admin.post("/api/v1/tenant/domains", json={"host_name": host})).json()
        zone.records[record_name(host)] = [added["record_value"]]
        assert (await prove(site, tenant, host, zone)).proven
    assert (await admin.patch(f"/api/v1/tenant/domains/{name}", json={"is_primary": True})).json()["is_primary"]
    assert (await admin.patch(f"/api/v1/tenant/domains/www.{name}", json={"redirects": True})).json()["redirects"]
    refused = await admin.patch(f"/api/v1/tenant/domains/{name}", json={"redirects": True})
    assert refused.status_code in {400, 422}
    site.host.tenants.forget()
    assert (await site.host.tenants.get(tenant.id)).host == name
    answer = await site.client(host=f"www.{name}").get("/courses?x=1", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (308, f"http://{name}/courses?x=1")
    assert (await site.client(host=f"www.{name}").get("/api/v1/site")).json()["slug"] == tenant.slug


async def test_a_name_that_another_tenant_has_proven_is_refused(site, tenant, as_user, zone, name):
    admin = await as_user("admin")
    added = (await admin.post("/api/v1/tenant/domains", json={"host_name": name})).json()
    other = await site.new_tenant(plugins=())
    rival = await site.sign_in(other, "admin")
    theirs = (await rival.post("/api/v1/tenant/domains", json={"host_name": name})).json()
    assert theirs["record_value"] != added["record_value"]
    zone.records[record_name(name)] = [added["record_value"], theirs["record_value"]]
    assert (await prove(site, tenant, name, zone)).proven
    with pytest.raises(Conflict, match="another tenant"):
        await prove(site, other, name, zone)


async def test_a_server_that_does_not_answer_proves_nothing():
    with pytest.raises(LookUpError):
        await DnsResolver("127.0.0.1:1").txt("_questline.example.org")


@pytest.mark.parametrize(
    "host", ["", "localhost", "a..b", "127.0.0.1", "http://x.org", "x.org/a", "x.org:80", "*.x.org"]
)
def test_what_is_no_host_name_is_refused(host):
    with pytest.raises(Invalid):
        normal_host(host)


def test_names_of_other_scripts_become_what_browsers_send():
    assert normal_host("lernen.bücher.example") == "lernen.xn--bcher-kva.example"


async def test_a_path_names_a_tenant(site, tenant):
    visitor = site.client()
    assert (await visitor.get(f"/t/{tenant.slug}/api/v1/site")).json()["slug"] == tenant.slug
    answer = await visitor.get(f"/t/{tenant.slug}/courses?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/courses?x=1")
    assert (await visitor.get("/api/v1/site")).json()["slug"] == tenant.slug
    answer = await visitor.get(f"/t/{tenant.slug}//evil.example")
    assert answer.headers["location"] == "/evil.example"
