// swift-tools-version: 6.2
import PackageDescription

// Another package, which sees only the products of a tagged version of Swiftlet. `.ci/consumer` sets the repository.
let repository = Context.environment["SWIFTLET_REPOSITORY"] ?? "file:///swiftlet"

let package = Package(
  name: "Consumer",
  dependencies: [.package(url: repository, from: "0.1.0")],
  targets: [
    .executableTarget(name: "Consumer", dependencies: [.product(name: "SwiftletKit", package: "swiftlet")])
  ]
)
