import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from ui_toys import HOSTILE

from assistant.ui.safe import answer_html, html_text, label_text, marked, web_address

ATTACKS = [
    HOSTILE,
    "</div></blockquote><iframe src='//evil.example'>",
    "**bold** _it_ `code` ~~no~~ # head > quote | cell |",
    '"><a href="//evil.example">',
    "$E=mc^2$ and $$x$$ cost 5$",
    ":red[danger] :material/home: :smile: :badge[x]",
    "http://evil.example www.evil.example someone@evil.example",
    "&lt;b&gt; &amp; \\ backslash \\* [1]: http://evil.example",
    "规划**重点**[链接](http://evil.example)",
    "1. one\n2. two\n- three\n\n    code",
]


class Tags(HTMLParser):
    """Collects the tags and the text of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(markup: str) -> Tags:
    tags = Tags()
    tags.feed(markup)
    tags.close()
    return tags


@pytest.mark.parametrize("attack", ATTACKS)
def test_html_of_a_text_has_no_tags_and_reads_the_same(attack: str) -> None:
    shown = parsed(f"<p>{html_text(attack)}</p>")
    assert (shown.tags, shown.text) == (["p"], attack)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_label_is_one_paragraph_of_plain_text(attack: str) -> None:
    markdown = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])
    tokens = [child.type for token in markdown.parse(label_text(attack)) for child in (token.children or [token])]
    assert set(tokens) <= {"paragraph_open", "paragraph_close", "text", "text_special"}
    shown = parsed(markdown.render(label_text(attack))).text.replace("\u2060", "").strip()
    assert shown == " ".join(attack.split())


@pytest.mark.parametrize("attack", [":material/home:", ":smile:", "https://evil.example", "www.evil.example", "a@evil.example"])
def test_syntax_that_streamlit_finds_after_markdown_is_split(attack: str) -> None:
    shown = parsed(MarkdownIt().render(label_text(attack))).text
    assert not re.search(r":[a-z]+[:/]|https?://\w|www\.\w|@\w", shown)


def test_marks_hold_exactly_the_spans() -> None:
    assert marked("a<b>c d", [(1, 4), (6, 7)]) == 'a<mark class="pq-quote">&lt;b&gt;</mark>c <mark class="pq-quote">d</mark>'


def test_spans_that_overlap_or_leave_the_text_are_left_out() -> None:
    assert marked("abcdef", [(0, 3), (2, 4), (5, 9), (4, 4)]) == '<mark class="pq-quote">abc</mark>def'


def test_marks_of_an_answer_become_links_only_where_there_is_a_source() -> None:
    markup = answer_html("More than 5 [1] and [9].", [1], "source-7")
    assert markup == '<p>More than 5 <a class="pq-ref" href="#source-7-1">1</a> and [9].</p>'


def test_lists_of_an_answer_become_lists() -> None:
    assert answer_html("Sectors:\n- one\n- two\n\nEnd", [], "x") == "<p>Sectors:</p><ul><li>one</li><li>two</li></ul><p>End</p>"
    assert answer_html("• 一\n• 二", [], "x") == "<ul><li>一</li><li>二</li></ul>"


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_answer_never_brings_tags_of_its_own(attack: str) -> None:
    assert set(parsed(answer_html(attack, [1], "x")).tags) <= {"p", "ul", "li", "a"}


@pytest.mark.parametrize(
    ("url", "is_kept"),
    [
        ("https://example.org/a?b=1", True),
        ("http://政府.example/通知", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ('https://example.org/"onclick=x', False),
        (" https://example.org", False),
        ("https://example.org/\n.evil", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, is_kept: bool) -> None:
    assert web_address(url) == (url if is_kept else None)


def test_lines_of_a_markdown_table_become_a_table_whose_cells_show_exactly_their_text() -> None:
    markup = answer_html("Awards:\n| Tier | Award |\n| --- | --- |\n| <b>1</b> | 5 [1] |\nEnd", [1], "s")
    rows = "<thead><tr><th>Tier</th><th>Award</th></tr></thead><tbody><tr><td>&lt;b&gt;1&lt;/b&gt;</td>"
    assert markup.startswith(f'<p>Awards:</p><div class="pq-table"><table>{rows}')
    assert '<td>5 <a class="pq-ref" href="#s-1">1</a></td></tr></tbody></table></div><p>End</p>' in markup


def test_a_table_without_a_line_of_dashes_has_no_head() -> None:
    assert "<thead>" not in answer_html("| a | 1 |\n| b | 2 |", [], "s")
