"""Estimates to inline SVG: horizontal bars with 95% whiskers, drawn in the colours of the page around them."""

from collections.abc import Sequence
from html import escape

from evals.schema import Estimate

LABEL, BAR, VALUE, ROW = 150, 220, 90, 26  # widths of the three columns and height of a row, in SVG units


def bars(rows: Sequence[tuple[str, Estimate]], title: str) -> str:
    """One bar a row on a scale from 0 to 1; "" without rows."""
    if not rows:
        return ""
    height = ROW * len(rows) + 22
    width = LABEL + BAR + VALUE
    grid = "".join(
        f'<line class="grid" x1="{x}" x2="{x}" y1="0" y2="{ROW * len(rows)}"/>'
        f'<text class="tick" x="{x}" y="{height - 6}" text-anchor="middle">{step}</text>'
        for step in (0, 25, 50, 75, 100)
        for x in [LABEL + BAR * step // 100]
    )
    body = "".join(bar(label, one, ROW * i) for i, (label, one) in enumerate(rows))
    return f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>{grid}{body}</svg>'


def bar(label: str, one: Estimate, top: int) -> str:
    """A bar with its label before it, its whisker on it and its value behind it."""
    middle = top + ROW / 2
    shown = label if len(label) <= 22 else label[:21] + "…"
    parts = [
        f'<text class="label" x="{LABEL - 8}" y="{middle + 4}" text-anchor="end"><title>{escape(label)}</title>{escape(shown)}</text>',
        f'<rect class="bar" x="{LABEL}" y="{top + 5}" width="{BAR * clamp(one.value):.1f}" height="{ROW - 10}" rx="2"/>',
        f'<text class="value" x="{LABEL + BAR + 8}" y="{middle + 4}">{100 * one.value:.1f} ({one.cases})</text>',
    ]
    if one.low is not None and one.high is not None:
        low, high = LABEL + BAR * clamp(one.low), LABEL + BAR * clamp(one.high)
        parts.append(f'<path class="whisker" d="M{low:.1f} {middle - 4}v8M{low:.1f} {middle}H{high:.1f}M{high:.1f} {middle - 4}v8"/>')
    return "".join(parts)


def clamp(value: float) -> float:
    """A value kept within the scale."""
    return min(1.0, max(0.0, value))
