# Everything here works on a machine with Python 3.11 or newer and make; the rest is fetched into this folder.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PYTHON ?= python3
RUN := .venv/bin/
NPM := scripts/npm.sh
WEB_SOURCES := $(shell find web -name node_modules -prune -o -type f -print 2>/dev/null)

.PHONY: help demo build dev test lint pylint weblint webrules webtypes webtest audit bench chaos fuzz locks shots trace words docs fix lock clean

help: ## 显示这些说明
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-6s %s\n", $$1, $$2}' Makefile

demo: .build/python zhike/project/web/index.html ## 启动带演示数据的完整系统，按 Ctrl-C 停止
	@exec $(RUN)zhike demo

build: .build/python zhike/project/web/index.html ## 准备运行所需的一切，不启动（正式部署用）
	@# The service may not write beside its program, so what Python would compile at each start is compiled now.
	@$(RUN)python -m compileall -q -j 0 zhike .venv/lib || true

dev: .build/python .build/node ## 开发：改动即时生效的服务器与网页
	@exec $(RUN)python scripts/dev.py

test: .build/python ## 全部检查与测试
	@$(RUN)python scripts/test_machine.py
	@# The rules of the client take one processor for a minute: begun early, and beside the types, nothing waits for them alone.
	@$(MAKE) --no-print-directory -j 3 weblint lint audit webtest
	$(RUN)pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: pylint weblint ## 只做静态检查：格式、类型、分层

pylint: .build/python
	$(RUN)ruff check
	$(RUN)ruff format --check
	$(RUN)mypy
	$(RUN)lint-imports

weblint: webrules webtypes

webrules: .build/node
	$(NPM) run lint

webtypes: .build/node
	$(NPM) run check

webtest: zhike/project/web/index.html
	$(NPM) test

audit: .build/python .build/node ## 依赖审计：所用的版本有没有已公布的漏洞（需要能访问软件源的漏洞公告）
	@$(RUN)python scripts/audit.py

bench: .build/python zhike/project/web/index.html ## 百万级数据的性能测量
	$(RUN)python -m tests.bench

chaos: .build/python ## 混沌测试：负载之下反复强杀服务器、任务进程和数据库，再核对（CHAOS_SECONDS=秒数）
	$(RUN)python -m tests.chaos

fuzz: .build/python ## 以每个内置角色登录，对接口的全部操作发送杜撰的请求（平时的测试每个角色抽二十个）
	FUZZ_OPERATIONS=100000 $(RUN)pytest -n 2 --dist load tests/test_openapi.py -k ready_made

locks: .build/python ## 百万级数据升级时，使用的人最多等多久（BENCH_ROWS=行数）
	$(RUN)python -m tests.bench.locks

shots: .build/python zhike/project/web/index.html ## 以每个角色拍下全部界面，存到 var/shots/（WHO=登录名 只拍某人，TALL=1 拍到折叠线以下）
	$(RUN)python scripts/shots.py

trace: .build/python ## 各模块有多少需求已被通过的测试覆盖
	$(RUN)python scripts/trace.py

words: .build/python .build/node ## 英文词表里还缺和多余的条目
	@$(RUN)python scripts/words.py
	@$(NPM) exec --no --loglevel=error -c 'node build/missing.ts'

docs: .build/python ## 重新生成由代码导出的文档
	$(RUN)python scripts/settings_page.py

fix: .build/python .build/node ## 自动修正格式
	$(RUN)ruff check --fix
	$(RUN)ruff format
	$(NPM) run format

lock: .build/python ## 重新锁定 Python 依赖的版本
	@scripts/lock.sh

clean: ## 删除可以重新得到的一切（保留 var/ 中的数据）
	rm -rf .build .venv web/node_modules zhike/project/web

.build/python: scripts/bootstrap.py requirements-dev.lock pyproject.toml
	@mkdir -p .build
	@echo 正在准备 Python 环境……
	@$(PYTHON) scripts/bootstrap.py
	@touch $@

.build/node: web/package-lock.json scripts/npm.sh | .build/python
	@echo 正在安装网页客户端的依赖……
	@$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

# The page is written last, so it stands for the whole build.
zhike/project/web/index.html: .build/node $(WEB_SOURCES) | .build/python
	@echo 正在构建网页客户端……
	@$(NPM) exec --no --loglevel=error -- vite build --logLevel=warn
	@$(RUN)python -m whitenoise.compress --quiet zhike/project/web
	@touch $@
