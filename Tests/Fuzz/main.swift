import Dispatch
import Glibc

/// Coverage-guided fuzzing of the readers: `fuzz TARGET [libFuzzer's own arguments]`; `fuzz --list` names the targets.
///
/// libFuzzer writes the input that brought a reader down to a file of its own before it ends, and tells the seed;
/// `fuzz TARGET FILE` reads that input again. `make fuzz` runs all.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ read: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// What libFuzzer's own `main` would call; ours takes its place, and this is never called.
@_cdecl("LLVMFuzzerTestOneInput")
func notCalled(_ bytes: UnsafePointer<UInt8>?, _ length: Int) -> CInt { 0 }

/// Target of this process; set once, before the fuzzer begins.
nonisolated(unsafe) private var target = FuzzTarget.all[0]

/// Reads `bytes` to the end, on the thread of the fuzzer.
private func read(_ bytes: [UInt8], by target: FuzzTarget) {
    let done = DispatchSemaphore(value: 0)
    Task.detached {
        await target.read(bytes)
        done.signal()
    }
    done.wait()
}

let given = CommandLine.arguments
if given.count > 1, given[1] == "--list" {
    for target in FuzzTarget.all { print(target.name) }
    exit(0)
}
guard given.count > 1, let wanted = FuzzTarget.all.first(where: { $0.name == given[1] }) else {
    print("error: name a target, or `--list`")
    exit(64)
}
target = wanted
var words: [UnsafeMutablePointer<CChar>?] = ([given[0]] + given.dropFirst(2)).map { strdup($0) } + [nil]
var count = CInt(words.count - 1)
let status = words.withUnsafeMutableBufferPointer { buffer in
    guard var start = buffer.baseAddress else { return CInt(1) }
    return runFuzzer(&count, &start) { bytes, length in
        read(Array(UnsafeBufferPointer(start: bytes, count: length)), by: target)
        return 0
    }
}
exit(status)
