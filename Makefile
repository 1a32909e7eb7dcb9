# make run | test | check | lint | process VIDEO=talk.mp4 | bench | chaos | attacks | lock | clean        (PYTHON=... chooses the Python)

SUITABLE = import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))
PYTHON ?= $(firstword $(foreach name,python3 python3.12 python3.13 python3.11,$(shell $(name) -c '$(SUITABLE)' 2>/dev/null && echo $(name))))
BIN = .venv/bin
OUT ?= out

.PHONY: run test check lint process bench chaos attacks lock clean chromium
.DEFAULT_GOAL := run

run: .venv/installed
	@$(BIN)/python start_services.py

test: .venv/installed-dev chromium
	@$(BIN)/pytest -q

check: lint
	$(BIN)/pytest -q tests/unit

lint: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

process: .venv/installed
	@$(if $(VIDEO),,$(error which film? make process VIDEO=talk.mp4))
	@$(BIN)/video-automation process "$(VIDEO)" -o "$(OUT)"

bench: .venv/installed-dev
	@$(BIN)/python -m benchmarks

# Kills, fills, cancels and stops what it can while films are worked on (SEED=1 COUNT=6: other moments, fewer of them).
chaos: .venv/installed-dev
	@$(BIN)/python -m benchmarks.chaos $(if $(SEED),--seed $(SEED)) $(if $(COUNT),--count $(COUNT))

# Sends hostile films to the readers and to a service, and tells what became of them (SEED=2 COUNT=100: others, fewer of them).
attacks: .venv/installed-dev
	@$(BIN)/python -m benchmarks.attacks $(if $(SEED),--seed $(SEED)) $(if $(COUNT),--count $(COUNT))

# New versions of everything, within the bounds of pyproject.toml.
lock: .venv/installed-dev
	$(BIN)/uv pip compile $(LOCK) --upgrade pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile $(LOCK) --upgrade -c requirements.txt --group dev -o requirements-dev.txt
LOCK = --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "This needs Python 3.11, 3.12 or 3.13 with its venv module (on Debian and Ubuntu: apt install python3-venv)," \
		"or make run PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv

.venv/installed: requirements.txt pyproject.toml | .venv/bin/pip
	@echo "Installing the requirements: a minute or so, this once"
	@$(BIN)/pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes -r requirements.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@echo "Installing the test tools"
	@$(BIN)/pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes -r requirements-dev.txt
	@touch $@

# The browser tests drive the system's Chromium.
chromium:
	@for name in chromium chromium-browser google-chrome; do if command -v $$name >/dev/null; then exit 0; fi; done; \
	if [ "$$(id -u)" = 0 ]; then as=env; elif sudo -n true 2>/dev/null; then as="sudo -n"; else as=false; fi; \
	if command -v apt-get >/dev/null && $$as true; then \
		echo "Installing Chromium for the browser tests"; \
		$$as apt-get -qq update && $$as apt-get -qq install --yes --no-install-recommends chromium >/dev/null && exit 0; \
	fi; \
	echo "There is no Chromium here and none could be installed: the browser tests are skipped"
