import CCurl

// Why every refusal is thrown: an option that did not take effect (`PROTOCOLS_STR`, `SSL_VERIFYPEER`) is a hole.

extension CurlTransfer {
    /// Sets a number.
    func set(_ option: CURLoption, _ value: Int) throws(HTTPFailure) {
        try check(migrate_setopt_long(easy, option, value), option)
    }

    /// Sets a size.
    func set(_ option: CURLoption, offset value: Int) throws(HTTPFailure) {
        try check(migrate_setopt_off(easy, option, value), option)
    }

    /// Sets a text, which libcurl copies.
    func set(_ option: CURLoption, _ value: String) throws(HTTPFailure) {
        try check(migrate_setopt_str(easy, option, value), option)
    }

    /// Sets a pointer, which must stay valid until the handle is reset.
    func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) throws(HTTPFailure) {
        try check(migrate_setopt_ptr(easy, option, value), option)
    }

    /// Sets a function.
    func set(_ option: CURLoption, callback: @escaping migrate_curl_callback) throws(HTTPFailure) {
        try check(migrate_setopt_callback(easy, option, callback), option)
    }

    /// Throws what a refused option means.
    func check(_ code: CURLcode, _ option: CURLoption) throws(HTTPFailure) {
        guard code != CURLE_OK else { return }
        let words = String(cString: curl_easy_strerror(code))
        throw HTTPFailure(
            reason: .other,
            message: "libcurl refused option \(option.rawValue): \(words)",
            mayHaveSent: false
        )
    }

    /// Reads a number.
    func number(_ info: CURLINFO) -> Int {
        var value = 0
        migrate_getinfo_long(easy, info, &value)
        return value
    }

    /// Reads a time, which libcurl counts in microseconds from the start.
    func time(_ info: CURLINFO) -> Duration {
        var value: curl_off_t = 0
        migrate_getinfo_off(easy, info, &value)
        return .microseconds(value)
    }

    /// Reads a text; empty when there is none.
    func text(_ info: CURLINFO) -> String {
        var value: UnsafePointer<CChar>?
        migrate_getinfo_str(easy, info, &value)
        return value.map { String(cString: $0) } ?? ""
    }

    /// Reads a pointer.
    func pointer(_ info: CURLINFO) -> UnsafeMutableRawPointer? {
        var value: UnsafeMutableRawPointer?
        migrate_getinfo_ptr(easy, info, &value)
        return value
    }

    /// Number that `configure` gave to the handle.
    static func id(of easy: UnsafeMutableRawPointer) -> Int {
        var value: UnsafeMutableRawPointer?
        migrate_getinfo_ptr(easy, CURLINFO_PRIVATE, &value)
        return Int(bitPattern: value)
    }
}
