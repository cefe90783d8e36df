# 家门口 Doorstep. `make demo` needs Python 3.11 and nothing else; everything it installs stays in .venv.
PYTHON ?= python3
PORT ?= 8000
# Some shells keep the machine's name in HOST; who may reach the demo is only ever said on the command line.
ifneq ($(origin HOST),command line)
HOST := 127.0.0.1
endif
# Two processes test side by side: each has a PostgreSQL of its own.
JOBS ?= 2

RUN := .venv/bin/python -m
DOORSTEP := .venv/bin/doorstep
# Each process begins with a half of the files, which so prepare what they share once, and then helps the other.
PYTEST := $(RUN) pytest -n $(JOBS) --dist worksteal
# With COVER="$(WATCH)" the same tests are watched while they run, so that nothing runs twice for its coverage.
WATCH := --cov --cov-append --cov-report=
COVER ?=
# Which part of the long journeys: 2/3 is the second of three.
SHARE ?= 1/1

.DEFAULT_GOAL := help
.PHONY: help install demo demo-reset test test-unit test-integration test-apart test-journeys test-long test-long-apart test-long-journeys coverage coverage-reached check bench lock clean

help:
	@echo "make demo        演示：启动并打开地址 / start the demo (PORT=8100 for another port)"
	@echo "make demo-reset  从头开始演示 / start the demo anew"
	@echo "make test        全部测试，含浏览器 / every test, browsers included"
	@echo "make test-unit   不用数据库和浏览器的测试，一分钟 / the tests that need neither database nor browser, a minute"
	@echo "make test-long   大矩阵与中断测试 / the wide matrices and kill tests"
	@echo "make coverage    覆盖率达标 / whether the tests reach what they have to"
	@echo "make check       格式、类型、层次、文档 / format, types, arrows, docs"
	@echo "make bench       量一量 / the figures in bench/results"
	@echo "make lock        重新锁定依赖 / lock the dependencies again"
	@echo "make clean       删除 .venv 与缓存，保留数据 / remove .venv and caches, keep the data"

define prepare
@[ "$$($(PYTHON) -c "import sys; print(sys.version_info >= (3, 6))" 2>/dev/null)" = True ] || { \
  echo "找不到能用的 $(PYTHON)。请安装 Python 3.11 或更新版本，再执行 make $@。"; \
  echo "There is no $(PYTHON) that works. Install Python 3.11 or newer, then run make $@ again."; exit 1; }
@$(PYTHON) scripts/prepare.py $@
endef

install:
	$(prepare)

demo:
	$(prepare)
	@$(DOORSTEP) demo --host "$(or $(HOST),127.0.0.1)" --port "$(PORT)"

demo-reset:
	$(prepare)
	@$(DOORSTEP) demo-reset
	@$(DOORSTEP) demo --host "$(or $(HOST),127.0.0.1)" --port "$(PORT)"

test:
	$(prepare) --tests
	@.venv/bin/python scripts/browser.py
	@$(MAKE) --no-print-directory test-apart test-journeys

test-unit:
	$(prepare) --tests
	$(PYTEST) $(COVER) -m "not long and not journey and not integration"

test-integration:
	$(prepare) --tests
	$(PYTEST) $(COVER) -m "integration and not long and not journey"

# Units and integration together: whoever runs both collects them once.
test-apart:
	$(prepare) --tests
	$(PYTEST) $(COVER) -m "not long and not journey"

test-journeys:
	$(prepare) --tests
	@.venv/bin/python scripts/browser.py
	$(PYTEST) -m "journey and not long"

test-long:
	$(prepare) --tests
	@.venv/bin/python scripts/browser.py
	@$(MAKE) --no-print-directory test-long-apart test-long-journeys

test-long-apart:
	$(PYTEST) -m "long and not journey"

test-long-journeys:
	$(PYTEST) -m "long and journey" --share $(SHARE)

coverage:
	$(prepare) --tests
	@rm -f .coverage .coverage.*
	@$(MAKE) --no-print-directory test-apart COVER="$(WATCH)"
	@$(MAKE) --no-print-directory coverage-reached

# Compiled code cannot be watched: the engines run once more on small graphs without the compiler.
coverage-reached:
	NUMBA_DISABLE_JIT=1 $(PYTEST) $(WATCH) tests/engines -m "not long"
	$(RUN) coverage json --quiet -o .coverage.json
	.venv/bin/python scripts/check_coverage.py .coverage.json

check:
	$(prepare) --tests
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy
	.venv/bin/lint-imports
	@if [ -e scripts/check_docs.py ]; then .venv/bin/python scripts/check_docs.py; fi

bench:
	$(prepare) --tests
	@$(RUN) bench

# No index addresses: whoever installs chooses their own. Hashes for every platform, so one lock serves all.
COMPILE := $(RUN) uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11
# What builds the project; and what two of ours ask for differently, in the version that both take.
ALSO := "setuptools>=77" "python-dateutil<3"
lock:
	$(prepare) --tests
	printf "%s\n" $(ALSO) | $(COMPILE) - pyproject.toml -o requirements.lock
	printf "%s\n" $(ALSO) | $(COMPILE) - pyproject.toml --extra test -c requirements.lock -o requirements-test.lock
	@! grep -n "://" requirements.lock requirements-test.lock

clean:
	rm -rf .venv build static-built .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
