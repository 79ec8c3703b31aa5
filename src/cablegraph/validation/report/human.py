"""The report at a terminal: grouped by rule, with counts and examples."""

from __future__ import annotations

from cablegraph.validation.report.rows import EXAMPLES, Group, Report, ReportRow


def write_human(report: Report) -> str:
    """Write the report for people at a terminal."""
    if not report.rows:
        return "Conforms: no complaint.\n"
    return "".join(_group(group) for group in report.groups()) + f"\n{report.counts()}\n"


def _group(group: Group) -> str:
    count = ", ".join(part for part in (str(len(group.rows)), group.share()) if part)
    lines = [f"{group.severity}: {group.rule} ({count})"]
    if group.accepted:
        lines.append(f"  Accepted: {group.accepted}")
    if group.message:
        lines.append(f"  {group.message}")
    for row in group.rows[:EXAMPLES]:
        lines.append(f"    {_example(row)}")
        if not group.message:
            lines.append(f"      {row.message}")
    if len(group.rows) > EXAMPLES:
        lines.append(f"    … and {len(group.rows) - EXAMPLES} more")
    return "\n".join(lines) + "\n"


def _example(row: ReportRow) -> str:
    what = " ".join(part for part in (row.field, row.value) if part)
    return f"{row.place()}  {row.subject()}  {what}".rstrip()
