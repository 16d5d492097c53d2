"""Plans over hostile names: written so that they read back the same, or refused; never changed, never a crash."""

import re
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fixes import readback, world
from fixes.world import AS_OF, IZU_RING, RING, SERVER, ZOSMF, ZOSMF_CA, ZOWE_CA
from zcertlint.engine.results import Report
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes import Change, make_change
from zcertlint.fixes.commands.base import text_of
from zcertlint.model.certificate import AltNames, Certificate
from zcertlint.model.deployment import Database, Deployment
from zcertlint.model.store import Store, ring_id

NASTY = st.one_of(
    st.sampled_from(
        ["O'Neil & Sons", "a''b", "(x)", " lead", "trail ", "x" * 32, "x" * 33, "&SYSUID", "a,b", "$$", "end +",
         "end -", "//DD", "/*", "é", "tab\t", "\x85", "\u2028", "", "'", "%%", "@@ ## $$", "a  b", "A" * 31 + "'"]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=34),
    st.text(max_size=10),
)  # fmt: skip
RINGS = st.one_of(
    st.sampled_from(
        ["Ring.A", "r" * 237, "r" * 238, "a b", "a&b", "*", "IZUKeyring.IZUDFLT", "a'b", "x+", "-", "é"]
    ),
    st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=60),
)


def named(certificate: Certificate, label: str) -> Certificate:
    return replace(certificate, id=f"{certificate.owner}/{label}", label=label)


def site(ca: str, server: str, ring: str) -> Deployment:
    """The world with other names; the rows of its rings follow."""
    names = {ZOSMF_CA.id: named(ZOSMF_CA, ca), ZOSMF.id: named(ZOSMF, server)}
    known = [names.get(c.id, c) for c in (ZOWE_CA, ZOSMF_CA, SERVER, ZOSMF)]

    def renamed(store: Store) -> Store:
        rows = tuple(
            replace(row, certificate=names[row.certificate].id, label=names[row.certificate].label)
            if row.certificate in names
            else row
            for row in store.connections
        )
        return replace(store, connections=rows)

    third = replace(renamed(IZU_RING), name=ring, id=ring_id("IZUSVR", ring))
    return world.deployment(world.database(*known, stores=(RING, renamed(IZU_RING), third)))


def run(where: Deployment) -> Report:
    """A renewal and a missing CA, whatever their names."""
    report = world.run(where)
    old = next(c for c in where.database.certificates.values() if c.owner == world.IZU)
    ca = next(c for c in where.database.certificates.values() if c.subject == ZOSMF_CA.subject)
    found = []
    if old.not_after is not None and old.not_after.before(AS_OF):
        found.append(world.finding("CE101", FixHint("renew", {"certificate": old.id}), old.id))
    if not any(row.certificate == ca.id for row in where.database.stores[RING.id].connections):
        found.append(
            world.finding("CH101", FixHint("connect-ca", {"certificate": ca.id, "ring": RING.id}), RING.id)
        )
    return replace(report, findings=tuple(found))


def change_of(where: Deployment) -> Change:
    def rebuild(database: Database, _edits: object) -> Deployment:
        return replace(where, database=database)

    return make_change(run(where), where, world.options(), rebuild, run)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NASTY, NASTY, RINGS)
def test_what_is_written_reads_back(ca: str, server: str, ring: str) -> None:
    change = change_of(site(ca, server, ring))
    assert len(change.plans) + len(change.refused) == 2
    jobs = {name: text for name, text in change.files.items() if name.endswith(".jcl")}
    for name, text in jobs.items():
        steps = readback.steps(text)
        if name.startswith("apply"):
            read = [c for s in steps if re.fullmatch(r"P\d+S\d+", s.name) for c in s.commands]
            assert read == [text_of(c) for plan in change.plans for c in plan.commands]
    for plan in change.plans:
        if plan.builder != "connect-ca":
            continue
        (command,) = plan.commands
        quoted = readback.operand(text_of(command), "LABEL")
        assert quoted == ("quoted", ca)
    for refusal in change.refused:
        assert "\n" not in refusal.reason
        assert refusal.reason.isprintable()
    assert all(ord(char) < 128 for text in jobs.values() for char in text)


@settings(max_examples=60, deadline=None)
@given(st.lists(NASTY, max_size=3))
def test_names_of_hosts(names: list[str]) -> None:
    """A name that a certificate holds is written as it is, or the plan is refused."""
    old = replace(ZOSMF, alt_names=AltNames(dns=tuple(names)), not_after=world.moment(2030))
    where = world.deployment(world.database(ZOWE_CA, ZOSMF_CA, SERVER, old))
    report = world.run(where)
    change = make_change(report, where, world.options(), world.deployment, world.run)
    for name, text in change.files.items():
        if name.endswith(".jcl"):
            assert readback.steps(text)
