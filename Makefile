# Needs Python 3.11 or newer and make; everything else comes from requirements/, with hashes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: setup publish test test-all check conformance bench bench-mapping bench-linking bench-dumps bench-site bench-peers evaluate ontology-docs lock hooks clean

setup: $(READY)

$(READY): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "cablegraph needs Python 3.11 or newer; say which with make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

publish: $(READY)  ## publish the bundled sample into output/
	$(BIN)/cablegraph publish --sample --out output

test: $(READY)  ## the tests, long ones in their small forms
	$(BIN)/python scripts/system_packages.py
	$(BIN)/python -m pytest -n auto -m "not full"

test-all: $(READY)  ## the tests with the long ones in full
	$(BIN)/python scripts/system_packages.py
	$(BIN)/python -m pytest -n auto

check: $(READY)  ## lint, format, types, the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

conformance: $(READY)  ## the W3C's test cases of RML-Core, one line each
	$(BIN)/python -m pytest --table -q tests/conformance

bench: $(READY)  ## measurements, side by side; prints, asserts nothing
	$(BIN)/python -m bench

bench-mapping: $(READY)  ## the mapping engine beside its peers
	$(BIN)/python -m bench.mapping

bench-linking: $(READY)  ## linking beside reading: CPU, memory, characters recognised a CPU second
	$(BIN)/python -m bench.linking

bench-dumps: $(READY)  ## dumps beside N-Quads alone and peers: CPU, memory
	$(BIN)/python -m bench.dumps

evaluate: $(READY)  ## how well persons are recognised and references resolved in the volumes of ../shared
	$(BIN)/cablegraph read ../shared/data/frus/volumes/*.xml ../shared/data/authorities.tar.gz --out $(VENV)/evaluated --quiet
	$(BIN)/python -m bench.evaluate $(VENV)/evaluated
	$(BIN)/python -m bench.references $(VENV)/evaluated

bench-site: $(READY)  ## the static site beside all stages before it: CPU, memory
	$(BIN)/python -m bench.site

bench-peers:  ## the peers of the mapping engine, each in an environment of its own; they are no dependencies
	for peer in polars maplib morph-kgc rdfizer; do \
		$(PYTHON) -m venv .peers/$$peer && .peers/$$peer/bin/python -m pip install --quiet --disable-pip-version-check $$peer; done

ontology-docs: $(READY)  ## write the ontology's pages, diagrams and SSSOM table anew, then the release that carries them
	$(BIN)/python -m scripts.ontology_docs
	$(BIN)/cablegraph publish --sample --out output

lock:  ## write the lock files anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header -p 3.11 pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header -p 3.11 pyproject.toml --group dev -o requirements/dev.txt

hooks:  ## check before each commit
	git config core.hooksPath .githooks

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
