import Foundation

/// What `swift package describe` says of the package.
struct PackageDescription: Decodable {
    struct Target: Decodable {
        let name: String
        let type: String
        let path: String
        let targetDependencies: [String]?
        let productDependencies: [String]?

        /// Modules that it may import by its declaration.
        ///
        /// A product of ours and its module have the same name, as `Package.swift` names single-module products alone.
        var declared: Set<String> { Set((targetDependencies ?? []) + (productDependencies ?? [])) }
        var isTest: Bool { type == "test" }
        var isSystemLibrary: Bool { type == "system-target" }
    }

    let targets: [Target]

    enum Fault: Error {
        case failed(status: Int32, words: String)
    }

    /// What the package manager said, asked once.
    static func known() throws -> PackageDescription { try once.get() }

    private static let once = Result { try read() }

    /// Asks the package manager, with a folder of its own to build in, so that it waits for nobody and nobody for it.
    private static func read() throws -> PackageDescription {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "describe-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(at: scratch) } catch { print(error) } }
        let output = scratch.appending(path: "description.json")
        let errors = scratch.appending(path: "errors.txt")
        for file in [output, errors] { try Data().write(to: file) }
        let swift = Process()
        swift.executableURL = URL(filePath: "/usr/bin/env")
        swift.arguments = [
            "swift", "package", "--package-path", Repository.root.path, "--scratch-path", scratch.path, "describe",
            "--type", "json",
        ]
        swift.standardOutput = try FileHandle(forWritingTo: output)
        swift.standardError = try FileHandle(forWritingTo: errors)
        try swift.run()
        swift.waitUntilExit()
        guard swift.terminationStatus == 0 else {
            throw Fault.failed(
                status: swift.terminationStatus,
                words: try String(contentsOf: errors, encoding: .utf8)
            )
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(PackageDescription.self, from: Data(contentsOf: output))
    }
}
