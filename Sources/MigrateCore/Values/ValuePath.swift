/// Names that lead to a place in a value, kept as a chain: making one costs little, and few are ever read.
indirect enum ValuePath {
    case root
    case member(any CodingKey, of: ValuePath)

    /// Names from the outermost in.
    var keys: [any CodingKey] {
        var keys: [any CodingKey] = []
        var path = self
        while case .member(let key, let outer) = path {
            keys.append(key)
            path = outer
        }
        return keys.reversed()
    }
}
