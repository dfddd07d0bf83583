"""One changed byte anywhere in a bewijsdossier is found, and so is everything else that does not belong."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain import keten
from portal.domain.bewijscontrole import BEWIJS, FORMAAT, LEESMIJ, check
from portal.domain.bewijsdossier import SUMS, Gebroken, pack, unpack

KETEN = "7d0f2c3e-9a55-4b6b-8f0e-2d5c8a1b4e11"
MESSAGE, LINK = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
WORDS = ("Onderwerp", "Tekst tot en met 1 juni", "<p>Tekst</p>")
MAIL, LETTER = b"From: a@b.example\r\n\r\nTekst", b"%PDF-1.7 ..."
DAY = date(2027, 2, 1)


def sha(raw):
    return hashlib.sha256(raw).hexdigest()


def chain(*happened):
    """Entries of these (event, facts), chained."""
    entries, vorige = [], keten.GENESIS
    for number, (gebeurtenis, feiten) in enumerate(happened, start=1):
        at = datetime(2027, 2, 1, 9, number, tzinfo=UTC)
        content = {
            "volgnummer": number, "gebeurtenis": gebeurtenis, "actor_kind": "systeem", "actor_id": None,
            "feiten": feiten,
        }  # fmt: skip
        made = keten.entry_hash(vorige, keten=KETEN, at=at, **content)
        entries.append({**content, "at": at.isoformat(timespec="microseconds"), "vorige_hash": vorige, "hash": made})
        vorige = made
    return entries


def kop(entries, volgnummer):
    """A kop over this chain and another one."""
    leaves = [keten.leaf_hash(KETEN, volgnummer, entries[volgnummer - 1]["hash"]), bytes(32)]
    boom = keten.tree(leaves)
    made = keten.kop_hash(DAY, keten.GENESIS, boom.wortel, 2)
    return {
        "dag": DAY.isoformat(), "vorige_kop": keten.GENESIS, "wortel": boom.wortel, "bladen": 2, "kop": made,
        "volgnummer": volgnummer, "pad": [["rechts", bytes(32).hex()]],
    }  # fmt: skip


def whole():
    """A bewijs with a mail, a letter and an access link, and the files that go with it."""
    entries = chain(
        ("KennisgevingIssued", {"kennisgeving_id": MESSAGE, "soort": "kennisgeving",
                                "sha256": keten.parts_hash(*WORDS)}),
        ("KennisgevingTypeset", {"kennisgeving_id": MESSAGE, "pdf_sha256": sha(LETTER)}),
        ("KennisgevingHandedOver", {"kennisgeving_id": MESSAGE, "code": 250, "tls": True,
                                    "eml_sha256": sha(b"eerder")}),
        ("KennisgevingHandedOver", {"kennisgeving_id": MESSAGE, "code": 250, "tls": True, "eml_sha256": sha(MAIL)}),
        ("BerichtIssued", {"bericht_id": LINK, "soort": "toegangslink", "sha256": "f" * 64}),
    )  # fmt: skip
    message = dict(zip(("onderwerp", "tekst", "html"), WORDS, strict=True)) | {
        "id": MESSAGE, "soort": "kennisgeving", "aan": "Energie Noord", "eml_opnieuw": False,
        "bestanden": {"eml": "berichten/001.eml", "pdf": "berichten/001.pdf"},
    }  # fmt: skip
    bewijs = {
        "formaat": FORMAAT, "kenmerk": "PK-H4X-9TQ-27F", "keten": KETEN, "gebeurtenissen": entries,
        "berichten": [message], "koppen": [kop(entries, 3)],
    }  # fmt: skip
    return bewijs, {"berichten/001.eml": MAIL, "berichten/001.pdf": LETTER, LEESMIJ: b"Lees mij"}


def archive(bewijs, files):
    return pack({**files, BEWIJS: json.dumps(bewijs, ensure_ascii=False).encode()})


def broken(bewijs, files, kept=None):
    with pytest.raises(Gebroken) as told:
        check(archive(bewijs, files), kept)
    return str(told.value)


def test_a_whole_file_holds():
    bewijs, files = whole()
    found = check(archive(bewijs, files), json.dumps(bewijs["koppen"][0]))
    assert (found.kenmerk, found.gebeurtenissen, found.berichten, found.bestanden) == ("PK-H4X-9TQ-27F", 5, 1, 2)
    assert (found.dag, found.tot_en_met, found.opnieuw, found.elders) == (DAY, 3, (), ())


def test_every_changed_byte_of_the_file_is_found():
    """Each position of the archive, its lowest and its highest bit."""
    made = archive(*whole())
    for place in range(len(made)):
        for bit in (0x01, 0x80):
            changed = bytearray(made)
            changed[place] ^= bit
            with pytest.raises(Gebroken):
                unpack(bytes(changed))


@settings(max_examples=60)
@given(st.data())
def test_whatever_is_done_to_the_bytes_is_found(data):
    made = archive(*whole())
    begin = data.draw(st.integers(0, len(made)))
    end = data.draw(st.integers(begin, len(made)))
    changed = made[:begin] + data.draw(st.binary(max_size=40)) + made[end:]
    if changed != made:
        with pytest.raises(Gebroken):
            check(changed)


@pytest.mark.parametrize("raw", [b"", b"PK", b"geen zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_archive_is_refused_in_a_sentence(raw):
    with pytest.raises(Gebroken, match=f"the archive cannot be read|{SUMS} is missing"):
        check(raw)


def test_a_compressed_archive_is_not_even_unpacked():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(BEWIJS, bytes(10_000_000))
    with pytest.raises(Gebroken, match="compressed"):
        check(bomb.getvalue())


def test_ordinary_programs_read_the_archive():
    bewijs, files = whole()
    with zipfile.ZipFile(io.BytesIO(archive(bewijs, files))) as opened:
        assert opened.testzip() is None
        assert opened.read("berichten/001.eml") == MAIL
        sums = opened.read(SUMS).decode()
    assert f"{sha(MAIL)}  berichten/001.eml\n" in sums


NAMES = st.text("abcëz09 -/.", min_size=1, max_size=9)


@given(st.dictionaries(NAMES, st.binary(max_size=50)))
def test_what_is_packed_is_unpacked(files):
    assert unpack(pack(files)) == files


# --- made to fit again, but not true --------------------------------------------------------------


def entry(bewijs, number):
    return bewijs["gebeurtenissen"][number - 1]


def test_a_changed_entry_is_named():
    bewijs, files = whole()
    entry(bewijs, 3)["feiten"]["tls"] = False
    assert broken(bewijs, files) == "entry 3 (KennisgevingHandedOver): its content was changed"


@pytest.mark.parametrize(
    ("field", "value"),
    [("volgnummer", 7), ("at", "2027-02-01T10:00:00.000000+00:00"), ("gebeurtenis", "Anders"),
     ("actor_kind", "medewerker"), ("actor_id", MESSAGE), ("vorige_hash", "a" * 64), ("hash", "a" * 64)],
)  # fmt: skip
def test_every_part_of_an_entry_counts(field, value):
    bewijs, files = whole()
    entry(bewijs, 2)[field] = value
    assert broken(bewijs, files).startswith("entry ")


def test_an_entry_left_out_is_missed():
    bewijs, files = whole()
    del bewijs["gebeurtenissen"][1]
    assert broken(bewijs, files) == "entry 2 (KennisgevingHandedOver): its number is 3"


def test_a_chain_made_anew_does_not_lead_to_the_kop():
    bewijs, files = whole()
    bewijs["gebeurtenissen"] = chain(
        *((each["gebeurtenis"], each["feiten"] | {"x": 1}) for each in bewijs["gebeurtenissen"])
    )
    assert broken(bewijs, files) == "the kop of 2027-02-01: entry 3 does not lead to its root"


@pytest.mark.parametrize(
    ("field", "value"),
    [("dag", "2027-02-02"), ("vorige_kop", "a" * 64), ("wortel", "a" * 64), ("bladen", 3), ("kop", "a" * 64),
     ("volgnummer", 2), ("volgnummer", 0), ("volgnummer", 99), ("pad", []), ("pad", [["links", bytes(32).hex()]])],
)  # fmt: skip
def test_every_part_of_a_kop_counts(field, value):
    bewijs, files = whole()
    bewijs["koppen"][0][field] = value
    assert broken(bewijs, files).startswith("the kop of 2027-02-0")


def test_a_kop_that_was_not_published_is_found():
    bewijs, files = whole()
    assert broken(bewijs, files, "niets") == "the kop of 2027-02-01 is not in the published list"
    bewijs["koppen"] = []
    assert "there is no kop to compare" in broken(bewijs, files, "a" * 64)


@pytest.mark.parametrize("field", ["onderwerp", "tekst", "html"])
def test_changed_words_are_found(field):
    bewijs, files = whole()
    bewijs["berichten"][0][field] += "."
    assert broken(bewijs, files) == f"message {MESSAGE}: its words are not those that were issued"


@pytest.mark.parametrize("name", ["berichten/001.eml", "berichten/001.pdf"])
def test_a_file_that_is_another_is_found(name):
    bewijs, files = whole()
    files[name] += b"."
    assert broken(bewijs, files) == f"{name} is not the file of which the chain tells"
    del files[name]
    assert broken(bewijs, files) == f"{name} is missing"


def test_a_message_left_out_is_missed():
    bewijs, files = whole()
    bewijs["berichten"] = []
    assert broken(bewijs, files) == f"message {MESSAGE} of entry 1 is missing"


def test_a_message_that_nobody_issued_is_found():
    bewijs, files = whole()
    bewijs["berichten"].append(bewijs["berichten"][0] | {"id": LINK, "bestanden": {}})
    assert broken(bewijs, files) == f"message {LINK}: its words are not those that were issued"


def test_a_file_too_many_is_found():
    bewijs, files = whole()
    files["extra.pdf"] = b"x"
    assert broken(bewijs, files) == "extra.pdf does not belong to this proof"


def test_a_mail_that_was_made_again_is_told_apart():
    bewijs, files = whole()
    files["berichten/001.eml"] += b"."
    bewijs["berichten"][0]["eml_opnieuw"] = True
    found = check(archive(bewijs, files))
    assert (found.opnieuw, found.bestanden) == (("berichten/001.eml",), 1)


def test_a_file_of_which_only_the_hash_is_here_is_named():
    bewijs, files = whole()
    del bewijs["berichten"][0]["bestanden"]["pdf"], files["berichten/001.pdf"]
    assert check(archive(bewijs, files)).elders == (f"pdf of message {MESSAGE}",)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"null", b'{"formaat": 1}', b"\xff", b"[" * 100_000])
def test_a_bewijs_of_another_form_is_refused_in_a_sentence(raw):
    with pytest.raises(Gebroken):
        check(pack({BEWIJS: raw}))
