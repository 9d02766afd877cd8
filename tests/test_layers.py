"""Who may import whom, and that no module grows beyond one job."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for name in ("bot", "checks", "knowledge") for path in (ROOT / name).rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> set[str]:
    """The top-level packages that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(ROOT)) for path in MODULES])
def test_layers_do_not_reach_sideways_or_up(path: Path) -> None:
    forbidden = {"checks": {"bot", "knowledge"}, "knowledge": {"bot", "checks"}, "bot": set()}
    assert not imported(path) & forbidden[path.relative_to(ROOT).parts[0]]


def test_only_one_module_knows_telegram() -> None:
    assert [path.name for path in MODULES if "telegram" in imported(path)] == ["telegram.py"]


def test_only_one_module_knows_whoosh() -> None:
    assert len([path for path in MODULES if "whoosh" in imported(path)]) <= 2


def test_the_law_has_no_clock_no_chance_and_no_files() -> None:
    outside = {"random", "time", "os", "sys", "asyncio", "socket", "logging"}
    for path in (ROOT / "checks").rglob("*.py"):
        assert not imported(path) & outside, path.name
        assert ".today()" not in path.read_text(encoding="utf-8") and ".now(" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(ROOT)) for path in MODULES])
def test_every_module_says_its_job_in_its_first_line(path: Path) -> None:
    assert ast.get_docstring(parsed(path))


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(ROOT)) for path in MODULES])
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 260


def test_the_top_level_is_the_agreed_one() -> None:
    expected = {"bot", "knowledge", "checks", "locales", "tests"}
    found = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert found - {"__pycache__"} == expected
