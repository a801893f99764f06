extension Certificate {
    /// Reads the facts from libcurl's lines, each `Name:value`.
    ///
    /// The alternative names are OpenSSL's print of them. It does not quote, so a name made to look like two is read
    /// as two: good for showing a person, not for deciding trust, which libcurl has done from the certificate itself.
    init(curlLines lines: [String]) {
        var values: [Substring: Substring] = [:]
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { continue }
            values[line[..<colon]] = line[line.index(after: colon)...]
        }
        self.init(
            subject: String(values["Subject"] ?? ""),
            issuer: String(values["Issuer"] ?? ""),
            alternativeNames: Self.names(values["X509v3 Subject Alternative Name"] ?? ""),
            expires: Self.unixSeconds(values["Expire date"] ?? "")
        )
    }

    /// The host names and addresses of `DNS:a, DNS:b, IP Address:192.0.2.1`.
    static func names(_ text: Substring) -> [String] {
        text.split(separator: ",").compactMap { part in
            let entry = part.drop { $0 == " " || $0 == "\n" }
            for kind in ["DNS:", "IP Address:"] where entry.hasPrefix(kind) {
                return String(entry.dropFirst(kind.count).prefix { $0 != "\n" })
            }
            return nil
        }
    }

    /// Seconds since 1970 of `Dec  1 02:53:47 2026 GMT`; nil for any other form.
    static func unixSeconds(_ text: Substring) -> Int64? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = text.split(separator: " ")
        guard parts.count == 5, parts[4] == "GMT", let monthIndex = months.firstIndex(of: String(parts[0])),
            let day = Int64(parts[1]), (1...31).contains(day), let year = Int64(parts[3]), (1...9999).contains(year)
        else { return nil }
        let time = parts[2].split(separator: ":").compactMap { Int64($0) }
        guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2])
        else { return nil }
        // Days of the proleptic Gregorian calendar, counted in years that begin in March so that leap days come last.
        let month = Int64(monthIndex) + 1
        let shiftedYear = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = 365 * shiftedYear + shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400 + dayOfYear - 719_468
        return days * 86_400 + time[0] * 3_600 + time[1] * 60 + time[2]
    }
}
