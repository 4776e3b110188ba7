"""A WSGI site that says whether the recipe for Python knows a request."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from runpy import run_path
from typing import Any
from wsgiref.simple_server import make_server

RECIPE = Path(__file__).parents[3] / "docs/recipes/verify.py"
KEY, FOLDER = os.environ["RECIPE_KEY"], Path(os.environ["RECIPE_FOLDER"])

is_watchdog = run_path(str(RECIPE))["is_watchdog"]


def site(environ: dict[str, str], start: Callable[..., Any]) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"yes" if is_watchdog(environ, KEY, FOLDER) else b"no"]


make_server("127.0.0.1", int(sys.argv[1]), site).serve_forever()
