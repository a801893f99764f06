// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// Why only on demand: what libFuzzer drives is linked with it, which no other build is. `make fuzz` asks for it.
let fuzzing: [Target] =
    Context.environment["MIGRATE_FUZZ"] == nil
    ? []
    : [
        .executableTarget(
            name: "fuzz",
            dependencies: ["RunbookYAML", "Steps", "AWSClient", "Network", "MigrateCore"],
            path: "Tests/Fuzz",
            exclude: ["Corpus", "record_seeds.py"],
            swiftSettings: settings,
            linkerSettings: [.unsafeFlags(["-use-ld=lld", "-Xlinker", "-u", "-Xlinker", "LLVMFuzzerRunDriver"])]
        )
    ]

let package = Package(
    name: "migrate",
    products: [.executable(name: "migrate", targets: ["migrate"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        // System libraries, one module each.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CAres", pkgConfig: "libcares", providers: [.apt(["libc-ares-dev"])]),
        .systemLibrary(name: "CJq", providers: [.apt(["libjq-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

        // The rules. Imports nothing.
        .target(name: "MigrateCore", swiftSettings: settings),

        // The rim, arrows inward; `docs/architecture.md` draws them, `ArchitectureTests` holds them.
        .target(name: "Reports", dependencies: ["MigrateCore"], swiftSettings: settings),
        .target(
            name: "Board",
            dependencies: [
                "MigrateCore", "Reports", .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "FlyingSocks", package: "FlyingFox"),
            ],
            resources: [.embedInCode("Page")],
            swiftSettings: settings
        ),
        .target(
            name: "RunbookYAML",
            dependencies: ["MigrateCore", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings
        ),
        .target(name: "Digest", dependencies: ["COpenSSL"], swiftSettings: settings),
        .target(
            name: "Journal",
            dependencies: [
                "MigrateCore", "Digest", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: settings
        ),
        .target(name: "Network", dependencies: ["CCurl", "CAres"], swiftSettings: settings),
        .target(name: "AWSClient", dependencies: ["Network", "Digest", "CExpat"], swiftSettings: settings),
        .target(
            name: "Steps",
            dependencies: ["MigrateCore", "AWSClient", "Network", "CJq"],
            swiftSettings: settings
        ),
        .target(name: "Runner", dependencies: ["MigrateCore"], swiftSettings: settings),
        .executableTarget(
            name: "migrate",
            dependencies: [
                "MigrateCore", "Reports", "Board", "RunbookYAML", "Digest", "Journal", "Network", "AWSClient", "Steps",
                "Runner",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings,
            // Why: what lld lays out is read from a cold disk in four fifths of the time, and addresses that are packed
            // need not be read one by one at each start.
            linkerSettings: [
                .unsafeFlags(
                    ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"],
                    .when(configuration: .release)
                )
            ]
        ),

        // Measures the engine and its journal; `make bench`.
        .executableTarget(
            name: "journal-bench",
            dependencies: [
                "Journal", "MigrateCore", "Runner", .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            path: "bench/journal",
            swiftSettings: settings
        ),

        // Measures many probes at once; `make bench`.
        .executableTarget(
            name: "probe-bench",
            dependencies: ["Steps", "AWSClient", "Network", "MigrateCore"],
            path: "bench/probes",
            swiftSettings: settings
        ),

        // Fakes that more than one suite needs.
        .target(name: "TestSupport", dependencies: ["MigrateCore"], path: "Tests/Support", swiftSettings: settings),

        // Nights of the engine in a world that follows from a seed, and the program that lives through thousands of them.
        .target(
            name: "Simulation",
            dependencies: ["Runner", "MigrateCore", "TestSupport"],
            path: "Tests/Simulation",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "simulate",
            dependencies: ["Simulation", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Tests/Simulate",
            swiftSettings: settings
        ),

        .testTarget(name: "ArchitectureTests", swiftSettings: settings),
        .testTarget(name: "MigrateCoreTests", dependencies: ["MigrateCore"], swiftSettings: settings),
        .testTarget(
            name: "RunbookYAMLTests",
            dependencies: ["RunbookYAML", "MigrateCore"],
            exclude: ["Broken"],
            swiftSettings: settings
        ),
        .testTarget(name: "NetworkTests", dependencies: ["Network"], swiftSettings: settings),
        .testTarget(
            name: "AWSClientTests",
            dependencies: ["AWSClient", "Network", "Digest"],
            exclude: ["Fixtures"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "JournalTests",
            dependencies: [
                "Journal", "MigrateCore", "Digest", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["Corpus"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "StepsTests",
            dependencies: ["Steps", "AWSClient", "Network", "MigrateCore", "Reports", "RunbookYAML"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "RunnerTests",
            dependencies: ["Runner", "MigrateCore", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(name: "SimulationTests", dependencies: ["Simulation"], swiftSettings: settings),
        .testTarget(name: "BoardTests", dependencies: ["Board", "Network", "MigrateCore"], swiftSettings: settings),
        .testTarget(name: "ReportsTests", dependencies: ["Reports", "MigrateCore"], swiftSettings: settings),
        .testTarget(name: "ScenarioTests", exclude: ["Cases"], swiftSettings: settings),
    ] + fuzzing
)
