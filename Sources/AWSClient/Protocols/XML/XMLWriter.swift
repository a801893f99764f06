/// Writes a rest-xml request body.
struct XMLWriter {
    private(set) var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"

    /// Bytes of the document.
    var bytes: [UInt8] { Array(text.utf8) }

    /// Writes the root element `name` of `namespace` around `content`.
    mutating func root(_ name: String, namespace: String, _ content: (inout XMLWriter) -> Void) {
        text += #"<\#(name) xmlns="\#(namespace)">"#
        content(&self)
        text += "</\(name)>"
    }

    /// Writes the element `name` around `content`.
    mutating func element(_ name: String, _ content: (inout XMLWriter) -> Void) {
        text += "<\(name)>"
        content(&self)
        text += "</\(name)>"
    }

    /// Writes the element `name` with `value` as its text; nothing when it is nil.
    mutating func element(_ name: String, _ value: String?) {
        guard let value else { return }
        text += "<\(name)>\(escaped(value))</\(name)>"
    }

    private func escaped(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            // A bare carriage return would be read back as a line feed.
            case "\r": result += "&#xD;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
