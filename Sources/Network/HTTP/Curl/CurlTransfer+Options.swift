import CCurl

extension CurlTransfer {
    /// Sets every option of the handle from the job.
    ///
    /// Throws: when the request cannot be sent as it is, or libcurl refuses an option; nothing has been sent then.
    func configure() throws(HTTPFailure) {
        let request = job.request
        try CurlRequestCheck.check(request)
        try set(CURLOPT_URL, request.url)
        try set(CURLOPT_PRIVATE, pointer: UnsafeMutableRawPointer(bitPattern: id))
        try set(CURLOPT_ERRORBUFFER, pointer: UnsafeMutableRawPointer(errorText.baseAddress))
        try setProtocol()
        try setLimits(request)
        try setConnection(request)
        try setTLS(request)
        try setContent(request)
        try setCallbacks()
    }

    private func setProtocol() throws(HTTPFailure) {
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        // Why: else libcurl removes dot segments after the path was signed.
        try set(CURLOPT_PATH_AS_IS, 1)
        // Why: the answer of a proxy to CONNECT is not the server's answer.
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        // Why: else ending a transfer that still looks up its name waits for getaddrinfo, and all others with it.
        try set(CURLOPT_QUICK_EXIT, 1)
        if job.connectsOnly { try set(CURLOPT_CONNECT_ONLY, 1) }
    }

    private func setLimits(_ request: HTTPRequest) throws(HTTPFailure) {
        try set(CURLOPT_TIMEOUT_MS, Int(request.timeout.limitInMilliseconds))
        try set(CURLOPT_CONNECTTIMEOUT_MS, Int(request.connectTimeout.limitInMilliseconds))
        // Why not for HEAD: it would refuse the length of a body that is not sent.
        if request.method != "HEAD" { try set(CURLOPT_MAXFILESIZE_LARGE, offset: request.sizeLimit) }
    }

    private func setConnection(_ request: HTTPRequest) throws(HTTPFailure) {
        try set(CURLOPT_PIPEWAIT, 1)
        if request.usesFreshConnection || request.wantsCertificates || job.connectsOnly {
            try set(CURLOPT_FRESH_CONNECT, 1)
            // A new connection asks for the name anew, so that it goes where DNS points now.
            try set(CURLOPT_DNS_CACHE_TIMEOUT, 0)
        }
        if !request.usesProxy { try set(CURLOPT_PROXY, "") }
        if let target = request.connectTo {
            // Empty host and port match those of any URL.
            let host = target.host.contains(":") && !target.host.hasPrefix("[") ? "[\(target.host)]" : target.host
            try set(CURLOPT_CONNECT_TO, pointer: UnsafeMutableRawPointer(list(["::\(host):\(target.port)"])))
        }
    }

    private func setTLS(_ request: HTTPRequest) throws(HTTPFailure) {
        try set(CURLOPT_CERTINFO, request.wantsCertificates ? 1 : 0)
        try set(CURLOPT_SSL_VERIFYPEER, request.verifiesPeer ? 1 : 0)
        try set(CURLOPT_SSL_VERIFYHOST, request.verifiesHostName ? 2 : 0)
        if let file = request.authoritiesFile {
            try set(CURLOPT_CAINFO, file)
            // Why: the system's directory would stay trusted beside the file.
            try set(CURLOPT_CAPATH, pointer: nil)
        }
    }

    private func setContent(_ request: HTTPRequest) throws(HTTPFailure) {
        var lines = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        // A method that usually carries a body says so when it carries none: `Content-Length: 0`.
        let body = request.body ?? (["POST", "PUT", "PATCH"].contains(request.method) ? [] : nil)
        if let body, !job.connectsOnly {
            try set(CURLOPT_POST, 1)
            try set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.count)
            // The array outlives the call, and libcurl copies.
            let code = body.withUnsafeBytes { bytes in
                // Why not nil for no bytes: libcurl would ask its read function, which reads standard input.
                bytes.baseAddress.map {
                    migrate_setopt_ptr(easy, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: $0))
                } ?? migrate_setopt_str(easy, CURLOPT_COPYPOSTFIELDS, "")
            }
            try check(code, CURLOPT_COPYPOSTFIELDS)
            // Why: libcurl waits a second for `100 Continue`, and makes up a form's content type, which S3 stores.
            lines += ["Expect:"]
            if !request.hasHeader("content-type") { lines += ["Content-Type:"] }
        }
        if request.method == "HEAD" { try set(CURLOPT_NOBODY, 1) }
        try set(CURLOPT_CUSTOMREQUEST, request.method)
        try set(CURLOPT_HTTPHEADER, pointer: UnsafeMutableRawPointer(list(lines)))
    }
}

extension HTTPRequest {
    /// Whether a field of this name, in lower case, is there.
    fileprivate func hasHeader(_ name: String) -> Bool {
        headers.contains { $0.name.lowercased() == name }
    }
}
