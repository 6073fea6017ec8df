"""Blocks to a page as government sites publish them: menu, search, article, table, print script, footer."""

from collections.abc import Sequence
from html import escape

from outline import Block, Heading, Items, Paragraph, Table

from ingest.schema import Source

_SITE = {
    "en": ("Policy collection", ("Home", "Policies", "Interpretation", "Services", "Contact"), "Search", "Print this page"),
    "zh": ("政策汇编", ("首页", "政策文件", "政策解读", "办事服务", "联系我们"), "站内搜索", "打印本页"),
}
_FACTS = {
    "en": ("Issued by", "Document number", "Published"),
    "zh": ("发文机关", "文号", "成文日期"),
}
_PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="{charset}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - {site}</title>
<style>
body {{ font-family: "Songti SC", SimSun, Georgia, serif; margin: 0; color: #222; line-height: 1.7; }}
nav ul {{ list-style: none; display: flex; gap: 2em; background: #a3211d; margin: 0; padding: .8em 2em; }}
nav a {{ color: #fff; text-decoration: none; }}
main {{ max-width: 46em; margin: 2em auto; padding: 0 1em; }}
h1 {{ text-align: center; }}
table {{ border-collapse: collapse; width: 100%; margin: 1em 0; }}
th, td {{ border: 1px solid #999; padding: .4em .7em; text-align: left; vertical-align: top; }}
th {{ background: #f3ece6; }}
footer {{ border-top: 3px solid #a3211d; padding: 1em 2em; font-size: .9em; color: #555; }}
</style>
<script>
function printPage() {{ window.print(); }}
</script>
</head>
<body>
<header role="banner">
<nav aria-label="{site}"><ul>{menu}</ul></nav>
<form role="search" action="search"><input type="search" name="q" placeholder="{search}"><button>{search}</button></form>
</header>
<main>
<article>
{article}
</article>
</main>
<footer>
<p>{site} | {note}</p>
<p>{facts} <a href="javascript:printPage()">{printing}</a></p>
</footer>
</body>
</html>
"""


def html_bytes(blocks: Sequence[Block], source: Source, note: str, charset: str) -> bytes:
    """The page in `charset`; `note` and what the manifest knows of the document stand in the footer."""
    site, menu, search, printing = _SITE[source.language]
    stated = (source.issuer, source.document_number, source.published)
    facts = [f"{name}: {escape(str(value))}" for name, value in zip(_FACTS[source.language], stated, strict=True) if value]
    page = _PAGE.format(
        lang="zh-CN" if source.language == "zh" else "en",
        charset=charset,
        title=escape(source.title),
        site=site,
        menu="".join(f'<li><a href="#{number}">{name}</a></li>' for number, name in enumerate(menu)),
        search=search,
        article="\n".join(_element(block) for block in blocks),
        note=escape(note),
        facts=" | ".join(facts),
        printing=printing,
    )
    return page.encode(charset)


def _element(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case Items(texts):
            return "<ul>\n" + "\n".join(f"<li>{escape(text)}</li>" for text in texts) + "\n</ul>"
        case Table(head, rows):
            first = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
            others = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
            return f"<table>\n<thead><tr>{first}</tr></thead>\n<tbody>\n{others}\n</tbody>\n</table>"
