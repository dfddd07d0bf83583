"""Everything that a hulpvrager may read, taken out of the sources, and how hard it is to read.

Out of the sources and not off the pages, because a page shows one branch at a time and this must find them all.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[2]
SOMETHING = "iets"
"""Stands for what is filled in."""

NO_PROSE = {"kind", "width", "autocomplete", "inputmode", "list", "type", "name", "value"}
"""Arguments of our components that nobody reads."""

_BLOCKS = re.compile(
    "p|li|h[1-4]|div|t[dhr]|d[dt]|br|button|label|summary|legend|option|caption|title|section|[ou]l|form"
)
_TRANS = re.compile(r"{%-? *(?:trans|endtrans)[^%]*%}")
_PLACE = re.compile(r"%\(\w+\)s")
"""Where something is filled in."""

_SENTENCE_END = re.compile(r"(?<=[.!?:])[”’)]*\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'‑-][^\W\d_]+)*")
_VOWELS = re.compile(r"ëi|aai|ooi|oei|eeuw?|ieuw?|aa|ee|oo|uu|ie|oe|ui|ij|ei|eu|au|ou|[aeiouyàáâèéêëìíîïòóôöùúûü]")


# --- how hard it is -------------------------------------------------------------------------------


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Groups of vowels that Dutch speaks as one; at least one."""
    return max(1, len(_VOWELS.findall(word.casefold())))


def flesch_douma(sentences: Iterable[str]) -> float:
    """206.84 − 0.77 × syllables per 100 words − 0.93 × words per sentence; 100 is very easy, 0 very hard.

    Source: W.H. Douma, De leesbaarheid van landbouwbladen (Wageningen, 1960): Flesch's formula weighed for Dutch.
    """
    counted = [found for sentence in sentences if (found := words(sentence))]
    count = sum(len(found) for found in counted)
    spoken = sum(syllables(word) for found in counted for word in found)
    return 206.84 - 0.77 * 100 * spoken / count - 0.93 * count / len(counted)


# --- what there is to read ------------------------------------------------------------------------


@dataclass
class Leestekst:
    """The pieces of text of one source; a piece ends where a reader stops: a paragraph, a label, a line of a list."""

    where: str
    pieces: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """Sentences, and what stands by itself: a title, a label, a button."""
        found = (" ".join(line.split()) for piece in self.pieces for line in _SENTENCE_END.split(piece))
        return [line for line in found if words(line)]

    @property
    def sentences(self) -> list[str]:
        """What ends as a sentence."""
        return [line for line in self.lines if re.search(r"[.!?][”’)]*$", line)]


def of_template(path: Path) -> Leestekst:
    """A page or a mail, with every branch of it."""
    reader = _Reader()
    source = _TRANS.sub("", path.read_text())
    reader.read(Environment(autoescape=True).parse(source).body)
    plain = path.suffix == ".txt"
    pieces = [
        piece for text in [reader.text, *reader.aside] for piece in (_paragraphs(text) if plain else _shown(text))
    ]
    return Leestekst(path.relative_to(ROOT).as_posix(), pieces)


def of_module(path: Path) -> Leestekst:
    """The Dutch in a Python file: what begins with a capital and has a space."""
    read = (_PLACE.sub(SOMETHING, text) for text in _strings(ast.parse(path.read_text())))
    found = [text for text in read if re.match(r"[A-ZÉ][^.]*\s", text)]
    return Leestekst(path.relative_to(ROOT).as_posix(), [piece for text in found for piece in _paragraphs(text)])


def _filled(node: nodes.Call) -> list[str]:
    """The sentences that a call of `_` or `ngettext` translates, with something at each place; none of another call."""
    if not isinstance(node.node, nodes.Name) or node.node.name not in ("_", "ngettext"):
        return []
    return [_PLACE.sub(SOMETHING, each.value) for each in node.args if isinstance(each, nodes.Const)]


class _Reader:
    """Walks a template: what comes after 'else', and what is given to a component, is read by itself."""

    def __init__(self) -> None:
        self.text = ""
        self.aside: list[str] = []

    def read(self, body: Iterable[nodes.Node]) -> None:
        for node in body:
            self._one(node)

    def _one(self, node: nodes.Node) -> None:
        match node:
            case nodes.Output():
                self.text += "".join(self._said(child) for child in node.nodes)
            case nodes.If():
                self.read(node.body)
                self._apart([*node.elif_, *node.else_])
            case nodes.For():
                self.read(node.body)
                self._apart(node.else_)
            case nodes.CallBlock():
                self._given(node.call)
                self.text += "<p>"
                self.read(node.body)
            case nodes.Assign() | nodes.ExprStmt():
                self._prose(node.node)
            case (
                nodes.Block() | nodes.Macro() | nodes.Scope() | nodes.With() | nodes.AssignBlock() | nodes.FilterBlock()
            ):
                self.read(node.body)

    def _apart(self, body: list[nodes.Node]) -> None:
        other = _Reader()
        other.read(body)
        self.aside += [other.text, *other.aside]

    def _said(self, node: nodes.Node) -> str:
        match node:
            case nodes.TemplateData():
                return node.data
            case nodes.Const():
                return str(node.value)
            case nodes.Concat():
                return "".join(self._said(child) for child in node.nodes)
            case nodes.Add():
                return self._said(node.left) + self._said(node.right)
            case nodes.CondExpr():
                if node.expr2 is not None:
                    self.aside.append(self._said(node.expr2))
                return self._said(node.expr1)
            case nodes.Call():
                return self._called(node)
        return SOMETHING

    def _called(self, node: nodes.Call) -> str:
        if sentences := _filled(node):
            # The form of another number is read for its words; nobody reads that sentence twice.
            self.aside += [each.rstrip(".") for each in sentences[1:]]
            return sentences[0]
        self._given(node)
        return "" if isinstance(node.node, nodes.Name) else SOMETHING

    def _given(self, call: nodes.Call) -> None:
        for given in [*call.args, *(each.value for each in call.kwargs if each.key not in NO_PROSE)]:
            self._prose(given)

    def _prose(self, node: nodes.Node) -> None:
        match node:
            case nodes.Const() if isinstance(node.value, str) and re.match(r"[A-ZÉ]", node.value):
                self.aside.append(node.value)
            case nodes.Call() if sentences := _filled(node):
                self.aside += sentences
            case nodes.Concat() | nodes.CondExpr() | nodes.Add():
                self.aside.append(self._said(node))
            case nodes.List() | nodes.Tuple():
                for each in node.items:
                    self._prose(each)
            case nodes.Dict():
                for pair in node.items:
                    self._prose(pair.value)


class _Shown(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces, self.hidden = [""], 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in ("script", "style", "svg")
        if _BLOCKS.fullmatch(tag):
            self.pieces.append("")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style", "svg")
        if _BLOCKS.fullmatch(tag):
            self.pieces.append("")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces[-1] += data


def _shown(markup: str) -> list[str]:
    parser = _Shown()
    parser.feed(markup)
    parser.close()
    return [piece for piece in parser.pieces if piece.strip()]


def _paragraphs(text: str) -> list[str]:
    return [piece for piece in re.split(r"\n\s*(?:\n|- )", text) if piece.strip()]


def _strings(node: ast.AST) -> Iterator[str]:
    """Every string but the docstrings; a formatted one whole."""
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else SOMETHING for part in node.values)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from _strings(child)
