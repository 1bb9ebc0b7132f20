# What a person does with this project: see `make help`.

SWIFT ?= swift
export SWIFT

TOOL := .build/release/swiftlet
DEMO := .build/demo
PREFIX ?= /usr/local
SOURCES := Package.swift Sources Tests tokenizers

.DEFAULT_GOAL := help
.PHONY: help prepare build demo install dist mpi test test-browser test-sanitizers fuzz soak bench same-bits consumer
.PHONY: docs format lint golden clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

build: prepare ## Build the tool for release: .build/release/swiftlet
	@echo "Building the tool for release (a minute or two the first time)."
	@$(SWIFT) build -c release --product swiftlet

install: build ## Put tool, manual and completions below PREFIX (/usr/local); DESTDIR goes before it
	@.ci/install-tool $(TOOL) "$(DESTDIR)$(PREFIX)"
	@echo "Installed: $(DESTDIR)$(PREFIX)/bin/swiftlet"

dist: prepare ## Pack the tool for other machines, with the Swift runtime inside: .build/dist
	@.ci/dist

mpi: prepare ## Build the tool that trains in several processes, with MPI, and print its path
	@.ci/build-mpi

demo: build ## Train two small models and show new names and sentences
	@mkdir -p $(DEMO)
	@echo
	@echo "A model of names, character by character:"
	@$(TOOL) train corpora/names.txt --preset microgpt --output $(DEMO)/names.safetensors
	@echo
	@echo "20 new names:"
	@$(TOOL) sample $(DEMO)/names.safetensors --count 20 --temperature 0.5
	@echo
	@echo "A model of sentences, word by word:"
	@$(TOOL) train corpora/sentences.txt --preset sentences --output $(DEMO)/sentences.safetensors
	@echo
	@echo "10 new sentences:"
	@$(TOOL) sample $(DEMO)/sentences.safetensors --count 10 --temperature 0.5
	@echo
	@echo "Demo done. Next: $(TOOL) sample $(DEMO)/names.safetensors --prompt jo"

test: prepare ## Run every test
	@echo "Building for release and running every test."
	@$(SWIFT) test -c release --disable-xctest
	@echo "Tests: all passed."

test-browser: prepare ## Run the tests of the pages in a browser, and install Chromium if there is none
	@.ci/browser

test-sanitizers: prepare ## Run every test with bounds checked in every kernel, under address and thread sanitizers
	@.ci/sanitize

fuzz: prepare ## Feed every reader damaged input for SECONDS each (60)
	@.ci/fuzz $(or $(SECONDS),60)

soak: build ## Train, kill, resume, sample and score for MINUTES (30), and compare
	@.ci/soak $(or $(MINUTES),30)

bench: prepare ## Measure training, sampling and tokenizing on this machine, as JSON
	@$(SWIFT) build -c release --product swiftlet-bench >&2
	@.build/release/swiftlet-bench

same-bits: prepare ## Check that every build and number of threads gives the same model
	@.ci/same-bits

consumer: prepare ## Build and run a package that depends on this one
	@.ci/consumer

docs: prepare ## Build the library's documentation as a web site: .build/docs
	@.ci/docs

golden: ## Compute the tests' golden data again
	@python3 Tests/Golden/gpt.py > Tests/Golden/gpt.txt

format: ## Format every Swift file
	@$(SWIFT) format --in-place --recursive $(SOURCES)

lint: ## Check that every Swift file is formatted
	@$(SWIFT) format lint --strict --recursive $(SOURCES)
	@echo "Lint: every file is formatted."

clean: ## Remove everything that was built
	@rm -rf .build

prepare:
	@.ci/prepare
