import Testing

@testable import Network

/// Facts of a certificate, read from the lines libcurl gives.
struct CertificateFactsTests {
    @Test(arguments: [
        ("Jan  1 00:00:00 1970 GMT", 0), ("Dec 11 02:53:47 2026 GMT", 1_796_957_627),
        ("Feb 29 12:00:00 2028 GMT", 1_835_438_400), ("Mar  1 00:00:00 2000 GMT", 951_868_800),
        ("Dec 31 23:59:59 9999 GMT", 253_402_300_799),
    ])
    func endOfValidityIsSecondsSince1970(text: String, seconds: Int64) {
        #expect(Certificate.unixSeconds(text[...]) == seconds)
    }

    @Test(arguments: [
        "", "never", "Dec 11 02:53:47 2026", "Dec 11 02:53 2026 GMT", "Foo 11 02:53:47 2026 GMT",
        "Dec 11 25:53:47 2026 GMT", "Dec 0 02:53:47 2026 GMT",
    ])
    func endOfValidityThatCannotBeReadIsNil(text: String) {
        #expect(Certificate.unixSeconds(text[...]) == nil)
    }

    @Test func namesAndAddressesAreReadOtherKindsAreNot() {
        let text = "DNS:a.example.com, DNS:*.b.example.com, IP Address:192.0.2.1, email:x@example.com"
        #expect(Certificate.names(text[...]) == ["a.example.com", "*.b.example.com", "192.0.2.1"])
    }

    @Test func factsAreFoundAmongOtherLines() {
        let certificate = Certificate(curlLines: [
            "Subject:CN = a.example.com", "Issuer:C = KR, CN = Authority: One", "Version:2",
            "X509v3 Subject Alternative Name:DNS:a.example.com", "Expire date:Jan  1 00:00:10 1970 GMT", "no colon",
        ])
        #expect(
            certificate
                == Certificate(
                    subject: "CN = a.example.com",
                    issuer: "C = KR, CN = Authority: One",
                    alternativeNames: ["a.example.com"],
                    expires: 10
                )
        )
    }
}
