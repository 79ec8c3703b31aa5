"""The plan knows no language and no engine."""

from __future__ import annotations

import ast
import inspect
import sys
from pathlib import Path
from types import ModuleType

import pytest

from cablegraph.mapping import functions, jsonpath, plan, shapes, xpath
from cablegraph.mapping.functions import find_function
from cablegraph.mapping.macros import FUNCTION_SQL
from cablegraph.mapping.plan import Call, Constant, Reference, Template, references


@pytest.mark.parametrize("module", [plan, functions, shapes, jsonpath, xpath])
def test_the_plan_and_what_is_told_of_it_know_no_engine(module: ModuleType) -> None:
    """They import the standard library and each other only, and name neither DuckDB nor SQL in their code."""
    tree = ast.parse(Path(inspect.getfile(module)).read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    ours = {name for name in modules if name.startswith("cablegraph")}
    assert ours <= {"cablegraph.mapping.plan", "cablegraph.mapping.functions"}
    assert {name.partition(".")[0] for name in modules - ours} <= sys.stdlib_module_names
    names = {node.id.casefold() for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not {name for name in names if "duckdb" in name or "sql" in name}


def test_every_function_has_sql() -> None:
    """Each function of the plan has its SQL, and no SQL stands without one."""
    assert set(FUNCTION_SQL) == set(functions.FUNCTIONS)


def test_functions_are_found_by_name_and_iri() -> None:
    """A function is found by its short name and by each of its IRIs."""
    for function in functions.FUNCTIONS.values():
        for name in (function.name, *function.aliases):
            assert find_function(name) is function
    assert find_function("nope") is None


def test_references_of_nested_expressions() -> None:
    """The columns of an expression are found however deep they stand."""
    expression = Call(
        "replace", (Template((Constant("x"), Reference("a"))), Reference("b"), Call("trim", (Reference("c"),)))
    )
    assert list(references(expression)) == ["a", "b", "c"]
