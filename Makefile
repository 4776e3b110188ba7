# Each target sets up what it needs, and is quick the second time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help demo test lint bench servers clean
help:
	@echo "make demo    a small business on this machine: delivers, breaks, alarms"
	@echo "make test    all tests, against real servers (on Debian, as root, installs them)"
	@echo "make lint    style, types, and the law of imports"
	@echo "make bench   what we claim about speed, measured"

demo: $(READY)
	$(BIN)/contact-watchdog demo

# Most tests wait for servers: side by side they take half the time, a file at a time
# so that what a file starts is started once.
test: $(READY) servers
	$(BIN)/python -m pytest --numprocesses=3 --dist=loadfile

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell watchdog probes tests benchmarks docs README.md CHANGELOG.md CONTRIBUTING.md config.example.toml

bench: $(READY)
	@sh tests/world/packages.sh benchmarks
	$(BIN)/python -m benchmarks $(ONLY)

# constraints.txt pins what was tested, so that a clean machine gets the same.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

servers:
	@sh tests/world/packages.sh

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
