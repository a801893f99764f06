import Glibc
import Testing

@testable import Network

/// TLS: whose certificate is asked for, what is checked, which facts come back.
@Suite(.timeLimit(.minutes(1)))
struct HTTPTLSTests {
    @Test func endpointIsProvedUnderTheNameOfTheURLWhereverItConnects() async throws {
        let server = try TLSServer()
        let response = try await CurlHTTPClient().send(server.request(for: TLSServer.secureName))
        #expect(response.status == 200)
        #expect(response.remoteAddress == "127.0.0.1")
        #expect(response.timings.connect < response.timings.tls)
        // The server shows this certificate only to a client that named it in its first message.
        let leaf = try #require(response.certificates.first)
        #expect(leaf.subject == "O = Example, CN = grafana.example.com")
        #expect(leaf.issuer == leaf.subject)
        #expect(leaf.alternativeNames == [TLSServer.secureName, "192.0.2.7"])
        let remaining = try #require(leaf.expires) - Int64(time(nil))
        #expect((29 * 86_400...30 * 86_400).contains(remaining))
    }

    @Test func chainThatIsNotTrustedFailsUnsent() async throws {
        let server = try TLSServer()
        var request = server.request(for: TLSServer.secureName)
        request.authoritiesFile = nil
        let failure = try await HTTPFailure.of(request)
        #expect(failure.reason == .certificate)
        #expect(!failure.mayHaveSent)
    }

    @Test func factsOfAChainThatIsNotTrustedCanBeRead() async throws {
        let server = try TLSServer()
        var request = server.request(for: TLSServer.secureName)
        request.authoritiesFile = nil
        request.verifiesPeer = false
        let response = try await CurlHTTPClient().send(request)
        #expect(response.certificates.first?.alternativeNames.first == TLSServer.secureName)
    }

    @Test func certificateForAnotherNameFailsAlsoWhenTheChainIsNotLookedAt() async throws {
        let server = try TLSServer()
        var request = server.request(for: "wrong.example.com")
        request.verifiesPeer = false
        let failure = try await HTTPFailure.of(request)
        #expect(failure.reason == .certificate)
        request.verifiesHostName = false
        let response = try await CurlHTTPClient().send(request)
        #expect(response.certificates.first?.alternativeNames.first == TLSServer.otherName)
    }

    @Test func authoritiesFileThatIsNotThereFailsUnsent() async throws {
        let server = try TLSServer()
        var request = server.request(for: TLSServer.secureName)
        request.authoritiesFile = "/nonexistent/authorities.pem"
        let failure = try await HTTPFailure.of(request)
        #expect(failure.reason == .certificate)
        #expect(!failure.mayHaveSent)
    }
}
