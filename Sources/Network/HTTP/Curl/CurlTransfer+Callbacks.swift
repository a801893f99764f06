import CCurl

// Rule: C callbacks stand in files without an actor, as this one. Why: a closure written in main-actor code checks
// its executor when C calls it. What if you don't: the process dies of SIGILL on the first byte received.

extension CurlTransfer {
    /// Has libcurl call this transfer for each piece of header and body.
    func setCallbacks() throws(HTTPFailure) {
        // Unretained: the loop holds the transfer until the handle has been reset.
        let transfer = Unmanaged.passUnretained(self).toOpaque()
        try set(CURLOPT_WRITEDATA, pointer: transfer)
        try set(CURLOPT_WRITEFUNCTION) { bytes, size, count, user in
            guard let user else { return 0 }
            let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
            // Any number but the one given ends the transfer with code 23.
            return Unmanaged<CurlTransfer>.fromOpaque(user).takeUnretainedValue().append(body: piece) ? piece.count : -1
        }
        try set(CURLOPT_HEADERDATA, pointer: transfer)
        try set(CURLOPT_HEADERFUNCTION) { bytes, size, count, user in
            guard let user else { return 0 }
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            let transfer = Unmanaged<CurlTransfer>.fromOpaque(user).takeUnretainedValue()
            return transfer.append(headerLine: line) ? line.count : -1
        }
    }
}
