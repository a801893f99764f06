extension FileStore {
    /// First file named `program` that may be run, in the directories of `path`, as a shell would find it; nil when there
    /// is none.
    ///
    /// `path` is the variable `PATH`; a program with a `/` in it is its own path.
    public func program(_ program: String, in path: String) async -> String? {
        if program.contains("/") { return await isExecutable(program) ? program : nil }
        for directory in path.split(separator: ":") {
            let candidate = "\(directory)/\(program)"
            if await isExecutable(candidate) { return candidate }
        }
        return nil
    }
}
