# The two commands a new user needs: `make run` and `make test`. Both set everything up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# what running needs is installed; what tests, checks and benches need, too
READY := $(VENV)/.ready
WHOLE := $(VENV)/.whole

PEERS := .venv-peers

.PHONY: run test lint check docs golden bench bench-full bench-peers bench-season bench-desk fuzz sbom licences audit lock lock-peers wheel clean

run: $(READY)
	$(BIN)/shenbao extract samples/*-*.* -j 2 -o out --tables out/tables || test $$? -le 2

# one process a processor; which tests stay together is said in tests/conftest.py
test: $(WHOLE)
	$(BIN)/pytest --numprocesses logical --maxprocesses 8 --dist loadscope

lint: $(WHOLE)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: test lint

docs: $(READY)
	$(BIN)/shenbao schema > docs/schema.json
	$(BIN)/shenbao schema --findings > docs/findings.md
	$(BIN)/shenbao schema --api > docs/openapi.json

golden: $(READY)
	$(BIN)/python -m shenbao.golden

bench: $(WHOLE)
	$(BIN)/python -m bench.report

bench-full: $(WHOLE)
	$(BIN)/python -m bench.report --full

# about an hour on two idle processors: two workers beside one, what ledger, pool and Ray cost, 2,000 files killed 20 times
SEASON := .bench/season
FORGE := $(BIN)/python -m bench.forge
bench-season: $(WHOLE)
	$(FORGE) $(SEASON)/digital --seeds 1:120 --format docx --format xlsx --format writer --varied
	$(FORGE) $(SEASON)/scans --seeds 1:6 --format scan --damage clean
	$(FORGE) $(SEASON)/mixed --seeds 1:40 --format docx --format xlsx --format html --format writer --format ocr --varied
	$(BIN)/python -m bench.workers $(SEASON)/digital/forms $(SEASON)/out --repeats 2 --ray
	$(BIN)/python -m bench.workers $(SEASON)/scans/forms $(SEASON)/out --repeats 2
	$(BIN)/python -m bench.season $(SEASON)/mixed/forms $(SEASON)/killed

# a desk with 10,000 open fields in headless Chromium
bench-desk: $(WHOLE)
	$(BIN)/python -m bench.desk .bench/desk

# changed texts through our own parsers, RUNS each, and changed files of every kind through the bounded process, for SECONDS
RUNS ?= 20000
SECONDS ?= 600
SEED ?= 1
fuzz: $(READY)
	$(BIN)/python -m bench.fuzz parsers --runs $(RUNS) --seed $(SEED)
	$(BIN)/python -m bench.fuzz files --seconds $(SECONDS) --seed $(SEED)

# what is installed: a CycloneDX bill of materials, the page of licences, known weaknesses (asks the index for its advisories)
sbom: $(READY)
	@$(BIN)/python -m bench.supply sbom

licences: $(WHOLE)
	$(BIN)/python -m bench.supply licences > docs/licences.md

audit: $(WHOLE)
	$(BIN)/uvx pip-audit --strict --require-hashes --disable-pip -r requirements-run.lock

bench-peers: $(PEERS)/.ready
	@test -d "$(FORMS)" && test -d "$(TRUTHS)" || \
	  { echo "make bench-peers FORMS=folder of NAME.<ext> TRUTHS=folder of NAME.truth.json" >&2; exit 64; }
	$(PEERS)/bin/python -m bench.peers $(FORMS) $(TRUTHS) --page bench/PEERS.md

COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
  --no-emit-index-url

# the lock for running is the part of the whole one that running needs, in the same versions
lock: $(WHOLE)
	$(COMPILE) --extra ray --extra tables --group dev pyproject.toml -o requirements.lock
	$(COMPILE) --group build pyproject.toml --constraints requirements.lock -o requirements-run.lock

# one OpenCV instead of the three that the project, camelot and img2table each ask for: they overwrite each other
lock-peers: $(WHOLE)
	$(COMPILE) --group peers pyproject.toml --overrides bench/peers/overrides.txt -o requirements-peers.lock

wheel: $(READY)
	$(BIN)/pip wheel --no-deps --no-build-isolation --wheel-dir dist .

clean:
	rm -rf $(VENV) $(PEERS) .bench out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(READY): requirements-run.lock pyproject.toml bootstrap
	PYTHON=$(PYTHON) VENV=$(VENV) ./bootstrap run
	touch $@

$(WHOLE): $(READY) requirements.lock
	VENV=$(VENV) ./bootstrap test
	touch $@

# the lock is complete, so no dependency is looked for (img2table's own OpenCV least of all)
$(PEERS)/.ready: requirements-peers.lock
	$(PYTHON) -m venv --clear $(PEERS)
	$(PEERS)/bin/pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements-peers.lock
	touch $@
