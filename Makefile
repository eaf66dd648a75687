# The two commands a new user needs: `make run` and `make test`. Both set everything up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test check golden bench lock wheel clean

run: $(READY)
	$(BIN)/shenbao extract samples/*-*.* -o out --tables out/tables || test $$? -le 2

test: $(READY)
	$(BIN)/pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

golden: $(READY)
	$(BIN)/python -m shenbao.golden

bench: $(READY)
	$(BIN)/python -m bench.speed
	$(BIN)/python -m bench.damage --seeds 1001:1020
	$(BIN)/python -m bench.grids samples/*.pdf

lock: $(READY)
	$(BIN)/uv pip compile --universal --python-version 3.11 --extra lattice --extra tables --group dev pyproject.toml \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url -o requirements.lock

wheel: $(READY)
	$(BIN)/pip wheel --no-deps --no-build-isolation --wheel-dir dist .

clean:
	rm -rf $(VENV) out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(READY): requirements.lock pyproject.toml bootstrap
	PYTHON=$(PYTHON) VENV=$(VENV) ./bootstrap
	touch $(READY)
