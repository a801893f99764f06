import Foundation
import Glibc
import MigrateCore

/// Who we are, and whether others still are.
enum ProcessIdentity {
    /// Name of the user behind this process; the number when it has none.
    ///
    /// Why the login: `sudo` and `su` change the user of a process, and not who sits before it; approvals count people.
    /// Source: proc_pid_loginuid(5); 4294967295 means that nobody logged in.
    static var user: String {
        let login = text(of: "/proc/self/loginuid").flatMap {
            UInt32($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        let id = login.flatMap { $0 == .max ? nil : $0 } ?? getuid()
        guard let entry = getpwuid(id), let name = entry.pointee.pw_name else { return "\(id)" }
        return String(cString: name)
    }

    /// Name of this host.
    static var host: String { ProcessInfo.processInfo.hostName }

    /// When process `id` began, in clock ticks since boot with the boot's id; nil when there is no such process.
    ///
    /// Source: proc(5), field 22 of `/proc/PID/stat`. Why the boot: ticks begin again with each.
    static func start(of id: Int32) -> String? {
        guard let stat = text(of: "/proc/\(id)/stat"), let close = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[stat.index(after: close)...].split(separator: " ")
        guard fields.count > 19, let boot = text(of: "/proc/sys/kernel/random/boot_id") else { return nil }
        // Why zombies count as gone: they hold nothing and never come back.
        return fields[0] == "Z" ? nil : "\(fields[19])@\(boot.trimmingCharacters(in: .whitespacesAndNewlines))"
    }

    /// Whether the process that `record` names is certainly gone: of this host, and not running any more.
    static func isCertainlyGone(_ record: LeaseRecord) -> Bool {
        record.host == host && start(of: record.process) != record.processStart
    }

    /// Whether the process that `record` names may still be there.
    static func mayBeAlive(_ record: LeaseRecord, now: Timestamp) -> Bool {
        record.host == host ? !isCertainlyGone(record) : now - record.renewedAt < LeaseRecord.lifetime
    }

    private static func text(of path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
