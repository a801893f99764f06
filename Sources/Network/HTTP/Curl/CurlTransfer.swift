import CCurl

/// One easy handle at work; lives on the curl thread only.
final class CurlTransfer {
    /// Number that the handle carries, so that it is found again.
    let id: Int
    /// The handle.
    let easy: UnsafeMutableRawPointer
    /// What it is to do.
    let job: CurlJob
    /// When the loop ends it, whatever libcurl says.
    let deadline: ContinuousClock.Instant
    /// Who waits for it.
    let continuation: CheckedContinuation<HTTPResponse, any Error>
    /// Whether libcurl works on it; the curl thread says so.
    var isAdded = false
    /// Body so far.
    private(set) var body: [UInt8] = []
    /// Header fields so far.
    private(set) var headers = HTTPHeaderCollector()
    /// Which limit of ours ended the transfer, in words; nil for none.
    private(set) var excess: String?
    /// Where libcurl writes its words on an error.
    let errorText = UnsafeMutableBufferPointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var lists: [UnsafeMutablePointer<curl_slist>] = []

    init(
        id: Int,
        easy: UnsafeMutableRawPointer,
        job: CurlJob,
        deadline: ContinuousClock.Instant,
        continuation: CheckedContinuation<HTTPResponse, any Error>
    ) {
        self.id = id
        self.easy = easy
        self.job = job
        self.deadline = deadline
        self.continuation = continuation
        errorText.initialize(repeating: 0)
    }

    deinit { errorText.deallocate() }

    /// Takes a piece of the body; false when it is more than the request allows.
    func append(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= job.request.sizeLimit - body.count else {
            excess = "answer is larger than \(job.request.sizeLimit) bytes"
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// Takes one line of the header; false when there are more than anybody needs.
    func append(headerLine bytes: UnsafeRawBufferPointer) -> Bool {
        guard headers.append(line: bytes) else {
            excess = "header is larger than \(HTTPHeaderCollector.sizeLimit) bytes"
            return false
        }
        return true
    }

    /// Makes a list for libcurl that lives until the transfer is over.
    func list(_ lines: [String]) throws(HTTPFailure) -> UnsafeMutablePointer<curl_slist>? {
        var head: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(head, line) else {
                curl_slist_free_all(head)
                throw HTTPFailure(reason: .other, message: "libcurl has no memory", mayHaveSent: false)
            }
            head = longer
        }
        if let head { lists.append(head) }
        return head
    }

    /// Frees the lists; the handle must have been reset or freed before.
    func freeLists() {
        for list in lists { curl_slist_free_all(list) }
        lists = []
    }
}
