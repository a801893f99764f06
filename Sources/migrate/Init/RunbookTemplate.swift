import Foundation
import Glibc
import Steps

/// A runbook that new ones are made from.
struct RunbookTemplate: Sendable {
    /// Name of the runbook, and of its folder.
    let name: String
    /// Its folder.
    let folder: String

    /// File with the runbook.
    var runbook: String { "\(folder)/runbook.yaml" }
    /// File with values to show as examples.
    var examples: String { "\(folder)/environments/prod.example.yaml" }

    /// Paths of the files that a new runbook gets, below the template's folder.
    ///
    /// Left out is what belongs to one system or one machine: values that somebody filled in, what Terraform keeps, copies
    /// that a run has made.
    var files: [String] {
        let walk = FileManager.default.enumerator(atPath: folder)
        var found: [String] = []
        while let path = walk?.nextObject() as? String {
            let parts = path.split(separator: "/").map(String.init)
            if parts == ["backup"] || [".terraform", "__pycache__"].contains(parts.last) {
                walk?.skipDescendants()
            } else if walk?.fileAttributes?[.type] as? FileAttributeType == .typeRegular, !Self.isOfOneSystem(parts) {
                found.append(path)
            }
        }
        return found.sorted()
    }

    /// Whether a file holds what one system is, rather than what all have in common.
    private static func isOfOneSystem(_ parts: [String]) -> Bool {
        guard let file = parts.last else { return true }
        if parts.dropLast() == ["environments"] { return !file.hasSuffix(".example.yaml") && file != "sandbox.yaml" }
        if file == "prod.yaml" { return true }
        return file == "terraform.tfvars" || file == "backend.hcl" || file.contains(".tfstate")
            || [".tfplan", ".lock.hcl", ".pyc"].contains { file.hasSuffix($0) }
    }

    /// Makes a runbook of another name in `target`: all of it, or nothing.
    ///
    /// - Parameters:
    ///   - newName: name that stands for the template's wherever that stands.
    ///   - target: folder to make; there is nothing at it yet.
    ///   - extra: further files, by their path below `target`.
    /// - Throws: `InitFault.folderTaken`; `FileFailure` with the system's reason.
    /// - Returns: paths of the files below `target`.
    func copy(as newName: String, to target: String, adding extra: [String: String]) throws -> [String] {
        guard !FileManager.default.fileExists(atPath: target) else {
            throw InitFault.folderTaken(target)
        }
        let place = URL(filePath: target)
        let draft = place.deletingLastPathComponent().appending(path: ".\(place.lastPathComponent).\(getpid()).new")
            .path
        do {
            for file in files { try copy(file, as: newName, to: draft) }
            for (file, text) in extra { try Self.write(Data(text.utf8), mode: 0o644, to: "\(draft)/\(file)") }
            guard rename(draft, target) == 0 else {
                throw FileFailure(path: target, reason: String(cString: strerror(errno)))
            }
        } catch {
            // Why not with try: what went wrong first is what the operator must see.
            do { try FileManager.default.removeItem(atPath: draft) } catch { Talk.say(Phrasebook.text(of: error)) }
            throw error
        }
        return Set(files + extra.keys).sorted()
    }

    private func copy(_ file: String, as newName: String, to draft: String) throws {
        let source = "\(folder)/\(file)"
        do {
            var bytes = try Data(contentsOf: URL(filePath: source))
            if file != Self.rehearsal, let text = String(validating: bytes, as: UTF8.self) {
                bytes = Data(Self.text(text, naming: newName, for: name).utf8)
            }
            let mode = try FileManager.default.attributesOfItem(atPath: source)[.posixPermissions] as? Int
            try Self.write(bytes, mode: mode ?? 0o644, to: "\(draft)/\(file)")
        } catch let error as FileFailure {
            throw error
        } catch {
            throw FileFailure(path: source, reason: LocalFiles.reason(error))
        }
    }

    /// `text` with `newName` wherever `name` stands as a word, or as the beginning of a longer name.
    static func text(_ text: String, naming newName: String, for name: String) -> String {
        var out = ""
        var rest = text[...]
        while let place = rest.firstRange(of: name) {
            let isPart =
                rest[..<place.lowerBound].last.map { $0.isLetter || $0.isNumber || $0 == "-" } ?? false
                || rest[place.upperBound...].first.map { $0.isLetter || $0.isNumber } ?? false
            out += rest[..<place.lowerBound] + (isPart ? name : newName)
            rest = rest[place.upperBound...]
        }
        return out + rest
    }

    /// The world of the sandbox keeps its name: it is the template's system that is rehearsed.
    private static let rehearsal = "rehearsal.json"

    private static func write(_ bytes: Data, mode: Int, to path: String) throws {
        do {
            let parent = URL(filePath: path).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            try bytes.write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        } catch {
            throw FileFailure(path: path, reason: LocalFiles.reason(error))
        }
    }
}
