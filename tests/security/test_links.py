"""Answer links and check codes: derived from the message, useless when guessed or changed."""

from uuid import UUID, uuid4

import pytest

from portal.domain.errors import OngeldigeToegang
from portal.models import links
from portal.models.sealed import Keyring, use_keyring

ID = UUID("5616a945-260d-5dd0-908b-53f0b095a019")


def test_an_answer_link_leads_back_to_its_message_and_is_the_same_each_time() -> None:
    token = links.sign_antwoord(ID)
    assert links.read_antwoord(token) == ID
    assert token == links.sign_antwoord(ID)
    assert len(token) == 50


def test_no_changed_sign_of_an_answer_link_opens_a_message() -> None:
    token = links.sign_antwoord(ID)
    for at in range(len(token) - 1):  # of the very last sign two bits carry nothing
        other = "A" if token[at] != "A" else "B"
        with pytest.raises(OngeldigeToegang):
            links.read_antwoord(token[:at] + other + token[at + 1 :])


@pytest.mark.parametrize("token", ["", ".", "x", "a.b", "é.é", "\0", "A" * 5000])
def test_nonsense_is_no_answer_link(token: str) -> None:
    with pytest.raises(OngeldigeToegang):
        links.read_antwoord(token)


def test_a_link_of_one_kind_is_no_link_of_the_other() -> None:
    with pytest.raises(OngeldigeToegang):
        links.read_antwoord(links.sign(ID))
    with pytest.raises(OngeldigeToegang):
        links.read(links.sign_antwoord(ID))


def test_a_controlecode_depends_on_the_document_and_on_the_key(keys: Keyring) -> None:
    code = links.controlecode(ID)
    assert code == links.controlecode(ID)
    assert code != links.controlecode(uuid4())
    use_keyring(Keyring(keys=keys.keys, index_key=bytes(32)))
    assert links.controlecode(ID) != code
