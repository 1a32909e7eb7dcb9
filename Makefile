# make run | test | thorough | check | lint | audit | fuzz | attacks | contract | process VIDEO=talk.mp4 | bench | screenshots VIDEO=talk.mp4 | chaos | lock | vendor | sbom | clean   (PYTHON=...)

SUITABLE = import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))
PYTHON ?= $(firstword $(foreach name,python3 python3.12 python3.13 python3.11,$(shell $(name) -c '$(SUITABLE)' 2>/dev/null && echo $(name))))
BIN = .venv/bin
OUT ?= out

.PHONY: run test thorough check lint audit fuzz attacks contract process bench screenshots chaos lock vendor sbom clean chromium
.DEFAULT_GOAL := run

run: .venv/installed
	@$(BIN)/python start_services.py

# Four at a time on two cores: tests of services mostly wait for these to start. The slow files, which are not those with
# the most tests, come first in the order of their names.
test: .venv/installed-dev chromium
	@$(BIN)/pytest -q -n 4 --dist loadfile --no-loadscope-reorder

# What `make test` leaves out: cases that are like others (containers, rates, codecs, languages), real recordings, long tests of services.
thorough: .venv/installed-dev chromium
	@$(BIN)/pytest -q -n 4 --dist loadfile --no-loadscope-reorder -m thorough

# Under a minute on two cores: what needs no program, no service and no video, with fewer made-up examples than `make test`.
check: lint
	$(BIN)/pytest -q -n 2 --dist loadfile -m "pure and not thorough" --hypothesis-profile quick

lint: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/unit/test_repository.py

# A known weakness of a requirement fails; where their database cannot be reached, that is said, and passes.
audit: .venv/installed-dev
	@said="$$($(BIN)/pip-audit --disable-pip --require-hashes --progress-spinner off --timeout 5 $(AUDITED) 2>&1)" || true; \
	case "$$said" in \
		*"Found "*"known vulnerabilit"*) echo "$$said"; exit 1;; \
		*"could not be audited"*|*ERROR*|*Traceback*) echo "Not audited, or not in full: the database of known weaknesses is not in reach of this machine";; \
		*) echo "$$said";; \
	esac
AUDITED = -r requirements-build.txt -r requirements.txt -r requirements-dev.txt

# Nonsense for every reader of ours, ten minutes of it or so (FUZZ_EXAMPLES=100: less).
fuzz: .venv/installed-dev
	@FUZZ_EXAMPLES=$(or $(FUZZ_EXAMPLES),5000) $(BIN)/pytest -q --timeout 1200 --hypothesis-show-statistics \
		tests/unit/test_fuzzed_readers.py tests/unit/test_fuzzed_answers.py tests/web/test_http_strings.py

process: .venv/installed
	@$(if $(VIDEO),,$(error which video? make process VIDEO=talk.mp4))
	@$(BIN)/video-automation process "$(VIDEO)" -o "$(OUT)"

bench: .venv/installed-dev
	@$(BIN)/python -m benchmarks

# The pictures of the README, from a running service that makes this video.
screenshots: .venv/installed-dev chromium
	@$(if $(VIDEO),,$(error which video? make screenshots VIDEO=talk.mp4))
	@$(BIN)/python -m benchmarks.screenshots "$(VIDEO)" docs/images

# Kills, fills, cancels and stops what it can while videos are worked on (SEED=1 COUNT=6: other moments, fewer of them).
chaos: .venv/installed-dev
	@$(BIN)/python -m benchmarks.chaos $(if $(SEED),--seed $(SEED)) $(if $(COUNT),--count $(COUNT))

# The running service against its own description (TIME=60: shorter).
contract: .venv/installed-dev
	@$(BIN)/python -m benchmarks.contract $(TIME)

# Sends hostile videos to the readers and to a service, and tells what became of them (SEED=2 COUNT=100: others, fewer of them).
attacks: .venv/installed-dev
	@$(BIN)/python -m benchmarks.attacks $(if $(SEED),--seed $(SEED)) $(if $(COUNT),--count $(COUNT))

# New versions of everything, within the bounds of pyproject.toml.
lock: .venv/installed-dev
	echo "setuptools>=80" | $(BIN)/uv pip compile $(LOCK) --upgrade - -o requirements-build.txt
	$(BIN)/uv pip compile $(LOCK) --upgrade pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile $(LOCK) --upgrade -c requirements.txt --group dev -o requirements-dev.txt
LOCK = --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

# The JavaScript libraries of the pages, as tools/vendored.json lists them, from npm.
vendor: .venv/installed
	@$(BIN)/python tools/vendor.py

# What a release is made of, with licences, as CycloneDX: from a fresh environment that holds the locked requirements alone.
sbom: .venv/installed-dev
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python build/released
	@$(BIN)/uv pip install --quiet --python build/released --require-hashes -r requirements-build.txt
	@$(BIN)/uv pip install --quiet --python build/released --require-hashes --no-build-isolation -r requirements.txt
	@$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --mc-type application --output-reproducible \
		--of JSON -o build/sbom.cdx.json build/released
	@echo "build/sbom.cdx.json"

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "This needs Python 3.11, 3.12 or 3.13 with its venv module (on Debian and Ubuntu: apt install python3-venv)," \
		"or make run PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv

.venv/installed: requirements-build.txt requirements.txt pyproject.toml | .venv/bin/pip
	@echo "Installing the requirements: a minute or so, this once"
	@$(BIN)/pip install $(QUIETLY) --require-hashes -r requirements-build.txt
	@$(BIN)/pip install $(QUIETLY) --no-build-isolation --use-pep517 --require-hashes -r requirements.txt
	@$(BIN)/pip install $(QUIETLY) --no-build-isolation --no-deps -e .
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@echo "Installing the test tools"
	@$(BIN)/pip install $(QUIETLY) --no-build-isolation --use-pep517 --require-hashes -r requirements-dev.txt
	@touch $@

QUIETLY = --quiet --disable-pip-version-check

# The browser tests drive the system's Chromium, best the one without windows: pages open in it in a third of the time.
chromium:
	@for name in chromium-headless-shell chromium chromium-browser google-chrome; do if command -v $$name >/dev/null; then exit 0; fi; done; \
	if [ "$$(id -u)" = 0 ]; then as=env; elif sudo -n true 2>/dev/null; then as="sudo -n"; else as=false; fi; \
	if command -v apt-get >/dev/null && $$as true; then \
		echo "Installing Chromium for the browser tests"; \
		$$as apt-get -qq update; \
		for name in chromium-headless-shell chromium; do \
			$$as apt-get -qq install --yes --no-install-recommends $$name >/dev/null && exit 0; \
		done; \
	fi; \
	echo "There is no Chromium here and none could be installed: the browser tests are skipped"
