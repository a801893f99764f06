import CCurl
import Glibc

extension CurlTransfer {
    /// What the caller gets for libcurl's `code`.
    func result(_ code: CURLcode) -> Result<HTTPResponse, any Error> {
        guard code == CURLE_OK else { return .failure(failure(code)) }
        var response = HTTPResponse(status: number(CURLINFO_RESPONSE_CODE), headers: headers.fields, body: body)
        response.timings.nameLookup = time(CURLINFO_NAMELOOKUP_TIME_T)
        response.timings.connect = time(CURLINFO_CONNECT_TIME_T)
        response.timings.tls = time(CURLINFO_APPCONNECT_TIME_T)
        response.timings.firstByte = time(CURLINFO_STARTTRANSFER_TIME_T)
        response.timings.total = time(CURLINFO_TOTAL_TIME_T)
        response.remoteAddress = text(CURLINFO_PRIMARY_IP)
        response.newConnections = number(CURLINFO_NUM_CONNECTS)
        response.certificates = certificates()
        return .success(response)
    }

    /// Whether the host's name is looked up, or was not asked for because a connection was there.
    var hasLookedUp: Bool { time(CURLINFO_NAMELOOKUP_TIME_T) > .zero || number(CURLINFO_REQUEST_SIZE) > 0 }

    /// A failure of this transfer; whether bytes may have left is read from the handle.
    func failure(reason: HTTPFailure.Reason, message: String) -> HTTPFailure {
        // Counts request bytes given to the connection, TLS handshake not included: 0 when the connection was
        // refused, not resolved, or its TLS not agreed.
        HTTPFailure(reason: reason, message: message, mayHaveSent: number(CURLINFO_REQUEST_SIZE) > 0)
    }

    /// The failure when the multi handle refused to work.
    func refusal(by code: CURLMcode) -> Result<HTTPResponse, any Error> {
        .failure(failure(reason: .other, message: String(cString: curl_multi_strerror(code))))
    }

    private func failure(_ code: CURLcode) -> HTTPFailure {
        if let excess { return failure(reason: .tooLarge, message: excess) }
        let own = errorText.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        var message = own.isEmpty ? String(cString: curl_easy_strerror(code)) : String(decoding: own, as: UTF8.self)
        let systemError = Int32(truncatingIfNeeded: number(CURLINFO_OS_ERRNO))
        // libcurl's words are the same for a closed port and for no route.
        if code == CURLE_COULDNT_CONNECT, systemError != 0 { message += " (\(String(cString: strerror(systemError))))" }
        var failure = failure(reason: .other, message: message)
        failure.reason = HTTPFailure.Reason(curl: code, systemError: systemError, mayHaveSent: failure.mayHaveSent)
        return failure
    }

    private func certificates() -> [Certificate] {
        guard job.request.wantsCertificates, let raw = pointer(CURLINFO_CERTINFO) else { return [] }
        let info = raw.assumingMemoryBound(to: curl_certinfo.self).pointee
        return (0..<Int(info.num_of_certs)).map { index in
            var lines: [String] = []
            var node = info.certinfo[index]
            while let entry = node {
                lines.append(String(cString: entry.pointee.data))
                node = entry.pointee.next
            }
            return Certificate(curlLines: lines)
        }
    }
}

extension HTTPFailure.Reason {
    /// What libcurl's `code` means for the caller.
    init(curl code: CURLcode, systemError: Int32, mayHaveSent: Bool) {
        switch code {
        case CURLE_URL_MALFORMAT: self = .badURL
        // The same code is given for an answer that is not HTTP/1 or later.
        case CURLE_UNSUPPORTED_PROTOCOL: self = mayHaveSent ? .other : .badURL
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: self = .unresolved
        case CURLE_COULDNT_CONNECT:
            switch systemError {
            case ECONNREFUSED, 0: self = .refused
            case ETIMEDOUT: self = .timedOut
            default: self = .other
            }
        case CURLE_OPERATION_TIMEDOUT: self = .timedOut
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CRL_BADFILE:
            self = .certificate
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_INITFAILED,
            CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED:
            self = .tls
        case CURLE_FILESIZE_EXCEEDED: self = .tooLarge
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_HTTP2,
            CURLE_HTTP2_STREAM:
            self = .connectionLost
        default: self = .other
        }
    }
}
