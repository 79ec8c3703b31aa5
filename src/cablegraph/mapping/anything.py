"""Any mapping over any files, or over a register: what ``cablegraph map`` does."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from cablegraph import folders
from cablegraph.errors import InputError
from cablegraph.mapping.files import Mapped, map_files
from cablegraph.mapping.languages import read_mappings
from cablegraph.mapping.output import Findings
from cablegraph.mapping.run import explain_register, map_register_to_file
from cablegraph.register import must_be_register


def map_any(
    mapping: Path,
    base: str,
    sources: dict[str, Path],
    out: Path | None,
    jobs: int,
    tell: Callable[[str], None],
    text: str = "none",
) -> Mapped:
    """Map files or a register (``register=DIR`` among ``sources``) to ``out``; returns the SQL and the findings.

    ``text`` is "none" or "full": whether the text of a register's parts is mapped.

    Raises:
        InputError: the mapping is not valid, or a source is missing or does not fit.
    """
    plan = read_mappings(mapping, base)
    if out is not None:
        folders.make_above(out)
    with tempfile.TemporaryDirectory(dir=out.resolve().parent if out else None) as name:
        work = Path(name)
        if any(m.source.formulation == "register" and m.source.access not in sources for m in plan.maps):
            register = sources.get("register")
            if register is None:
                raise InputError(
                    "the mapping maps a register", file=str(mapping), hint="give it with --source register=DIR"
                )
            must_be_register(register)
            if out is None:
                return Mapped(explain_register(register, plan, work), Findings())
            tell("mapping")
            return Mapped("", map_register_to_file(register, plan, out, work / "mapped", text=text, jobs=jobs))
        return map_files(plan, mapping, sources, out or work / "explained.nq", work)
