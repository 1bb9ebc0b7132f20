// swift-tools-version: 6.2
import PackageDescription

// Somebody else's package: it knows of Swiftlet what Package.swift offers and no more.
let package = Package(
  name: "Consumer",
  dependencies: [.package(name: "swiftlet", path: "../..")],
  targets: [
    .executableTarget(name: "Consumer", dependencies: [.product(name: "SwiftletKit", package: "swiftlet")])
  ]
)
