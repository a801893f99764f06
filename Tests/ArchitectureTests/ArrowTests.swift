import Testing

/// The arrows between targets, which the package manager does not hold.
@Suite struct ArrowTests {
    /// Modules of the toolchain; anything may import them but `MigrateCore`, which imports nothing.
    private static let toolchain: Set = [
        "Foundation", "FoundationEssentials", "Glibc", "Dispatch", "Synchronization", "Testing",
    ]

    /// Modules of others, and the targets that may know them; their tests may too.
    private static let owners: [String: Set<String>] = [
        "GRDB": ["Journal"], "GRDBSQLite": ["Journal", "journal-bench"], "Yams": ["RunbookYAML"], "CCurl": ["Network"],
        "CAres": ["Network"],
        "CExpat": ["AWSClient"], "CJq": ["Steps"], "COpenSSL": ["Digest"], "ArgumentParser": ["migrate", "simulate"],
        "Subprocess": ["migrate"], "SystemPackage": ["migrate"], "FlyingFox": ["Board"], "FlyingSocks": ["Board"],
    ]

    /// Programs, and what tests share: nothing depends on them, so that they may know whatever they need.
    private static let outermost: Set = [
        "migrate", "journal-bench", "probe-bench", "simulate", "Simulation", "TestSupport",
    ]

    /// What each target may depend on, as `docs/architecture.md` draws it.
    private static let arrows: [String: Set<String>] = [
        "MigrateCore": [], "Reports": ["MigrateCore"], "RunbookYAML": ["MigrateCore", "Yams"], "Digest": ["COpenSSL"],
        "Journal": ["MigrateCore", "Digest", "GRDB", "GRDBSQLite"], "Network": ["CCurl", "CAres"],
        "AWSClient": ["Network", "Digest", "CExpat"], "Steps": ["MigrateCore", "AWSClient", "Network", "CJq"],
        "Runner": ["MigrateCore"], "Board": ["MigrateCore", "Reports", "FlyingFox", "FlyingSocks"],
    ]

    /// Every import below a target's folder.
    private static func imports(of target: PackageDescription.Target) -> [(module: String, place: String)] {
        Repository.swiftFiles(in: target.path).flatMap { file in
            SwiftCode.imports(of: file.text).map { ($0.module, "\(file.path):\($0.line)") }
        }
    }

    @Test func everyImportIsDeclared() throws {
        var undeclared: [String] = []
        for target in try PackageDescription.known().targets where !target.isSystemLibrary {
            for (module, place) in Self.imports(of: target)
            where !target.declared.contains(module) && !Self.toolchain.contains(module) {
                undeclared.append("\(place): `\(target.name)` does not declare `\(module)`")
            }
        }
        #expect(undeclared == [])
    }

    @Test func targetsDependOnlyInward() throws {
        for target in try PackageDescription.known().targets where !target.isSystemLibrary && !target.isTest {
            guard let allowed = Self.arrows[target.name] else {
                #expect(
                    Self.outermost.contains(target.name),
                    "draw the arrows of `\(target.name)` here and in docs/architecture.md"
                )
                continue
            }
            let outward = target.declared.subtracting(allowed).sorted()
            #expect(outward == [], "`\(target.name)` may not depend on these")
        }
    }

    @Test func coreImportsNothing() {
        let files = Repository.swiftFiles(in: "Sources/MigrateCore")
        #expect(files.count > 50, "the sources are not where this test looks")
        let imports = files.flatMap { file in
            SwiftCode.imports(of: file.text).map { "\(file.path):\($0.line): \($0.module)" }
        }
        #expect(imports == [])
    }

    @Test func modulesOfOthersStayBehindTheirOneTarget() throws {
        var elsewhere: [String] = []
        for target in try PackageDescription.known().targets where !target.isSystemLibrary {
            for (module, place) in Self.imports(of: target) {
                guard let owners = Self.owners[module] else { continue }
                if owners.contains(target.name) || owners.contains(where: { target.name == $0 + "Tests" }) { continue }
                elsewhere.append("\(place): `\(module)` belongs to \(owners.sorted())")
            }
        }
        #expect(elsewhere == [])
    }
}
