# Needs python3, git and make; everything else is installed into .venv and .local/venvs from hashed locks.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

PYTHON := .venv/bin/python
LOCK := .local/uv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header
LOCK += --no-emit-index-url --no-emit-find-links
JOURNEY ?= simulation

export SAM_CLI_TELEMETRY := 0
export AWS_DEFAULT_REGION ?= us-east-1
# Where it is set, every process that is started here compiles all that it imports: a third of what a start costs.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z_-]+:.*##' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

.PHONY: demo
demo: environments ## run a journey at the local cloud and show it (JOURNEY=simulation)
	@exec $(PYTHON) -m sandbox.demo $(JOURNEY)

.PHONY: up
up: environments ## run the whole system here until Ctrl-C
	@exec $(PYTHON) -m sandbox.cloud up

.PHONY: test
test: environments tests/__pycache__ ## run every test, journeys on the local cloud included (ARGS=... for pytest)
	@exec $(PYTHON) -m pytest -n 5 $(ARGS)

# In a fresh clone each worker would compile every module; two processes do it before, each a half.
tests/__pycache__: | environments
	@collect() { $(PYTHON) -m pytest --collect-only "$$@" >/dev/null || true; }; \
		collect tests/functions & collect tests/[!f_]*/; wait

.PHONY: chaos
chaos: environments ## run journeys while everything goes wrong (LASTRO_CHAOS_ROUNDS=20, LASTRO_CHAOS_SEED=...)
	@LASTRO_CHAOS_ROUNDS=$${LASTRO_CHAOS_ROUNDS:-20} LASTRO_CHAOS_SEED=$${LASTRO_CHAOS_SEED:-$$$$} exec $(PYTHON) -m pytest -s tests/journeys/test_chaos.py tests/journeys/test_chaos_ledgers.py $(ARGS)

.PHONY: check
check: environments static panel test ## format, lint, types, layering, template, tests

.PHONY: static
static: environments ## every check but the tests
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy layers/lastro/lastro functions openapi sandbox tests bench
	.venv/bin/lint-imports
	.local/venvs/sam/bin/sam validate --lint
	.venv/bin/cfn-lint template.yaml
	# W3002: nested templates are named by their files, which `sam deploy` uploads
	.venv/bin/cfn-lint --ignore-checks W3002 -- infrastructure/*.yaml
	@python3 sandbox/cloud/environments.py checkov
	.venv/bin/python -m tests.template.scan
	.venv/bin/python -m openapi.generate --check
	.venv/bin/python -m openapi.lint

.PHONY: bench
bench: environments ## run the benchmarks and print their JSON
	@exec $(PYTHON) -m bench

.PHONY: operate
operate: environments ## run the operator command, here or on AWS: ARGS='create_partner --name Rede'
	@exec $(PYTHON) -m sandbox.cloud operate $(ARGS)

.PHONY: panel
panel: environments ## check the web panel (types, lint, unit tests) and build it
	@exec $(PYTHON) -m sandbox.cloud panel

.PHONY: build
build: environments ## build the functions, layers and panel for AWS
	@exec $(PYTHON) -m sandbox.cloud build

.PHONY: deploy
deploy: build ## deploy to your AWS account, asking for its settings
	@exec .local/venvs/sam/bin/sam deploy --guided --template-file .aws-sam/build/template.yaml $(ARGS)

.PHONY: format
format: environments ## format the code and mend what the linter can
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

.PHONY: openapi
openapi: environments ## write the API description and its page
	.venv/bin/python -m openapi.generate

.PHONY: lock
lock: environments ## resolve the dependencies again and write the hashed locks
	$(LOCK) $(ARGS) layers/dependencies/requirements.in --output-file layers/dependencies/requirements.txt
	$(LOCK) $(ARGS) layers/soap/requirements.in --constraint layers/dependencies/requirements.txt --output-file layers/soap/requirements.txt
	$(LOCK) $(ARGS) layers/contracts/requirements.in --constraint layers/dependencies/requirements.txt --constraint layers/soap/requirements.txt --output-file layers/contracts/requirements.txt
	$(LOCK) $(ARGS) layers/reports/requirements.in --constraint layers/dependencies/requirements.txt --output-file layers/reports/requirements.txt
	$(LOCK) $(ARGS) requirements/dev.in $(foreach layer,dependencies soap contracts reports,--constraint layers/$(layer)/requirements.txt) --output-file requirements/dev.txt
	$(LOCK) $(ARGS) requirements/cloud.in --output-file requirements/cloud.txt
	$(LOCK) $(ARGS) requirements/uv.in --output-file requirements/uv.txt
	$(LOCK) $(ARGS) requirements/sam.in --output-file requirements/sam.txt
	$(LOCK) $(ARGS) requirements/checkov.in --output-file requirements/checkov.txt
	$(LOCK) $(ARGS) requirements/node.in --output-file requirements/node.txt

.PHONY: environments
environments:
	@python3 sandbox/cloud/environments.py dev cloud sam

.PHONY: clean
clean: ## remove what was built and installed here
	rm -rf .venv .local .aws-sam .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
