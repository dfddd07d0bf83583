"""Which addresses are called, and how a call is signed."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain import webhook
from portal.domain.errors import WebhookOngeldig

AT = datetime(2027, 2, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "url",
    [
        "https://pauze.plons.example",
        "https://plons.example:443/a/b?c=d",
        "https://xn--caf-dma.example/",
        "https://a1.nl",
    ],
)
def test_a_public_name_over_https_is_called(url: str) -> None:
    doel = webhook.read_url(url, lokaal=False)
    assert (doel.secure, doel.port) == (True, 443)
    assert doel.path.startswith("/")


@pytest.mark.parametrize(
    "url",
    ["", "plons.example", "http://plons.example/", "ftp://plons.example/", "https://", "https:///a", "https://plons/",
     "https://plons.example:8443/", "https://plons.example:x/", "https://plons.example:99999/",
     "https://wie:geheim@plons.example/", "https://plons.example/#stuk", "https://plons.example/a b",
     "https://plons.example/\r\nHost: x", "https://plöns.example/", "https://127.0.0.1/", "https://localhost/",
     "https://[::1]/", "https://0x7f.1/", "https://2130706433/", "https://169.254.169.254/latest", "https://-a.example/",
     "https://a..example/", "https://plons.example./", "https://plons.example/" + "x" * 500, "file:///etc/passwd",
     "https://[fe80::1%25eth0]/", "https://[", "//plons.example/"],
)  # fmt: skip
def test_anything_else_is_not(url: str) -> None:
    with pytest.raises(WebhookOngeldig):
        webhook.read_url(url, lokaal=False)


@given(st.text())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for url in (text, f"https://{text}", f"https://plons.example/{text}"):
        try:
            doel = webhook.read_url(url, lokaal=False)
        except WebhookOngeldig:
            continue
        assert doel.secure
        assert doel.path.isprintable()
        assert " " not in doel.path


def test_in_development_this_machine_is_called_too() -> None:
    assert webhook.read_url("http://127.0.0.1:9000/x", lokaal=True) == webhook.Doel(False, "127.0.0.1", 9000, "/x")
    for url in ("http://plons.example/", "http://10.0.0.1/", "https://plons.example:8443/"):
        with pytest.raises(WebhookOngeldig):
            webhook.read_url(url, lokaal=True)


INSIDE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "100.100.100.200", "168.63.129.16", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "ff0e::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:db8::1",
    "::127.0.0.1", "::10.0.0.1", "::ffff:0:7f00:1", "fec0::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_never_called(address: str) -> None:
    assert not webhook.may_call(address, lokaal=False)


def test_an_address_outside_is_called_and_development_adds_this_machine_only() -> None:
    for address in ("93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8"):
        assert webhook.may_call(address, lokaal=False)
    reached = {address for address in INSIDE if webhook.may_call(address, lokaal=True)}
    assert reached == {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"}


def test_the_signature_is_that_of_standard_webhooks() -> None:
    """The example that its libraries are tested with."""
    said = b'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}'
    signature = webhook._signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", said)
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_call_names_ids_only_and_the_same_ones_have_the_same_id() -> None:
    ids = [UUID(int=1), UUID(int=2)]
    assert webhook.call_id(UUID(int=9), ids) == webhook.call_id(UUID(int=9), list(ids))
    assert webhook.call_id(UUID(int=9), ids) != webhook.call_id(UUID(int=9), ids[:1])
    assert webhook.content(ids[:1]) == (
        b'{"type":"kennisgeving.klaar","kennisgevingen":["00000000-0000-0000-0000-000000000001"]}'
    )


def test_two_secrets_sign_beside_each_other() -> None:
    secrets = [webhook.new_secret(), webhook.new_secret()]
    told = webhook.headers(UUID(int=3), b"{}", secrets, AT)
    assert len(set(told["Webhook-Signature"].split(" "))) == 2
    assert told["Webhook-Timestamp"] == "1801472400"
