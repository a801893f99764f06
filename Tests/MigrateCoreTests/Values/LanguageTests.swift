import MigrateCore
import Testing

@Suite struct LanguageTests {
    @Test(arguments: ["ko", "KO", "ko-KR", "ko_KR.UTF-8"]) func codesAndLocalesAreRead(name: String) {
        #expect(Language(name) == .korean)
    }

    @Test(arguments: ["en", "C.UTF-8", "POSIX", "kok", "", "fr"]) func anyOtherLanguageGetsEnglish(name: String) {
        #expect(Language(name).says("rolled back", ko: "되돌림") == "rolled back")
    }

    @Test func titlesHaveTheirOwnForms() {
        let title = LocalizedText(texts: ["en": "Switch", "ko": "전환", "fr": "Bascule"])
        #expect(title.text(in: .korean) == "전환")
        #expect(title.text(in: Language("fr_FR.UTF-8")) == "Bascule")
        #expect(title.text(in: Language("de")) == "Switch")
    }

    @Test func ownWordsHaveBothForms() {
        let words = LocalizedText(ownWords: { $0.says("waits", ko: "대기") })
        #expect(words.texts == ["en": "waits", "ko": "대기"])
    }
}
