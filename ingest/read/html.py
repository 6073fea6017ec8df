"""HTML to a document: what a reader of the page sees of its main content, tables with their heads resolved."""

import re
import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from ingest.read.build import Body, Builder
from ingest.read.characters import clean, squeeze
from ingest.read.html_table import add_table, is_layout_table
from ingest.read.structure import add_line
from ingest.read.text import decode
from ingest.schema import ReadError

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_UNSEEN = [
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "iframe",
    "object",
    "embed",
    "canvas",
    "svg",
    "math",
    "audio",
    "video",
    "map",
    "select",
    "option",
    "button",
    "input",
    "textarea",
    "dialog",
]
_FURNITURE = ("nav", "footer", "aside", "menu")
_FURNITURE_ROLES = ("navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog", "alert")
_FURNITURE_NAME = re.compile(
    r"(?:^|[-_ ])(?:nav\w*|menu\w*|breadcrumbs?|crumbs?|footer|foot|sidebar|side-?bar|pagination|pager|share|cookies?|skip-?links?"
    r"|copyright)(?:$|[-_ ])",
    re.IGNORECASE,
)
# Page furniture by the name alone; menus by name must also consist of links.
_FURNITURE_ALONE = re.compile(
    r"(?:^|[-_ ])(?:foot|footer|copyright|breadcrumbs?|crumbs?|cookies?|pagination|pager|skip-?links?|share-?(?:bar|links?|buttons?))"
    r"(?:$|[-_ ])",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$)|opacity\s*:\s*0\s*(?:;|$)", re.IGNORECASE
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADING = re.compile(r"h[1-6]$")
# Deeper pages are broken or hostile, and the walk down them would exhaust the stack.
MAX_DEPTH = 180
# A block is a menu when nearly all of its text is links, and there are several of them.
MENU_LINKS, MENU_SHARE, MENU_LINK_LENGTH = 4, 0.8, 25


def read_html(content: bytes, name: str) -> Body:
    """A document from the bytes of an HTML page."""
    declared = _CHARSET.search(content[:4096])
    soup = _parse(decode(content, name, declared.group(1).decode("ascii", "replace") if declared else None), name)
    page_title = squeeze(clean(" ".join(soup.title.get_text().split()))) if soup.title else ""
    _drop_unseen(soup)
    builder = Builder()
    main = _main(soup)
    first_heading = _first_heading(main)
    _Walk(builder).through(main)
    return builder.body(title=_title(page_title, first_heading) or None)


def add_html(builder: Builder, source: str, name: str) -> None:
    """Add a piece of HTML, such as stands in Markdown."""
    soup = _parse(source, name)
    _drop_unseen(soup)
    _Walk(builder).through(soup)


def _parse(source: str, name: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        # BeautifulSoup warns where markup looks like XML or like a file name; neither matters here.
        warnings.simplefilter("ignore")
        soup = BeautifulSoup(source, "lxml")
    level: list[Tag] = [soup]
    for _ in range(MAX_DEPTH):
        level = [child for tag in level for child in tag.children if isinstance(child, Tag)]
    if level:
        raise ReadError(f"{name}: HTML nested more than {MAX_DEPTH} deep; save the page again in a simpler form")
    return soup


def _title(page_title: str, heading: str) -> str:
    """The page's own heading where the title repeats it with the site's name or names the site alone; else the title."""
    return heading if heading and (heading in page_title or len(heading) >= 4) else page_title


def _first_heading(main: Tag) -> str:
    """The text of the only h1, "" when there is none or several."""
    headings = [squeeze(clean(" ".join(found.get_text().split()))) for found in main.find_all("h1")]
    named = [heading for heading in headings if heading]
    return named[0] if len(named) == 1 else ""


def _drop_unseen(soup: BeautifulSoup) -> None:
    for found in soup.find_all(_UNSEEN):
        found.extract()
    for found in list(soup.find_all(_is_hidden)):
        found.extract()


def _is_hidden(tag: Tag) -> bool:
    return (
        tag.has_attr("hidden")
        or str(tag.get("aria-hidden", "")).lower() == "true"
        or _HIDDEN_STYLE.search(str(tag.get("style", ""))) is not None
    )


def _main(soup: BeautifulSoup) -> Tag:
    """The main content: what the page marks as such, else the body less menus and page furniture."""
    body = soup.body or soup
    marked = body.find_all("main") or body.find_all(lambda tag: str(tag.get("role", "")).lower() == "main") or body.find_all("article")
    size = len(body.get_text())
    if len(marked) == 1 and len(marked[0].get_text()) >= 0.3 * size:
        body = marked[0]
    size = len(body.get_text(strip=True))
    furniture = [tag for tag in body.find_all(True) if _is_furniture(tag, size)]
    lost = sum(len(tag.get_text(strip=True)) for tag in furniture if not any(parent in furniture for parent in tag.parents))
    # A page that is nearly all links is an index, and its links are its content.
    if lost < 0.9 * max(1, len(body.get_text(strip=True))):
        for tag in furniture:
            tag.extract()
    return body


def _is_furniture(tag: Tag, page_size: int) -> bool:
    if tag.name in ("body", "main", "article", "html") or tag.find("h1") is not None:
        return False
    names = " ".join([*tag.get_attribute_list("class"), str(tag.get("id", ""))])
    is_named = tag.name in _FURNITURE or str(tag.get("role", "")).lower() in _FURNITURE_ROLES or _FURNITURE_NAME.search(names) is not None
    is_part = tag.find("table") is None and len(tag.get_text(strip=True)) < 0.5 * page_size
    if is_part and _FURNITURE_ALONE.search(names) is not None:
        return True
    return _is_menu(tag, 0.5 if is_named else MENU_SHARE) or (is_named and tag.name in ("nav", "footer"))


def _is_menu(tag: Tag, share: float) -> bool:
    if tag.name not in ("div", "ul", "ol", "dl", "table", "section", "header", "form", *_FURNITURE):
        return False
    links = [len(link.get_text(strip=True)) for link in tag.find_all("a")]
    size = len(tag.get_text(strip=True))
    is_short = bool(links) and sum(links) / len(links) <= MENU_LINK_LENGTH
    return len(links) >= MENU_LINKS and is_short and sum(links) >= share * size


class _Walk:
    """Goes through a tree in reading order: inline text gathers in a line until a block begins or ends."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._line: list[str] = []
        self._item_depth = 0
        self._is_item_open = False

    def through(self, root: Tag) -> None:
        """Add everything under `root`."""
        for child in root.children:
            self._visit(child)
        self._flush()

    def _visit(self, node: PageElement) -> None:
        if isinstance(node, PreformattedString):
            return
        if isinstance(node, NavigableString):
            self._line.append(re.sub(r"[ \t\r\f]+", " ", str(node)))
        elif isinstance(node, Tag):
            self._visit_tag(node)

    def _visit_tag(self, tag: Tag) -> None:
        if tag.name == "br":
            self._flush()
        elif _HEADING.match(tag.name):
            self._flush()
            self._builder.heading(_flat(tag), int(tag.name[1]))
        elif tag.name == "table" and not is_layout_table(tag):
            self._flush()
            add_table(self._builder, tag)
        elif tag.name == "pre":
            self._flush()
            for line in tag.get_text().split("\n"):
                self._builder.paragraph(line.replace("\f", " "))
        elif tag.name in ("li", "dd"):
            self._visit_item(tag)
        elif tag.name in _BLOCKS:
            self._flush()
            self._visit_children(tag)
            self._flush()
        else:
            self._visit_children(tag)

    def _visit_children(self, tag: Tag) -> None:
        for child in tag.children:
            self._visit(child)

    def _visit_item(self, tag: Tag) -> None:
        """A list item opens on its first line; further blocks in it are items one level deeper."""
        self._flush()
        outer = self._is_item_open
        self._item_depth += 1
        self._is_item_open = True
        self._visit_children(tag)
        self._flush()
        self._item_depth -= 1
        self._is_item_open = outer and self._item_depth > 0

    def _flush(self) -> None:
        line = squeeze("".join(self._line).strip()).replace("\f", " ")
        self._line = []
        if not line:
            return
        if not self._item_depth:
            add_line(self._builder, line)
            return
        self._builder.item(line, self._item_depth - (1 if self._is_item_open else 0))
        self._is_item_open = False


def _flat(tag: Tag) -> str:
    return "".join(_strings(tag)).replace("\f", " ")


def _strings(tag: Tag) -> Iterator[str]:
    for node in tag.descendants:
        if isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            yield str(node)
        elif isinstance(node, Tag) and node.name in _BLOCKS | {"br"}:
            yield "\n"
