# `make run` opens the chat, `make test` runs every check. Both make .venv and install what they need first.

PYTHON ?= python3
# Where pip takes torch from; empty: where pip takes everything from. See "CPU build of torch" in README.md.
TORCH_INDEX ?=
# Options of `python -m assistant serve`, e.g. make run SERVE="--port 8600".
SERVE ?=

BIN := .venv/bin
PIP := -m pip --disable-pip-version-check
TORCH := $(shell grep '^torch==' requirements.lock)
FROM_TORCH_INDEX := $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX))
EXTRAS := dev,ollama,openai,anthropic,ocr
STAMP := .venv/.installed

.PHONY: run test check lint bench lock clean

# Ingest ends with 1 when some documents could not be read; the others are indexed and the chat opens.
run: $(STAMP)
	$(BIN)/python -m ingest --quiet || [ $$? -eq 1 ]
	$(BIN)/python -m assistant serve $(SERVE)

test: lint
	$(BIN)/python -m pytest

check: test
	$(BIN)/python -m ingest --quiet
	$(BIN)/python -m assistant doctor
	$(BIN)/python -m evals validate evals/cases/*.jsonl

lint: $(STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python -m ingest --quiet
	$(BIN)/python tests/bench/bench_applicability.py
	$(BIN)/python -m evals run evals/cases/*.jsonl --out runs/$(shell date +%Y%m%d-%H%M%S)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, but $(PYTHON) is not; name another one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

# Torch first and by itself: only it may come from another index. The lock names every package, so nothing is resolved anew.
$(STAMP): requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python $(PIP) install $(FROM_TORCH_INDEX) $(TORCH)
	$(BIN)/python $(PIP) install -r requirements.lock
	$(BIN)/python $(PIP) install --no-deps --no-build-isolation -e .
	@touch $(STAMP)

# The newest versions that pyproject.toml allows, found in an environment of its own. Torch's local build (+cpu) is not part of a version.
lock:
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python $(PIP) install $(FROM_TORCH_INDEX) torch
	build/lock/bin/python $(PIP) install --upgrade "setuptools>=75" ".[$(EXTRAS)]"
	@{ echo '# Exact versions of everything that `make run` and `make test` install. Written by `make lock`; do not edit.'; \
	  build/lock/bin/python $(PIP) freeze --all --exclude pip --exclude plan-query-assistant \
	  | grep -v -E '^(#|nvidia-|triton|cuda-)' | sed -E 's/\+(cpu|cu[0-9]+)$$//; s/^(uvloop==.*)/\1 ; sys_platform != "win32"/'; } > requirements.lock
	rm -rf build/lock

clean:
	rm -rf .venv .index .models build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
