import Glibc
import MigrateCore
import Reports

extension Composition {
    /// Language of the operator: what `--lang` says, else the locale.
    var language: Language { options.lang.map { Language($0) } ?? Language(locale: environment) }

    /// How reports are drawn for this terminal.
    var style: Style { style(of: STDOUT_FILENO) }

    /// How what goes to `file` is drawn.
    func style(of file: Int32) -> Style {
        let isTerminal = isatty(file) == 1
        let isColored = isTerminal && !options.noColor && environment["NO_COLOR"]?.isEmpty ?? true
        let isPlain = !(environment["LC_ALL"] ?? environment["LC_CTYPE"] ?? environment["LANG"] ?? "UTF-8")
            .uppercased().contains("UTF")
        var size = winsize()
        let hasSize = isTerminal && ioctl(file, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col >= 40
        return Style(
            usesColor: isColored,
            isPlain: isPlain,
            language: language,
            width: isTerminal ? hasSize ? Int(size.ws_col) : 80 : nil
        )
    }
}
