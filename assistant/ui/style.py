"""The look that Streamlit's theme settings cannot give: answers, [n] marks, source cards and badges."""

from typing import Final

# Badge inks on their grounds have a contrast of at least 5:1 (WCAG AA asks 4.5:1); each badge also carries its word.
STYLE: Final = """<style>
.stMainBlockContainer { max-width: 1240px; padding-top: 2.6rem; }
:is(.pq-answer, .pq-partial) { line-height: 1.65; overflow-wrap: anywhere; }
:is(.pq-answer, .pq-partial) p { margin: 0 0 .6rem; }
:is(.pq-answer, .pq-partial) ul { margin: 0 0 .6rem; padding-left: 1.25rem; }
:is(.pq-answer, .pq-partial) li { margin: .2rem 0; }
.pq-table { overflow-x: auto; margin: 0 0 .6rem; }
.pq-table table { border-collapse: collapse; font-size: .95em; line-height: 1.45; }
.pq-table :is(th, td) { border: 1px solid rgba(128, 128, 128, .35); padding: .35rem .6rem; text-align: left; vertical-align: top; }
.pq-table :is(th, td) { min-width: 6rem; }
.pq-table th { font-weight: 600; background: rgba(128, 128, 128, .08); }
.pq-said { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; scroll-margin-top: 5rem; }
.pq-ref { display: inline-block; min-width: 1.35em; padding: 0 .3em; margin: 0 .12em; border-radius: .5em; text-align: center;
  font-size: .78em; line-height: 1.5; font-weight: 600; text-decoration: none; color: #0b5563; background: #d9ecef; }
.pq-ref:hover, .pq-ref:focus-visible { color: #fff; background: #0b5563; }
.pq-badge { display: inline-block; padding: .05em .6em; border-radius: 1em; font-size: .8rem; font-weight: 600; white-space: nowrap; }
.pq-good { color: #10593a; background: #dcf3e6; } .pq-part { color: #704c00; background: #fdf0cf; }
.pq-none { color: #47525c; background: #e8edf1; } .pq-bad { color: #8c1d18; background: #fbe3e1; }
.pq-ask { color: #1f4a8a; background: #e0ebfa; }
.pq-badge { margin-bottom: .35rem; }
.pq-notices { margin: 0; padding: .55rem .8rem .55rem 1.9rem; border-radius: .6rem; background: #f2f6f8; color: #33414c; font-size: .88rem;
  line-height: 1.5; overflow-wrap: anywhere; }
.pq-meta { color: #52606b; font-size: .82rem; line-height: 1.45; overflow-wrap: anywhere; }
.pq-source { scroll-margin-top: 4.5rem; }
.pq-source h4 { margin: 0 0 .2rem; padding: 0; font-size: .95rem; line-height: 1.4; font-weight: 600; }
.pq-source h4 .pq-number { display: inline-block; min-width: 1.5em; margin-right: .45em; border-radius: .5em; text-align: center;
  color: #fff; background: #0b5563; font-size: .85em; }
.pq-source blockquote { margin: .55rem 0 0; padding: .1rem 0 .1rem .75rem; border-left: 3px solid #9cc9d1; color: #22303b;
  font-size: .88rem; line-height: 1.55; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 11rem; overflow-y: auto; }
.pq-source:target h4 { background: #fff3c4; border-radius: .3rem; }
.pq-section { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.7; font-size: .95rem; }
.pq-section h5 { margin: 1.1rem 0 .35rem; padding: 0; font-size: 1rem; font-weight: 650; white-space: normal; }
mark.pq-quote { background: #ffe58a; color: inherit; padding: .08em 0; border-radius: .15em; scroll-margin-top: 30vh; }
.pq-hero h1 { font-size: 1.9rem; padding: 0; margin: 0 0 .4rem; } .pq-hero p { color: #47525c; max-width: 52rem; margin: 0; }
[data-testid="stChatMessage"] [data-testid^="stChatMessageAvatar"] { background: #d9ecef; color: #0b5563; }
.st-key-conversations button { justify-content: flex-start; text-align: left; font-weight: 400; }
[class*="st-key-scripts-"] { display: none; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: #52606b; opacity: 1; }
textarea::placeholder, input::placeholder { color: #5c6973 !important; }
@media (max-width: 640px) { .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; } .pq-hero h1 { font-size: 1.5rem; }
  .st-key-examples-other { display: none; } }
</style>"""

# Runs after the text is in the page; holds nothing of a document.
SCROLL_TO_QUOTE: Final = """<script>
setTimeout(() => { document.querySelector('mark.pq-quote')?.scrollIntoView({block: 'center'}); }, 250);
</script>"""

# Streamlit scrolls a chat to its end while the answer grows; the beginning is what one wants to read, so the last word is ours.
SCROLL_TO_QUESTION: Final = """<script>
for (const wait of [200, 600, 1200]) {
  setTimeout(() => { [...document.querySelectorAll('.pq-said')].pop()?.scrollIntoView({block: 'start'}); }, wait);
}
</script>"""

# Drawn here because Streamlit fetches emoji and Material favicons from a foreign host, and nothing may leave the machine.
FAVICON: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32">'
    '<rect width="32" height="32" rx="7" fill="#0b6475"/>'
    '<path d="M9 8h14v3H9zM9 14h9v3H9z" fill="#fff"/><path d="M10 22l3.5 3.5L23 17" fill="none" stroke="#ffe58a" stroke-width="3"/></svg>'
)


def logo(name: str) -> str:
    """The favicon and the name of the assistant beside it, as SVG for the top of the window; `name` must be plain words of ours."""
    words = f'<text x="42" y="22" font-family="sans-serif" font-size="17" font-weight="600" fill="#1b2733">{name}</text>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="230" height="32" viewBox="0 0 230 32">{FAVICON}{words}</svg>'
