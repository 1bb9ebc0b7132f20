// swift-tools-version: 6.2
import PackageDescription

// MARK: The instructions that the kernels may use

/// `native` when this package is built by itself. `x86-64-v3` when it is a dependency, so that a program can run on
/// other machines than its build machine. `SWIFTLET_MARCH` overrides both. The bits of the results do not depend on it.
let isDependency = Context.packageDirectory.contains("/checkouts/")
let architecture = Context.environment["SWIFTLET_MARCH"] ?? (isDependency ? "x86-64-v3" : "native")

#if arch(x86_64)
  let processorFlags = ["-march=\(architecture)"]
#else
  let processorFlags: [String] = []
#endif

/// `SWIFTLET_CHECKED=1` keeps every precondition in the kernels, and checks the bounds of each read and write there.
let kernelChecks = Context.environment["SWIFTLET_CHECKED"] == "1" ? ["-O", "-DCHECKED_KERNELS"] : ["-Ounchecked"]

/// `SWIFTLET_FUZZ=1` builds the fuzzer of `Tests/Fuzz`, and instruments every module but the kernels for it.
let isFuzzing = Context.environment["SWIFTLET_FUZZ"] == "1"
let watched: [SwiftSetting] = isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer", "-enable-testing"])] : []

let common: [SwiftSetting] =
  [.enableExperimentalFeature("Lifetimes")]
  + (Context.environment["SWIFTLET_WARNINGS"] == "error" ? [.treatAllWarnings(as: .error)] : [])

/// Kernels are optimized in debug builds too: unoptimized SIMD code is thousands of times slower.
let kernels =
  common + [
    .unsafeFlags(
      kernelChecks + ["-Xcc", "-fno-math-errno", "-Xfrontend", "-disable-stack-protector"]
        + processorFlags.flatMap { ["-Xcc", $0] })
  ]

/// Tools carry the Swift runtime, so that they start in two milliseconds and need no toolchain. With
/// `SWIFTLET_SANITIZED=1` they do not, because sanitizers need the shared runtime.
let standalone: [LinkerSetting] =
  Context.environment["SWIFTLET_SANITIZED"] == "1"
  ? [] : [.unsafeFlags(["-static-stdlib"], .when(platforms: [.linux], configuration: .release))]

// MARK: Training in several processes

/// The compiler and linker flags for MPI, set by `make mpi`; without them the package has no MPI targets.
let mpi = Context.environment["SWIFTLET_MPI_COMPILE"].map { compile in
  func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
  return (compile: words(compile), link: words(Context.environment["SWIFTLET_MPI_LINK"] ?? "-lmpi"))
}
let mpiTargets = mpi.map { mpi in
  [
    Target.target(
      name: "CMPI", path: "Sources/CMPI", cSettings: [.unsafeFlags(mpi.compile)],
      linkerSettings: [.unsafeFlags(mpi.link)]),
    Target.target(
      name: "MPICommunication", dependencies: ["CMPI", "Parallelism", "Terminal"], path: "Sources/MPICommunication",
      swiftSettings: common),
  ]
}
/// The tool has another name where it includes the MPI code.
let tool = mpi == nil ? "swiftlet" : "swiftlet-mpi"

// MARK: The modules, from the ground up: each line may depend only on lines above it

let modules: [(name: String, path: String, dependencies: [String])] = [
  ("Support", "Sources/Support", []),
  ("StrictJSON", "Sources/StrictJSON", ["Support"]),
  ("Files", "Sources/Files", ["CZlib"]),
  ("Terminal", "Sources/Terminal", ["Support"]),
  ("CommandOptions", "Sources/CommandOptions", ["Support"]),
  ("Parallelism", "Sources/Parallelism", []),
  ("Processor", "Sources/Processor", ["CProcessor"]),
  ("Tokenization", "Sources/Tokenization", ["Support"]),
  ("UnicodeRules", "Sources/UnicodeRules", ["CICU", "Support", "Tokenization"]),
  ("CharacterTokenization", "tokenizers/Character", ["Tokenization", "UnicodeRules"]),
  ("BytePairTokenization", "tokenizers/BytePair", ["Tokenization", "UnicodeRules"]),
  ("WordTokenization", "tokenizers/Word", ["Support", "Tokenization", "UnicodeRules"]),
  ("NGrams", "Sources/NGrams", ["Parallelism", "Support", "Tokenization"]),
  ("GPT", "Sources/GPT", ["Support"]),
  ("ScalarReference", "Sources/ScalarReference", ["GPT", "Support"]),
  ("Kernels", "Sources/Kernels", ["CProcessor"]),
  ("ModelMemory", "Sources/ModelMemory", ["GPT", "Kernels"]),
  ("TrainingEngine", "Sources/TrainingEngine", ["GPT", "Kernels", "ModelMemory", "Parallelism", "Support"]),
  (
    "Inference", "Sources/Inference",
    ["GPT", "Kernels", "ModelMemory", "NGrams", "Parallelism", "Support", "Tokenization"]
  ),
  ("ModelFiles", "Sources/ModelFiles", ["Files", "GPT", "NGrams", "StrictJSON", "Support", "Tokenization"]),
  ("Datasets", "Sources/Datasets", ["Files", "GPT", "StrictJSON", "Support", "Tokenization"]),
  (
    "Training", "Sources/Training",
    ["Datasets", "Files", "GPT", "Inference", "ModelFiles", "NGrams", "StrictJSON", "Support", "Tokenization"]
  ),
  (
    "SwiftletKit", "Sources/SwiftletKit",
    [
      "BytePairTokenization", "CharacterTokenization", "Datasets", "GPT", "Inference", "ModelFiles", "NGrams",
      "Support",
      "Tokenization", "Training", "TrainingEngine", "WordTokenization",
    ]
  ),
  (
    "PageModel", "Sources/PageModel",
    ["GPT", "Inference", "ModelFiles", "NGrams", "StrictJSON", "Support", "Tokenization"]
  ),
  ("HTML", "Sources/HTML", ["StrictJSON", "Support"]),
  (
    "Export", "Sources/Export",
    [
      "Files", "GPT", "HTML", "ModelFiles", "PageModel", "StrictJSON", "Support", "SwiftletKit", "Tokenization",
    ]
  ),
  (
    "Report", "Sources/Report",
    [
      "GPT", "HTML", "Inference", "ModelFiles", "StrictJSON", "Support", "SwiftletKit", "Terminal", "Tokenization",
      "Training",
    ]
  ),
  ("Sweeps", "Sources/Sweeps", ["Files", "StrictJSON", "Support", "Terminal"]),
  ("KneserNey", "Sources/KneserNey", ["Support"]),
  (
    "Commands", "Sources/Commands",
    [
      "CommandOptions", "Datasets", "Export", "Files", "GPT", "Inference", "ModelFiles", "NGrams", "Parallelism",
      "Processor", "Report", "ScalarReference", "StrictJSON", "Support", "Sweeps", "SwiftletKit", "Terminal",
      "Tokenization",
      "Training", "TrainingEngine", "UnicodeRules",
    ] + (mpi == nil ? [] : ["MPICommunication"])
  ),
  ("SharedLibrary", "Sources/SharedLibrary", ["Commands", "CSwiftlet", "Processor"]),
]

/// The settings of modules that are not compiled like the others.
let settings: [String: [SwiftSetting]] = [
  "Kernels": kernels, "Commands": common + watched + (mpi == nil ? [] : [.define("SWIFTLET_MPI")]),
]

/// Files that are embedded in a module, so that the tool stays one file.
let embedded: [String: [Resource]] = [
  "HTML": [.embedInCode("Web")], "Report": [.embedInCode("Web")],
  "Export": [.embedInCode("Web"), .embedInCode("model.py")],
]

/// The system's ICU (libicu-dev) behind a header without ICU types.
let icu = Target.target(
  name: "CICU", path: "Sources/CICU", linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")])

/// The system's zlib (zlib1g-dev), for corpora compressed by gzip.
let zlib = Target.systemLibrary(name: "CZlib", path: "Sources/CZlib")

/// Facts about the processor that the kernels are built for, and about that of the machine.
let processor = Target.target(name: "CProcessor", cSettings: [.unsafeFlags(processorFlags)])

/// The C interface of the shared library.
let interface = Target.target(name: "CSwiftlet", exclude: ["exports.map"])

/// The shared library exports the functions of its header alone.
let exported: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-Xlinker", "--version-script=\(Context.packageDirectory)/Sources/CSwiftlet/exports.map",
      "-Xlinker", "-soname=libswiftlet.so",
    ], .when(platforms: [.linux]))
]

let tools: [(name: String, dependencies: [String])] = [
  (tool, ["Commands"]),
  (
    "swiftlet-bench",
    [
      "CommandOptions", "Datasets", "Files", "GPT", "Inference", "Kernels", "KneserNey", "ModelFiles", "Report",
      "StrictJSON", "Support", "SwiftletKit", "Terminal", "Tokenization", "Training", "TrainingEngine",
    ]
  ),
]

/// The code that several test targets share.
let testSupport = Target.target(
  name: "TestSupport", dependencies: ["GPT", "Support", "Tokenization"], path: "Tests/TestSupport",
  swiftSettings: common)

/// The code of the articles sees what other packages see.
let examples = Target.testTarget(
  name: "ExamplesTests", dependencies: ["SwiftletKit"], path: "Tests/Examples", packageAccess: false,
  swiftSettings: common)

let tests: [(name: String, dependencies: [String])] = [
  ("SupportTests", ["Support"]),
  ("TokenizationTests", ["Tokenization"]),
  ("StrictJSONTests", ["StrictJSON"]),
  ("UnicodeRulesTests", ["UnicodeRules", "Tokenization", "Support", "TestSupport"]),
  ("CharacterTokenizationTests", ["CharacterTokenization", "Support", "TestSupport", "Tokenization"]),
  ("FilesTests", ["Files", "TestSupport"]),
  ("BytePairTokenizationTests", ["BytePairTokenization", "Support", "TestSupport", "Tokenization"]),
  ("WordTokenizationTests", ["WordTokenization", "UnicodeRules", "Support", "TestSupport", "Tokenization"]),
  ("GPTTests", ["GPT", "Support"]),
  ("KernelsTests", ["Kernels", "Support"]),
  ("KneserNeyTests", ["KneserNey", "Support"]),
  ("NGramsTests", ["KneserNey", "NGrams", "Parallelism", "Support"]),
  ("ParallelismTests", ["Parallelism"]),
  ("ProcessorTests", ["Processor"]),
  ("ScalarReferenceTests", ["ScalarReference", "GPT", "Support"]),
  (
    "TrainingEngineTests",
    [
      "GPT", "Inference", "ModelMemory", "Parallelism", "ScalarReference", "Support", "TestSupport", "Tokenization",
      "TrainingEngine",
    ]
  ),
  (
    "InferenceTests",
    [
      "GPT", "Inference", "ModelMemory", "NGrams", "ScalarReference", "Support", "TestSupport", "Tokenization",
      "TrainingEngine",
    ]
  ),
  (
    "ModelFilesTests",
    ["Files", "GPT", "ModelFiles", "NGrams", "StrictJSON", "Support", "TestSupport", "Tokenization"]
  ),
  (
    "DatasetsTests",
    [
      "CharacterTokenization", "Datasets", "Files", "GPT", "Support", "TestSupport", "Tokenization", "WordTokenization",
    ]
  ),
  (
    "TrainingTests",
    [
      "BytePairTokenization", "CharacterTokenization", "Datasets", "Files", "GPT", "ModelFiles", "ScalarReference",
      "StrictJSON", "Support", "TestSupport", "Tokenization", "Training", "TrainingEngine", "WordTokenization",
    ]
  ),
  ("CommandOptionsTests", ["CommandOptions"]),
  ("TerminalTests", ["Support", "Terminal"]),
  ("SweepsTests", ["StrictJSON", "Sweeps", "TestSupport"]),
  (
    "ExportTests",
    [
      "CharacterTokenization", "Export", "Files", "GPT", "ModelFiles", "StrictJSON", "Support", "SwiftletKit",
      "TestSupport", "Tokenization", "TrainingEngine",
    ]
  ),
  (
    "SwiftletKitTests",
    ["Datasets", "GPT", "Inference", "ModelFiles", "Support", "SwiftletKit", "TestSupport", "Tokenization", "Training"]
  ),
  ("HTMLTests", ["HTML", "StrictJSON"]),
  ("PageModelTests", ["GPT", "ModelFiles", "NGrams", "PageModel", "StrictJSON", "Tokenization"]),
  (
    "ReportTests",
    ["Datasets", "GPT", "Report", "StrictJSON", "Support", "SwiftletKit", "Terminal", "Tokenization", "Training"]
  ),
  (
    "BrowserTests",
    [
      "Datasets", "Export", "GPT", "Inference", "Kernels", "ModelFiles", "ModelMemory", "Report", "StrictJSON",
      "Support", "SwiftletKit", "TestSupport", "Tokenization", "Training",
    ]
  ),
  ("EndToEndTests", ["Files", "TestSupport", "Training"]),
]

/// The files beside tests that are not Swift.
let scripts = ["ExportTests": ["agreement.py"]]

// There is no `platforms:`: it can only name versions of Apple's systems, and the code is for Linux.
let package = Package(
  name: "swiftlet",
  products: [
    .library(name: "SwiftletKit", targets: ["SwiftletKit"]),
    .library(name: "swiftlet-library", type: .dynamic, targets: ["SharedLibrary"]),
    .executable(name: tool, targets: [tool]),
    .executable(name: "swiftlet-bench", targets: ["swiftlet-bench"]),
  ],
  targets: [icu, processor, zlib, interface, testSupport, examples]
    + (mpiTargets ?? [])
    + modules.map {
      .target(
        name: $0.name, dependencies: $0.dependencies.map { .byName(name: $0) }, path: $0.path,
        resources: embedded[$0.name], swiftSettings: settings[$0.name] ?? common + watched,
        linkerSettings: $0.name == "SharedLibrary" ? standalone + exported : nil)
    }
    + tools.map {
      .executableTarget(
        name: $0.name, dependencies: $0.dependencies.map { .byName(name: $0) },
        path: "Sources/\($0.name == tool ? "swiftlet" : $0.name)",
        swiftSettings: common, linkerSettings: standalone)
    }
    + tests.map {
      .testTarget(
        name: $0.name, dependencies: $0.dependencies.map { .byName(name: $0) },
        path: "Tests/\($0.name.dropLast("Tests".count))", exclude: scripts[$0.name] ?? [], swiftSettings: common)
    }
)

if isFuzzing {
  let tested = modules.filter { $0.name == "Commands" }.flatMap { [$0.name] + $0.dependencies }
  package.products = []
  package.targets.removeAll { $0.type == .executable || $0.type == .test }
  package.targets.append(
    .executableTarget(
      name: "swiftlet-fuzz", dependencies: tested.map { .byName(name: $0) }, path: "Tests/Fuzz", exclude: ["Seeds"],
      swiftSettings: common, linkerSettings: [.unsafeFlags(["-use-ld=lld", "-sanitize=fuzzer"])]))
}
