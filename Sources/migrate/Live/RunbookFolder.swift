import Foundation

/// Where a runbook and its environments are.
struct RunbookFolder: Sendable {
    /// Folder with `runbook.yaml` and `environments/`.
    let folder: String
    /// File with the runbook.
    let file: String

    /// Finds the runbook that `name` means: a file, a folder, or a name under `runbooks/`.
    ///
    /// Throws: `CommandFault` when there is none, or no name is given and there is more than one.
    static func find(_ name: String?, environment: [String: String]) throws -> RunbookFolder {
        if let name = name ?? environment["MIGRATE_RUNBOOK"] {
            for candidate in [name, "runbooks/\(name)"] {
                if isFile("\(candidate)/runbook.yaml") { return RunbookFolder(folder: candidate) }
            }
            if isFile(name) { return RunbookFolder(file: name) }
            throw CommandFault.noSuchRunbook(name, known: all)
        }
        let known = all
        guard let only = known.first, known.count == 1 else { throw CommandFault.whichRunbook(known: known) }
        return RunbookFolder(folder: "runbooks/\(only)")
    }

    /// Names of the environments: `environments/NAME.yaml`, examples left out.
    var environments: [String] {
        Self.names(in: "\(folder)/environments")
            .filter { $0.hasSuffix(".yaml") && !$0.hasSuffix(".example.yaml") }
            .map { String($0.dropLast(5)) }
    }

    /// The environment that `name` means.
    ///
    /// Throws: `CommandFault` when there is none, or no name is given and there is more than one.
    func environment(_ name: String?, environment: [String: String]) throws -> String {
        let known = environments
        if let name = name ?? environment["MIGRATE_ENV"] {
            guard known.contains(name) else { throw CommandFault.noSuchEnvironment(name, known: known) }
            return name
        }
        guard let only = known.first, known.count == 1 else { throw CommandFault.whichEnvironment(known: known) }
        return only
    }

    /// File with the values of `environment`.
    func file(of environment: String) -> String { "\(folder)/environments/\(environment).yaml" }

    /// File with what the system uses in a month.
    var costs: String { "\(folder)/costs.yaml" }

    private init(folder: String) {
        self.folder = folder
        file = "\(folder)/runbook.yaml"
    }

    private init(file: String) {
        self.file = file
        folder = URL(filePath: file).deletingLastPathComponent().relativePath
    }

    private static var all: [String] { names(in: "runbooks").filter { isFile("runbooks/\($0)/runbook.yaml") } }

    /// Names of what lies in `folder`, sorted; none when it is no folder.
    static func names(in folder: String) -> [String] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory), isDirectory.boolValue else {
            return []
        }
        let found = FileManager.default.enumerator(atPath: folder)
        found?.skipDescendants()
        return (found?.compactMap { $0 as? String }.filter { !$0.contains("/") } ?? []).sorted()
    }

    private static func isFile(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
    }
}
