import Dispatch

/// A machine with one core: jobs run one after the other, in the order in which they came.
final class OneThread: TaskExecutor {
    private let queue = DispatchQueue(label: "one thread")

    /// Takes a job.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
