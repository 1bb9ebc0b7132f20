# The tasks of this project; `make help` lists them.

SWIFT ?= swift
export SWIFT

TOOL := .build/release/swiftlet
DEMO := .build/demo
PREFIX ?= /usr/local
SOURCES := Package.swift Sources Tests tokenizers

.DEFAULT_GOAL := help
.PHONY: help prepare build demo page engine install dist deb test-dist wheel test-wheel mpi test test-python test-browser test-sanitizers fuzz soak bench same-bits
.PHONY: consumer docs format lint golden clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

build: prepare ## Build the tool for release: .build/release/swiftlet
	@echo "Building the tool for release (a minute or two the first time)."
	@$(SWIFT) build -c release --product swiftlet

install: build ## Install tool, manual and completions below PREFIX (/usr/local); DESTDIR is prepended
	@.ci/install-tool $(TOOL) "$(DESTDIR)$(PREFIX)"
	@echo "Installed: $(DESTDIR)$(PREFIX)/bin/swiftlet"

dist: prepare ## Make an archive for other machines, with everything it needs inside: .build/dist
	@.ci/dist

deb: prepare ## Make a Debian package of the archive's tool, and check it by lintian: .build/deb
	@.ci/dist >/dev/null
	@.ci/deb

test-dist: ## Run this archive in another release of Debian (RELEASE=trixie); needs root and debootstrap
	@.ci/test-dist

wheel: prepare ## Make a wheel for pip, with the tool, the shared library and the Python package: .build/wheel
	@.ci/wheel

test-wheel: prepare ## Test the wheel in a fresh environment of every Python in PYTHONS (python3)
	@.ci/wheel test

mpi: prepare ## Build the tool for training in several processes with MPI, and print its path
	@.ci/build-mpi

demo: build ## Train two small models and print new names and sentences
	@mkdir -p $(DEMO)
	@echo
	@echo "A model of names, by character:"
	@$(TOOL) train corpora/names.txt --preset microgpt --output $(DEMO)/names.safetensors
	@echo
	@echo "20 new names:"
	@$(TOOL) sample $(DEMO)/names.safetensors --count 20 --temperature 0.5
	@echo
	@echo "A model of sentences, by word:"
	@$(TOOL) train corpora/sentences.txt --preset sentences --output $(DEMO)/sentences.safetensors
	@echo
	@echo "10 new sentences:"
	@$(TOOL) sample $(DEMO)/sentences.safetensors --count 10 --temperature 0.5
	@echo
	@echo "Demo done. Next: $(TOOL) sample $(DEMO)/names.safetensors --prompt jo"

page: prepare ## Build the page that trains in the browser: .build/page/swiftlet.html
	@.ci/page

engine: ## Compile the engine of exported pages to WebAssembly, and keep it in Sources/Export/Web
	@.ci/engine

test: prepare ## Run every test
	@echo "Building for release and running every test."
	@$(SWIFT) test -c release --disable-xctest
	@echo "Tests: all passed."

test-python: prepare ## Run the tests in PyTorch and Transformers; installs PyTorch if there is none
	@SWIFTLET_PYTHON=$$(.ci/python torch safetensors) && export SWIFTLET_PYTHON && \
	  $(SWIFT) test -c release --disable-xctest --filter 'AgreementTests|PortableModelTests|TransformersFolderTests'

test-browser: prepare ## Test the HTML pages in a browser; installs Chromium if there is none
	@.ci/browser

test-sanitizers: prepare ## Run the tests with checked kernels, and under the address and thread sanitizers
	@.ci/sanitize

fuzz: prepare ## Fuzz every parser for SECONDS each (60)
	@.ci/fuzz $(or $(SECONDS),60)

soak: build ## Train, kill, resume, sample and score for MINUTES (30), and compare the files
	@.ci/soak $(or $(MINUTES),30)

bench: prepare ## Measure training, sampling and tokenization on this machine, as JSON
	@$(SWIFT) build -c release --product swiftlet-bench >&2
	@.build/release/swiftlet-bench

same-bits: prepare ## Check that every build and number of threads makes the same model file
	@.ci/same-bits

consumer: prepare ## Build and run a package that depends on this one
	@.ci/consumer

docs: prepare ## Build the library's documentation as a web site: .build/docs
	@.ci/docs

golden: ## Recompute the tests' golden data
	@python3 Tests/Golden/gpt.py > Tests/Golden/gpt.txt
	@python3 Tests/Golden/newton_schulz.py > Tests/Golden/newton-schulz.txt

format: ## Format every Swift file
	@$(SWIFT) format --in-place --recursive $(SOURCES)

lint: ## Check the format of every Swift file, and the prose
	@$(SWIFT) format lint --strict --recursive $(SOURCES)
	@echo "Lint: every file is formatted."
	@.ci/prose

clean: ## Remove all build products
	@rm -rf .build

prepare:
	@.ci/prepare
