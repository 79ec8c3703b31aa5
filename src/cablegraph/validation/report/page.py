"""The report as one page: static, readable without JavaScript, which only adds filters; light and dark; no other file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from cablegraph.policy import SEVERITIES
from cablegraph.validation.report.charts import measures_table
from cablegraph.validation.report.rows import EXAMPLES, Group, Report, ReportRow, constraint_page

_STYLE = """
:root { color-scheme: light dark; --paper: #fdfdfb; --ink: #1d1d1b; --line: #8886; --violation: #b3261e; --warning: #8a5a00; --info: #1f5f99; }
@media (prefers-color-scheme: dark) { :root { --paper: #161719; --ink: #e8e6e1; --violation: #ff8a80; --warning: #ffc266; --info: #8ec5ff; } }
body { background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
th { white-space: nowrap; }
td { overflow-wrap: anywhere; min-width: 5rem; }
.number { text-align: right; }
caption { padding: .6rem 0; text-align: left; }
h2 { font-size: 1.1rem; margin-top: 2rem; }
section.rule { border-left: .3rem solid var(--line); padding-left: .8rem; }
.severity { font-weight: bold; }
.violation .severity, .error .severity { color: var(--violation); }
.warning .severity { color: var(--warning); }
.info .severity { color: var(--info); }
section.violation, section.error { border-color: var(--violation); }
section.warning { border-color: var(--warning); }
section.info { border-color: var(--info); }
form { display: flex; flex-wrap: wrap; gap: 1rem; border: 1px solid var(--line); padding: .6rem; }
svg { fill: var(--info); }
[hidden] { display: none !important; }
@media (max-width: 45rem) {
  svg { max-width: 5rem; }
  th, td { min-width: 0; padding: .2rem; white-space: normal; hyphens: auto; }
  section.rule table, section.rule tbody, section.rule tr, section.rule td { display: block; }
  section.rule thead { display: none; }
  section.rule tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
  section.rule td { border: 0; padding: .1rem 0; }
  section.rule td[data-title]::before { content: attr(data-title) ": "; font-weight: bold; }
}
"""

# Filters work on what the page already says; without JavaScript the form stays hidden and everything is shown.
_SCRIPT = """
const form = document.getElementById("filters"), told = document.getElementById("shown");
const parts = [...document.querySelectorAll("[data-severity]")];
function filter() {
  const words = form.elements.words.value.toLowerCase();
  const severities = [...form.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.value);
  let shown = 0;
  for (const part of parts) {
    const text = document.getElementById(part.dataset.rule).textContent.toLowerCase();
    part.hidden = !severities.includes(part.dataset.severity) || !text.includes(words);
    shown += part.tagName === "SECTION" && !part.hidden;
  }
  told.textContent = `${shown} rules shown`;
}
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
"""


def write_html(report: Report) -> str:
    """Write the page: an overview, then each rule with its count, its share of the records, examples and what to do."""
    groups = report.groups()
    body = "".join(
        [
            _overview(report, groups),
            *(_section(number, group) for number, group in enumerate(groups, 1)),
            measures_table(report.measures),
        ]
    )
    script = f"<script>{_SCRIPT}</script>\n" if groups else ""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Validation report</title><style>{_STYLE}</style></head>\n"
        f"<body><main><h1>Validation report</h1>\n{body}</main>\n{script}</body></html>\n"
    )


def _overview(report: Report, groups: Sequence[Group]) -> str:
    checked = f"<p>{report.documents} documents, {report.records} records.</p>\n" if report.documents else ""
    if not groups:
        return f"{checked}<p>Conforms: no complaint.</p>\n"
    rows = "".join(
        f'<tr class="{escape(_kind(group))}" data-severity="{escape(_kind(group))}" data-rule="rule-{number}">'
        f'<td class="severity">{_title(group)}</td><td><a href="#rule-{number}">{_shown(group.rule)}</a></td>'
        f'<td class="number">{len(group.rows)}</td><td>{group.share() or ""}</td></tr>\n'
        for number, group in enumerate(groups, 1)
    )
    return (
        f"{checked}{_filters(groups)}<table><caption>{escape(report.counts())}</caption>\n"
        f"{_head('Severity', 'Rule', 'Complaints', 'Share')}<tbody>\n{rows}</tbody></table>\n"
    )


def _kind(group: Group) -> str:
    """What a group is filtered and coloured by: its severity, unless it is accepted."""
    return "accepted" if group.accepted else group.severity


def _filters(groups: Sequence[Group]) -> str:
    known = [kind for kind in (*SEVERITIES, "accepted") if any(_kind(group) == kind for group in groups)]
    boxes = "".join(f'<label><input type="checkbox" value="{name}" checked> {name}</label>\n' for name in known)
    return (
        f'<form id="filters" hidden aria-label="Filters">\n{boxes}'
        '<label>Words <input type="search" name="words"></label>\n'
        '<output id="shown" aria-live="polite"></output></form>\n'
    )


def _section(number: int, group: Group) -> str:
    count = f"{len(group.rows)} {'complaint' if len(group.rows) == 1 else 'complaints'}"
    share = f", {group.share()}" if group.share() else ""
    message = f"<p>{_shown(group.message)}</p>\n" if group.message else ""
    page = constraint_page(group.rows[0].component)
    rule = f'<p>Constraint: <a href="{escape(page)}">{escape(group.rows[0].component or "")}</a></p>\n' if page else ""
    titles = ["Place", "Record", "Field", "Printed"] + ([] if group.message else ["What is wrong"])
    rows = "".join(_row(row, titles) for row in group.rows[:EXAMPLES])
    rest = len(group.rows) - EXAMPLES
    more = f"<p>… and {rest} more; all stand in the report's CSV and JSON Lines.</p>\n" if rest > 0 else ""
    if group.accepted:
        message += f"<p>Accepted: {_shown(group.accepted)}</p>\n"
    kind = escape(_kind(group))
    return (
        f'<section class="rule {kind}" id="rule-{number}" data-severity="{kind}" data-rule="rule-{number}">\n'
        f'<h2><span class="severity">{_title(group)}</span>: {_shown(group.rule)}</h2>\n'
        f"{message}<p>{count}{share}</p>\n{rule}"
        f"<table>{_head(*titles)}<tbody>\n{rows}</tbody></table>\n{more}</section>\n"
    )


def _title(group: Group) -> str:
    return escape(f"{group.severity}, accepted" if group.accepted else group.severity)


def _head(*titles: str) -> str:
    cells = (f'<th scope="col"{_NUMBER if title in _NUMBERS else ""}>{title}</th>' for title in titles)
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


_NUMBERS, _NUMBER = ("Complaints",), ' class="number"'


def _row(row: ReportRow, titles: Sequence[str]) -> str:
    """One example; each cell says what it is where the page is too narrow for columns, and empty cells say nothing."""
    cells = zip(titles, (row.place(), row.subject(), row.field or "", row.value or "", row.message), strict=False)
    told = (f'<td data-title="{title}">{_shown(cell)}</td>' if cell else "<td></td>" for title, cell in cells)
    return f"<tr>{''.join(told)}</tr>\n"


def _shown(text: str) -> str:
    """Text of the data, which cannot turn the direction of what stands around it."""
    return f"<bdi>{escape(text)}</bdi>"
