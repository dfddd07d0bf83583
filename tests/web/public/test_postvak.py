from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from flask import Flask

from portal.dev import inbox
from tests.web.browser import Browser
from tests.web.conftest import MakeApp, MakeBrowser

MAIL = b"""\
From: Pauzeknop <portaal@pauzeknop.example>\r
To: fatma@inwoner.example\r
Subject: =?utf-8?q?Uw_link_=3Cb=3E?=\r
MIME-Version: 1.0\r
Content-Type: multipart/alternative; boundary=grens\r
\r
--grens\r
Content-Type: text/plain; charset=utf-8\r
\r
Open deze link:\r
https://pauzeknop.example/terug/abc.def-g_h\r
<script>alert(1)</script>\r
--grens\r
Content-Type: text/html; charset=utf-8\r
\r
<!doctype html><html lang="nl"><head><title>Mail</title></head>\r
<body><h1>Hoi</h1><script>alert(1)</script></body></html>\r
--grens--\r
"""


@pytest.fixture
def developer(make_app: MakeApp, new_browser: MakeBrowser, tmp_path: Path) -> Browser:
    browser = new_browser(make_app(PORTAL_ENV="development", PORTAL_INSTANCE=str(tmp_path)))
    browser.origin = "http://127.0.0.1:8000"
    return browser


def received(folder: Path, content: bytes = MAIL) -> str:
    return inbox.store(folder / "postvak", content, "bounce+1@pauzeknop.example", ["fatma@inwoner.example"])


def test_production_has_no_such_route(app: Flask, browser: Browser) -> None:
    assert not any("postvak" in rule.rule or rule.endpoint.startswith("postvak") for rule in app.url_map.iter_rules())
    for url in ("/postvak", "/postvak/00001700000000000.000000.1", "/postvak/00001700000000000.000000.1/html"):
        browser.see(url, 404)


def test_an_empty_inbox_says_how_to_fill_it(developer: Browser) -> None:
    assert "Er is nog geen mail." in developer.see("/postvak").main


def test_the_newest_message_comes_first(developer: Browser, tmp_path: Path) -> None:
    keys = [received(tmp_path), received(tmp_path)]
    links = [a.get("href") for a in developer.see("/postvak").tree.iter("a") if "postvak/" in a.get("href", "")]
    assert links == [f"/postvak/{key}" for key in reversed(keys)]


def test_a_message_shows_its_envelope_and_a_link_to_follow(developer: Browser, tmp_path: Path) -> None:
    page = developer.see(f"/postvak/{received(tmp_path)}")
    assert page.h1 == "Uw link <b>"
    assert "bounce+1@pauzeknop.example" in page.main
    assert "<script>alert(1)</script>" in page.main  # as text
    link = "https://pauzeknop.example/terug/abc.def-g_h"
    assert page.links[link] == link
    assert "frame-src 'self'" in page.response.headers["Content-Security-Policy"]


def with_attachments() -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "Met bijlagen"
    mail.set_content("Zie de bijlagen.")
    mail.add_attachment(b"%PDF-1.7 " + 1500 * b"x", "application", "pdf", filename="bewijs é.pdf")
    mail.add_attachment(b"<script>alert(1)</script>", "text", "html", filename="<b>.html")
    return mail.as_bytes(policy=SMTP)


def test_attachments_are_listed_and_open_a_pdf_here_and_anything_else_to_keep(
    developer: Browser, tmp_path: Path
) -> None:
    here = f"/postvak/{received(tmp_path, with_attachments())}"
    page = developer.see(here)
    assert "bewijs é.pdf (2 kB) <b>.html (1 kB)" in page.main
    pdf = developer.get(page.links["bewijs é.pdf"])
    assert (pdf.mimetype, pdf.data[:8]) == ("application/pdf", b"%PDF-1.7")
    assert pdf.headers["Content-Disposition"].startswith("inline")
    other = developer.get(page.links["<b>.html"])
    assert other.data == b"<script>alert(1)</script>"
    assert other.headers["Content-Disposition"].startswith("attachment")
    assert other.headers["X-Content-Type-Options"] == "nosniff"
    for number in ("0", "3"):
        assert developer.get(f"{here}/bijlagen/{number}").status_code == 404
    assert "Bijlagen" not in developer.see(f"/postvak/{received(tmp_path)}").main


def test_the_html_part_can_do_nothing(developer: Browser, tmp_path: Path) -> None:
    response = developer.get(f"/postvak/{received(tmp_path)}/html")
    policy = response.headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "sandbox", "frame-ancestors 'self'"} <= set(policy)
    assert not any("script" in part for part in policy)
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("key", ["00001700000000000.000000.1", "..%2f..%2fetc%2fpasswd", "x", "new"])
def test_an_unknown_message_is_not_found(developer: Browser, key: str) -> None:
    assert developer.get(f"/postvak/{key}").status_code == 404
    assert developer.get(f"/postvak/{key}/html").status_code == 404


def test_only_pages_of_the_inbox_may_frame(developer: Browser) -> None:
    assert "frame-src" not in developer.see("/postvak").response.headers["Content-Security-Policy"]
