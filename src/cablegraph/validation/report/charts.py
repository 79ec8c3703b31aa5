"""Measures of quality as a table with one small chart each: a bar a year, drawn in the page itself."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from cablegraph.measures import Measure

_HEIGHT, _BAR = 24, 8
#: More years than this are no small chart; the last ones are drawn.
_YEARS = 60


def measures_table(measures: Sequence[Measure]) -> str:
    """Write the section, or nothing where nothing was measured."""
    counted = [measure for measure in measures if measure.whole]
    if not counted:
        return ""
    rows = "".join(
        f'<tr><td>{escape(measure.label)}</td><td class="number">{100 * measure.share:.1f} %</td>'
        f'<td class="number">{measure.known} of {measure.whole}</td><td>{_chart(measure)}</td></tr>\n'
        for measure in counted
    )
    kinds = {"Share": ' class="number"', "Count": ' class="number"'}
    titles = "".join(
        f'<th scope="col"{kinds.get(title, "")}>{title}</th>' for title in ("Measure", "Share", "Count", "By year")
    )
    return f'<section id="measures"><h2>Quality</h2>\n<table><thead><tr>{titles}</tr></thead><tbody>\n{rows}</tbody></table></section>\n'


def _chart(measure: Measure) -> str:
    years = [year for year in measure.years if year[2]][-_YEARS:]
    if not years:
        return ""
    bars = "".join(_bar(number, *year) for number, year in enumerate(years))
    width = _BAR * len(years)
    words = f"{measure.label}, {years[0][0]} to {years[-1][0]}"
    return f'<svg role="img" aria-label="{escape(words)}" viewBox="0 0 {width} {_HEIGHT}" width="{width}" height="{_HEIGHT}" preserveAspectRatio="none">{bars}</svg>'


def _bar(number: int, year: str, known: int, whole: int) -> str:
    height = round(_HEIGHT * known / whole, 1)
    told = f"<title>{escape(year)}: {known} of {whole}</title>"
    return f'<rect x="{_BAR * number}" y="{_HEIGHT - height:g}" width="{_BAR - 2}" height="{height:g}">{told}</rect>'
