import Foundation

/// Where the runbooks are that new ones are made from.
struct TemplateShelf: Sendable {
    /// Folder that holds a folder for each template.
    let folder: String

    /// Finds the templates: in `given`, else those that came with this program, else those of the checkout that it was
    /// built in, else those under `runbooks/` here.
    ///
    /// Throws: `InitFault` when there are none.
    static func find(_ given: String?) throws -> TemplateShelf {
        let places = given.map { [$0] } ?? places
        guard let found = places.map(TemplateShelf.init).first(where: { !$0.names.isEmpty }) else {
            throw InitFault.noTemplates(in: places)
        }
        return found
    }

    /// Names of the templates.
    var names: [String] {
        RunbookFolder.names(in: folder)
            .filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/runbook.yaml") }
    }

    /// The template `name`.
    ///
    /// Throws: `InitFault` when there is none.
    func template(_ name: String) throws -> RunbookTemplate {
        guard names.contains(name) else { throw InitFault.noSuchTemplate(name, known: names) }
        return RunbookTemplate(name: name, folder: "\(folder)/\(name)")
    }

    private init(folder: String) { self.folder = folder }

    private static var places: [String] {
        var places: [String] = []
        if let program = try? OwnBinary.location() {
            var above = URL(filePath: program).deletingLastPathComponent()
            places.append(above.deletingLastPathComponent().appending(path: "share/migrate/runbooks").path)
            // A build lies some folders below `Package.swift`, how many depends on the way it was built.
            while above.path != "/" {
                above.deleteLastPathComponent()
                guard FileManager.default.fileExists(atPath: above.appending(path: "Package.swift").path) else {
                    continue
                }
                places.append(above.appending(path: "runbooks").path)
                break
            }
        }
        return places + ["runbooks"]
    }
}
