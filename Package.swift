// swift-tools-version: 6.2
import PackageDescription

// MARK: Which instructions the numeric kernels may use

/// `native` when this package is the one being built, `x86-64-v3` when it is somebody's dependency, so that nobody ships a
/// program that runs on the build machine alone. `SWIFTLET_MARCH` overrides both. The bits of the results do not depend on it.
let isDependency = Context.packageDirectory.contains("/checkouts/")
let architecture = Context.environment["SWIFTLET_MARCH"] ?? (isDependency ? "x86-64-v3" : "native")

#if arch(x86_64)
  let processorFlags = ["-Xcc", "-march=\(architecture)"]
#else
  let processorFlags: [String] = []
#endif

/// `SWIFTLET_CHECKED=1` keeps every precondition in the kernels, and has each of their reads and writes check its bounds.
let kernelChecks = Context.environment["SWIFTLET_CHECKED"] == "1" ? ["-O", "-DCHECKED_KERNELS"] : ["-Ounchecked"]

/// `SWIFTLET_FUZZ=1` builds the fuzzer of `Tests/Fuzz`, and every module but the kernels so that the fuzzer sees which branches it takes.
let isFuzzing = Context.environment["SWIFTLET_FUZZ"] == "1"
let watched: [SwiftSetting] = isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer", "-enable-testing"])] : []

let common: [SwiftSetting] =
  [.enableExperimentalFeature("Lifetimes")]
  + (Context.environment["SWIFTLET_WARNINGS"] == "error" ? [.treatAllWarnings(as: .error)] : [])

/// Kernels are optimised in debug builds too: unoptimised SIMD code is thousands of times slower.
let kernels =
  common + [
    .unsafeFlags(kernelChecks + ["-Xcc", "-fno-math-errno", "-Xfrontend", "-disable-stack-protector"] + processorFlags)
  ]

/// Tools carry the Swift runtime with them, so that they start in two milliseconds and run where no toolchain is; but not those that
/// a sanitizer watches, which is said by `SWIFTLET_SANITIZED=1`.
let standalone: [LinkerSetting] =
  Context.environment["SWIFTLET_SANITIZED"] == "1"
  ? [] : [.unsafeFlags(["-static-stdlib"], .when(platforms: [.linux], configuration: .release))]

// MARK: The modules, from the ground up: each line may depend only on lines above it

let modules: [(name: String, path: String, dependencies: [String])] = [
  ("Randomness", "Sources/Randomness", []),
  ("NearestName", "Sources/NearestName", []),
  ("Tokenization", "Sources/Tokenization", ["NearestName"]),
  ("StrictJSON", "Sources/StrictJSON", []),
  ("UnicodeRules", "tokenizers/Unicode", ["CICU", "Tokenization"]),
  ("CharacterTokenization", "tokenizers/Character", ["Tokenization", "UnicodeRules"]),
  ("DurableFiles", "Sources/DurableFiles", ["CZlib"]),
  ("Safetensors", "Sources/Safetensors", ["DurableFiles", "StrictJSON"]),
  ("BytePairTokenization", "tokenizers/BytePair", ["Tokenization", "UnicodeRules"]),
  ("WordTokenization", "tokenizers/Word", ["Tokenization", "UnicodeRules"]),
  ("Architecture", "Sources/Architecture", ["Randomness"]),
  ("ScalarReference", "Sources/ScalarReference", ["Architecture", "Randomness"]),
  ("CommandOptions", "Sources/CommandOptions", ["NearestName"]),
  ("Terminal", "Sources/Terminal", []),
  ("Workers", "Sources/Workers", []),
  ("KneserNey", "Sources/KneserNey", ["Randomness"]),
  ("Communication", "Sources/Communication", []),
  ("Sweeps", "Sources/Sweeps", ["DurableFiles", "StrictJSON", "Terminal"]),
  ("Kernels", "Sources/Kernels", ["Processor"]),
  (
    "LanguageModel", "Sources/LanguageModel",
    [
      "Architecture", "Communication", "DurableFiles", "Kernels", "Randomness", "Safetensors", "StrictJSON",
      "Tokenization", "Workers",
    ]
  ),
  (
    "Training", "Sources/Training",
    ["Architecture", "DurableFiles", "LanguageModel", "Randomness", "StrictJSON", "Tokenization"]
  ),
  (
    "PyTorch", "Sources/PyTorch",
    ["Architecture", "DurableFiles", "LanguageModel", "Safetensors", "StrictJSON", "Tokenization"]
  ),
  (
    "SwiftletKit", "Sources/SwiftletKit",
    [
      "Architecture", "BytePairTokenization", "CharacterTokenization", "LanguageModel", "Tokenization", "Training",
      "WordTokenization",
    ]
  ),
  (
    "Pages", "Sources/Pages",
    ["Architecture", "LanguageModel", "Randomness", "StrictJSON", "SwiftletKit", "Terminal"]
  ),
]

/// Files that a module carries inside itself, so that the tool stays one file.
let embedded: [String: [Resource]] = ["Pages": [.embedInCode("Web")], "PyTorch": [.embedInCode("model.py")]]

/// The system's ICU (libicu-dev) behind a header without ICU types.
let icu = Target.target(
  name: "CICU", path: "tokenizers/ICU", linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")])

/// How the C compiler and the linker find MPI, which `make mpi` says; without that, nothing here has to do with it.
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
      name: "MPICommunication", dependencies: ["CMPI", "Communication", "Terminal"], path: "Sources/MPICommunication",
      swiftSettings: common),
  ]
}
/// The tool is called otherwise where it can talk to other processes, and finds the code for that.
let tool = mpi == nil ? "swiftlet" : "swiftlet-mpi"
let toolSettings = mpi == nil ? common : common + [.define("SWIFTLET_MPI")]

/// The system's zlib (zlib1g-dev), with which corpora are read that gzip compressed.
let zlib = Target.systemLibrary(name: "CZlib", path: "Sources/CZlib")

/// What the kernels must know of the processor that is built for.
let processor = Target.target(name: "Processor")

let tools: [(name: String, dependencies: [String])] = [
  (
    tool,
    [
      "Architecture", "CommandOptions", "Communication", "DurableFiles", "LanguageModel", "Pages", "PyTorch",
      "Randomness", "Safetensors", "ScalarReference", "StrictJSON", "Sweeps", "SwiftletKit", "Terminal", "Tokenization",
      "Training", "Workers",
    ] + (mpi == nil ? [] : ["MPICommunication"])
  ),
  (
    "swiftlet-bench",
    [
      "Architecture", "CommandOptions", "DurableFiles", "Kernels", "KneserNey", "LanguageModel", "Pages", "StrictJSON",
      "SwiftletKit", "Terminal", "Tokenization", "Training",
    ]
  ),
]

/// What several test targets share.
let testSupport = Target.target(
  name: "TestSupport", dependencies: ["Randomness", "Tokenization"], path: "Tests/TestSupport", swiftSettings: common)

let tests: [(name: String, dependencies: [String])] = [
  ("RandomnessTests", ["Randomness"]),
  ("TokenizationTests", ["Tokenization"]),
  ("StrictJSONTests", ["StrictJSON"]),
  ("UnicodeRulesTests", ["UnicodeRules", "Tokenization", "Randomness", "TestSupport"]),
  ("CharacterTokenizationTests", ["CharacterTokenization", "Randomness", "TestSupport"]),
  ("DurableFilesTests", ["DurableFiles", "TestSupport"]),
  ("SafetensorsTests", ["Safetensors", "DurableFiles", "Randomness", "StrictJSON", "TestSupport"]),
  ("BytePairTokenizationTests", ["BytePairTokenization", "Randomness", "TestSupport"]),
  ("WordTokenizationTests", ["WordTokenization", "UnicodeRules", "Randomness", "TestSupport"]),
  ("ArchitectureTests", ["Architecture", "Randomness"]),
  ("KernelsTests", ["Kernels", "Randomness"]),
  ("KneserNeyTests", ["KneserNey", "Randomness"]),
  ("CommunicationTests", ["Communication"]),
  (
    "LanguageModelTests",
    [
      "Architecture", "Communication", "DurableFiles", "LanguageModel", "Randomness", "Safetensors", "ScalarReference",
      "StrictJSON",
      "TestSupport", "Tokenization",
    ]
  ),
  ("ScalarReferenceTests", ["ScalarReference", "Architecture", "Randomness"]),
  (
    "TrainingTests",
    [
      "Training", "BytePairTokenization", "CharacterTokenization", "DurableFiles", "LanguageModel", "ScalarReference",
      "StrictJSON", "TestSupport", "WordTokenization",
    ]
  ),
  ("CommandOptionsTests", ["CommandOptions"]),
  ("TerminalTests", ["Terminal"]),
  ("SweepsTests", ["StrictJSON", "Sweeps", "TestSupport"]),
  (
    "PyTorchTests",
    [
      "Architecture", "DurableFiles", "LanguageModel", "PyTorch", "Safetensors", "StrictJSON", "SwiftletKit",
      "TestSupport",
    ]
  ),
  ("SwiftletKitTests", ["Randomness", "SwiftletKit", "Tokenization", "TestSupport"]),
  ("PagesTests", ["LanguageModel", "Pages", "StrictJSON", "SwiftletKit", "Terminal"]),
  ("BrowserTests", ["Kernels", "LanguageModel", "Pages", "StrictJSON", "SwiftletKit", "TestSupport"]),
  ("EndToEndTests", ["DurableFiles", "TestSupport"]),
]

/// What stands beside tests without being Swift.
let scripts = ["PyTorchTests": ["agreement.py"]]

let package = Package(
  name: "swiftlet",
  products: [
    .library(name: "SwiftletKit", targets: ["SwiftletKit"]),
    .executable(name: tool, targets: [tool]),
    .executable(name: "swiftlet-bench", targets: ["swiftlet-bench"]),
  ],
  targets: [icu, processor, zlib, testSupport]
    + (mpiTargets ?? [])
    + modules.map {
      .target(
        name: $0.name, dependencies: $0.dependencies.map { .byName(name: $0) }, path: $0.path,
        resources: embedded[$0.name], swiftSettings: $0.name == "Kernels" ? kernels : common + watched)
    }
    + tools.map {
      .executableTarget(
        name: $0.name, dependencies: $0.dependencies.map { .byName(name: $0) },
        path: "Sources/\($0.name == tool ? "swiftlet" : $0.name)",
        swiftSettings: $0.name == tool ? toolSettings : common, linkerSettings: standalone)
    }
    + tests.map {
      .testTarget(
        name: $0.name, dependencies: $0.dependencies.map { .byName(name: $0) },
        path: "Tests/\($0.name.dropLast("Tests".count))", exclude: scripts[$0.name] ?? [], swiftSettings: common)
    }
)

if isFuzzing {
  // The tool becomes a library, for its commands to be tried, and its `main` gets another name.
  let tool = tools[0].dependencies.map { Target.Dependency.byName(name: $0) }
  let renamed = [SwiftSetting.unsafeFlags(["-Xfrontend", "-entry-point-function-name", "-Xfrontend", "swiftlet_main"])]
  package.products = []
  package.targets.removeAll { $0.type == .executable || $0.type == .test }
  package.targets += [
    .target(name: "swiftlet", dependencies: tool, swiftSettings: common + watched + renamed),
    .executableTarget(
      name: "swiftlet-fuzz", dependencies: tool + ["swiftlet"], path: "Tests/Fuzz", exclude: ["Seeds"],
      swiftSettings: common, linkerSettings: [.unsafeFlags(["-use-ld=lld", "-sanitize=fuzzer"])]),
  ]
}
