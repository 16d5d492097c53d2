"""Names that RACDCERT cannot write: one recipe for one certificate, with all its names and all that is known."""

from dataclasses import replace

import pytest

from fixes import world
from fixes.world import SERVER
from zcertlint.engine.results import Report
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes import Plan, make_change
from zcertlint.fixes.builders import plan_for
from zcertlint.fixes.patch import PatchEdit
from zcertlint.model.certificate import AltNames, Certificate, KeyKind
from zcertlint.model.deployment import Database, Deployment, Located, Verify

HOSTS = ("lpar1.acme.example", "lpar2.acme.example")
RSA = replace(SERVER, key=world.RSA)


def members(server: Certificate = RSA, data: Database | None = None) -> Deployment:
    """Two HA members with one certificate, each called by its own name."""
    site = world.deployment(data or world.database(world.ZOWE_CA, world.ZOSMF_CA, server, world.ZOSMF))
    link, zaas = site.links["zowe.zaas -> zosmf"], site.endpoints["zowe.zaas"]
    ends, links = dict(site.endpoints), {}
    for number, host in enumerate(HOSTS, 1):
        end = replace(zaas, id=f"zowe.zaas@LPAR{number}", certificate=server.id, system=f"LPAR{number}")
        ends[end.id] = end
        ident = f"zosmf -> {end.id}"
        links[ident] = replace(link, id=ident, client="zosmf", server=end.id, host=Located(host))
    return replace(site, endpoints=ends, links={**site.links, **links})


def names(host: str, where: Deployment) -> Plan:
    hint = FixHint("reissue-names", {"certificate": SERVER.id, "host": host})
    return plan_for(hint, (), where, world.options())


def test_every_host_is_in_one_recipe_with_what_is_known() -> None:
    one, two = (names(host, members()) for host in HOSTS)
    assert one.refused == two.refused
    assert one.advice == two.advice
    assert "DNS zowe.acme.example, DNS lpar1.acme.example, DNS lpar2.acme.example" in (one.refused or "")
    told = "\n".join(one.advice)
    wanted = ",".join(f"DNS:{name}" for name in ("zowe.acme.example", *HOSTS))
    assert (
        f'openssl req -new -newkey rsa:2048 -keyout new.key -out new.csr -addext "subjectAltName={wanted}"'
        in told
    )
    assert "RACDCERT ID(ZWESVUSR) GENCERT('ZCERTLNT.D261121." in told
    assert "SIGNWITH(CERTAUTH LABEL('Acme Zowe CA')) NOTAFTER(DATE(2028-11-21)) WITHLABEL('tmp')" in told
    assert "WITHLABEL('Zowe Server NEW') TRUST" in told
    assert "CONNECT 'Zowe Server NEW' beside 'Zowe Server' on ZWESVUSR/ZoweKeyring" in told
    assert told.count("...") == told.count("PASSWORD(...)") == 1


def test_the_key_is_not_smaller_and_the_label_fits() -> None:
    long = replace(RSA, label="x" * 32, key=replace(RSA.key or world.RSA, kind=KeyKind.RSA, bits=4096))
    told = "\n".join(names(HOSTS[0], members(long)).advice)
    assert "rsa:4096" in told
    assert f"WITHLABEL('{'x' * 28} NEW')" in told


def test_a_signer_that_is_not_shown_is_left_open() -> None:
    told = "\n".join(names(HOSTS[0], members(replace(RSA, private_key=None))).advice)
    assert "SIGNWITH(...) NOTAFTER(...)" in told


def test_names_that_are_not_all_known_are_not_written_into_the_recipe() -> None:
    some = replace(RSA, alt_names=AltNames(("zowe.acme.example",), complete=frozenset()))
    made = names(HOSTS[0], members(some))
    assert "not every name" in (made.refused or "")
    assert "subjectAltName" not in "\n".join(made.advice)


@pytest.mark.parametrize("verify", [Verify.CHAIN, Verify.NONSTRICT, Verify.DISABLED])
def test_a_client_that_looks_at_no_names_asks_for_none(verify: Verify) -> None:
    site = members()
    second = site.links["zosmf -> zowe.zaas@LPAR2"]
    blind = replace(site, links={**site.links, second.id: replace(second, verify=verify)})
    assert HOSTS[1] not in (names(HOSTS[0], blind).refused or "")


@pytest.mark.parametrize("hosts", [("10.1.1.9", "lpar1.acme.example")])
def test_one_of_each_type_is_one_plan(hosts: tuple[str, str]) -> None:
    bare = replace(RSA, alt_names=AltNames())
    site = members(bare)
    links = dict(site.links)
    for number, host in enumerate(hosts, 1):
        ident = f"zosmf -> zowe.zaas@LPAR{number}"
        links[ident] = replace(links[ident], host=Located(host))
    made = names(hosts[0], replace(site, links=links))
    assert made.refused is None
    assert "ALTNAME(IP(10.1.1.9) DOMAIN('lpar1.acme.example'))" in " ".join(made.commands[2].render())


def test_plan_md_gives_the_recipe_once() -> None:
    def rebuild(data: Database, _edits: tuple[PatchEdit, ...]) -> Deployment:
        return members(data=data)

    def run(site: Deployment) -> Report:
        report = world.run(site)
        hints = [FixHint("reissue-names", {"certificate": SERVER.id, "host": host}) for host in HOSTS]
        found = [world.finding("NA105", hint, SERVER.id, hint.values["host"]) for hint in hints]
        return replace(report, findings=tuple(found), links=())

    site = members()
    change = make_change(run(site), site, world.options(), rebuild, run)
    text = change.files["PLAN.md"]
    assert len(change.refused) == 2
    assert all(f"* **NA105** NA105 of {SERVER.id}, {host}" in text for host in HOSTS)
    assert text.count("openssl req") == text.count("Why there is no plan") == 1


def rekeyed(server: Certificate) -> Plan:
    hint = FixHint("rekey-rsa", {"certificate": SERVER.id})
    return plan_for(hint, (), members(server), world.options())


def test_a_new_key_brings_the_names_along_where_racdcert_can_write_them() -> None:
    site = members(replace(SERVER, alt_names=AltNames()))
    links = {ident: link for ident, link in site.links.items() if not ident.endswith("@LPAR2")}
    hint = FixHint("rekey-rsa", {"certificate": SERVER.id})
    made = plan_for(hint, (), replace(site, links=links), world.options())
    words = [" ".join(command.render()) for command in made.commands]
    assert [text for text in words if "ALTNAME" in text] == [text for text in words if "GENCERT(" in text]
    assert any(text.endswith("ALTNAME(DOMAIN('lpar1.acme.example'))") for text in words)
    assert made.title.endswith("with the names DNS lpar1.acme.example")


@pytest.mark.parametrize(
    "server",
    [
        SERVER,  # two more of one type
        replace(SERVER, alt_names=AltNames(complete=frozenset())),
        replace(SERVER, alt_names=AltNames(("zowe.acme.example", *HOSTS))),
    ],
)
def test_a_new_key_keeps_the_names_where_they_cannot_be_written(server: Certificate) -> None:
    made = rekeyed(server)
    assert made.refused is None
    assert not any("ALTNAME" in word for command in made.commands for word in command.render())
    assert "with the names" not in made.title
