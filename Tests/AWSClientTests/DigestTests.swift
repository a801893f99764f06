import Digest
import Testing

@Suite struct DigestTests {
    @Test func sha256OfNothingAndOfABC() {
        #expect(
            Hex.encode(SHA256.digest([]))
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        )
        #expect(
            Hex.encode(SHA256.digest(utf8: "abc"))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
    }

    @Test func sha1OfABC() {
        #expect(Hex.encode(SHA1.digest(Array("abc".utf8))) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    }

    @Test func hmacEqualsRFC4231() {
        #expect(
            Hex.encode(HMAC.sha256(key: Array("Jefe".utf8), data: Array("what do ya want for nothing?".utf8)))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        )
    }

    @Test func hmacUnderAnEmptyKeyUsesNoOtherCallsKey() {
        _ = HMAC.sha256(key: Array("another".utf8), data: [])
        #expect(
            Hex.encode(HMAC.sha256(key: [], data: []))
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
        )
    }

    @Test func piecesDigestAsTheWhole() {
        var stream = SHA256Stream()
        stream.update(Array("a".utf8))
        stream.update([])
        stream.update(Array("bc".utf8))
        #expect(stream.finalize() == SHA256.digest(utf8: "abc"))
    }

    @Test(arguments: ["0", "0g", "zz", "+1"]) func brokenHexIsRefused(text: String) {
        #expect(Hex.decode(text) == nil)
    }

    @Test func hexComesBack() {
        let bytes = Array(UInt8.min...UInt8.max)
        #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        #expect(Hex.decode("ABCDEF") == [0xAB, 0xCD, 0xEF])
    }
}
