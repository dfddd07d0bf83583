"""A walk over every page that can be reached by links."""

import re
from collections.abc import Collection, Iterable
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Portal
from tests.e2e.toegankelijk import Keuring, check, kind_of

NO_PAGE = re.compile(r"/(html|bestand)$|/brieven/|/fotos/[^/]+/(\d+|<int:pagina>)$|\.(json|pdf|zip|csv)$|^/weg$")
"""The body of a mail in its frame, files, photos, and the way out."""

OPENED_AT_MOST = 80
"""Pages that one person looks at; past these only a kind that was not seen yet."""

WITH_ERRORS = ("/aanvulling", "/niet-goedkeuren", "/beeindigen", "/schulden/nieuw", "/nieuwe-schuldeiser", "/adres",
               "/terug/mail", "/antwoord", "/terug/code", "/medewerker/inloggen",
               "/koppelingen/nieuw", "/verzoek/post", "/verzoek/schuld-vergeten", "/verzoek/klopt-niet",
               "/verzoek/bel-mij")  # fmt: skip
"""Forms that an empty answer does no harm to: looked at again with their errors."""


FOR_EVERYBODY = {"/", "/antwoord", "/api", "/cijfers", "/controleren", "/ketens", "/medewerker/inloggen", "/privacy",
                 "/schuldeisers", "/terug", "/terug/code", "/terug/mail", "/toegankelijkheid"}  # fmt: skip
"""Opened once, by nobody in particular: the footers of staff lead there too."""


def crawl(page: Page, portal: Portal, look: Keuring, starts: Iterable[str], skip: Collection[str] = ()) -> set[str]:
    """Open every page that can be reached, a kind that was seen least first; returns the kinds that were seen."""
    todo, seen, kinds, landed = list(starts), set[str](), dict[str, int](), set[str]()

    def share(url: str) -> float:
        kind = kind_of(url)
        return kinds.get(kind, 0) / look.enough(kind)

    while todo:
        url = min(todo, key=share)
        todo.remove(url)
        kind = kind_of(url)
        enough = share(url) >= 1 or (share(url) > 0 and len(seen) >= OPENED_AT_MOST)
        if url in seen or kind in skip or enough:
            continue
        seen.add(url)
        answer = page.goto(url)
        assert answer is not None
        assert answer.status == 200, (url, answer.status)
        kinds[kind] = kinds.get(kind, 0) + 1
        landed.add(kind_of(page.url))
        look(page)
        if kind_of(urlsplit(page.url).path).endswith(WITH_ERRORS) and kinds[kind] == 1:
            with_errors(page)
            page.goto(url)
        todo += links(page, portal)
    return landed


def with_errors(page: Page) -> None:
    """Send the form empty: the sentence is there, has the focus, and the page is still in order."""
    for box in page.locator("main form[method=post] :is(textarea, input[type=text], input[type=email])").all():
        box.fill("")
    buttons = page.locator("main form[method=post] button")
    main = page.locator("main form[method=post] button.utrecht-button--primary-action")
    (main if main.count() else buttons).last.click()
    expect(page.locator("#fouten")).to_be_focused()  # which a browser does some time after the page has come
    check(page)


def links(page: Page, portal: Portal) -> list[str]:
    return own_of(portal, page.locator("a[href]").evaluate_all("links => links.map(link => link.href)"))


def own_of(portal: Portal, found: Iterable[str]) -> list[str]:
    """Pages of the portal among these addresses, without the host."""
    own = (urlsplit(url) for url in (urljoin(portal.url, each) for each in found) if url.startswith(portal.url + "/"))
    return [url.path + (f"?{url.query}" if url.query else "") for url in own if not NO_PAGE.search(url.path)]
