# Everything from a fresh clone: `make run` and `make test` do all set-up themselves.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV    := .venv
BIN     := $(VENV)/bin
STAMP   := $(VENV)/.installed
BENCH   := .venv-bench
RAW     ?= data/raw
OUT     ?= data/processed
JOBS    ?= 1
# The first interpreter that runs and is 3.11 or newer.
PYTHON  ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)

.PHONY: help setup system run test lint format types notebooks docs bench bench-archive bench-dataset samples clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## .venv with the command kehoach in it, and what the system lacks

$(STAMP): pyproject.toml constraints.txt system-packages.txt
	@$(MAKE) --no-print-directory system
	@python="$(PYTHON)"; test -n "$$python" || python=python3; \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: install it or name it by PYTHON=…" >&2; exit 1; }; \
	test -x $(BIN)/python || "$$python" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# Packages of system-packages.txt that dpkg does not know as installed; by sudo where this is not root.
# Those for the tests alone are for `make test`.
# A LibreOffice of the desktop does as well, and would be taken away by the one without windows.
system:
	@command -v dpkg >/dev/null || { echo "not Debian: install what system-packages.txt lists" >&2; exit 0; }; \
	missing=""; for p in $$(awk '/^# for the tests/ && !all { exit } !/^#/' all=$(ALL) system-packages.txt); do \
		case "$$p" in libreoffice-*) command -v soffice >/dev/null && continue;; esac; \
		dpkg -s "$$p" >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if test -n "$$missing"; then \
		echo "installing$$missing" >&2; \
		sudo=""; test "$$(id -u)" = 0 || sudo=sudo; \
		$$sudo apt-get update -qq; \
		DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing; \
	fi

run: setup ## Ingest data/raw into data/processed and print what was found
	$(BIN)/kehoach ingest $(RAW) --out $(OUT) --jobs $(JOBS)

test: lint types ## Lint, types and tests
	@$(MAKE) --no-print-directory system ALL=1
	$(BIN)/python -m pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

format: setup ## Put the sources into the project's form
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

samples: setup ## Make the plans of data/raw anew
	$(BIN)/python -m tests.maker $(RAW)

notebooks: setup ## Give the notebooks their output anew
	$(BIN)/python -m tests.notebooks

docs: setup ## Give the documents the output of their commands anew
	$(BIN)/python -m tests.documents

bench: setup $(BENCH)/.installed ## Time and memory, side by side with pdfplumber and markitdown
	$(BIN)/python bench/bench.py --rival $(BENCH)/bin/python
	$(BIN)/python -m bench.ocr
	$(BIN)/python -m bench.scans

bench-dataset: setup ## Questions, comparisons and exports of a million tasks
	$(BIN)/python -m bench.questions
	$(BIN)/python -m bench.compare
	$(BIN)/python -m bench.export --rows 1000000

bench-archive: setup ## Thousands of made files through ingest
	$(BIN)/python -m bench.archive

$(BENCH)/.installed: bench/requirements.txt
	"$(PYTHON)" -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

clean: ## Take away what can be made anew (not .venv)
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -path ./$(VENV) -prune -o -path ./$(BENCH) -prune -o -name __pycache__ -type d -print0 | xargs -0 -r rm -rf
	find $(OUT) -mindepth 1 ! -name .gitkeep -delete
