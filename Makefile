# make run: talk to the assistant at http://127.0.0.1:8080.  make test: prove that it works.  Both build what they need.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
DATA ?=

.PHONY: run test lint bench soak pictures clean

run: $(READY)
	@$(BIN)/kibon-bot serve

test: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pytest -q -rs -n auto

lint: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/mypy

bench: $(READY)
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint .ci/versions.txt --editable '.[bench]'
	@$(BIN)/python -m tests.benchmarks $(if $(DATA),--data $(DATA))

# Kills at 20 random moments of 200 talks, 3,000 random updates, memory over 15,600 messages: about 10 minutes.
soak: $(READY)
	@FUZZ_EXAMPLES=3000 $(BIN)/pytest -q -s tests/soak.py tests/test_server.py

# Every main state of the web chat as a picture in .ci/screenshots, and those of the README anew.
pictures: $(READY)
	@rm -rf .ci/screenshots
	@SCREENSHOTS=$(CURDIR)/.ci/screenshots $(BIN)/pytest -q tests/test_web_access.py -k no_page_has_a_barrier
	@for shown in .github/screenshots/*.png; do cp .ci/screenshots/$$(basename $$shown) $$shown || exit 1; done

clean:
	rm -rf .venv

$(READY): pyproject.toml .ci/versions.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "kibon-bot needs Python 3.11 or newer (make PYTHON=python3.12)")'
	@echo 'Preparing the environment in .venv (once, about a minute) ...'
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing: install it (Debian: apt install python3-venv) and try again"; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint .ci/versions.txt --editable '.[dev]'
	@touch $@
