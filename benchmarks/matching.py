"""Matching: 10,000 inquiries and 100,000 mails, and how many are told wrongly."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from benchmarks.cpu import cpu_of
from benchmarks.measure import Measure, by_turns, tell
from benchmarks.world import World
