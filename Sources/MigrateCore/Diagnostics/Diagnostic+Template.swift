extension Diagnostic {
    /// A mistake in the template `source`, placed at its `${` where that is known, else at the text, else at `owner`.
    package init(_ error: TemplateSyntaxError, in source: SourceValue, or owner: SourceLocation) {
        if source.references.indices.contains(error.occurrence) {
            let place = source.references[error.occurrence]
            self.init(error.message, at: place, length: error.length, hint: error.hint)
        } else {
            let length = source.location == nil ? 1 : source.length
            self.init(error.message, at: source.location ?? owner, length: length, hint: error.hint)
        }
    }

    /// Mistakes sorted by place, each once; those without a place come last.
    package static func inReadingOrder(_ all: [Diagnostic]) -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        let unique = all.filter { seen.insert($0).inserted }
        return unique.enumerated().sorted { one, other in
            guard let first = one.element.location, let second = other.element.location else {
                return one.element.location != nil && other.element.location == nil
                    || (one.element.location == nil) == (other.element.location == nil) && one.offset < other.offset
            }
            return (first.file, first.line, first.column, one.offset)
                < (second.file, second.line, second.column, other.offset)
        }.map(\.element)
    }
}
