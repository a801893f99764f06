import MigrateCore
import Testing

@testable import Steps

@Suite struct JqSafetyTests {
    private func outcome(_ expression: String, over input: Value = .null) async -> Result<Value?, ExpressionFailure> {
        do {
            return .success(try await JqEvaluator(expecting: [expression]).evaluate(expression, over: input))
        } catch let failure as ExpressionFailure {
            return .failure(failure)
        } catch {
            return .failure(.raised("\(error)"))
        }
    }

    @Test(arguments: ["env", "input", "[inputs]", "now", "halt", "halt_error", "halt_error(1)", "\"a\" | modulemeta"])
    func whatReachesOutsideIsNotAvailable(expression: String) async {
        guard case .failure(.raised(let message)) = await outcome(expression) else {
            Issue.record("\(expression) was let through")
            return
        }
        #expect(message.contains("is not available"))
    }

    @Test func theEnvironmentLooksEmpty() async {
        #expect(await outcome("$ENV") == .success([:]))
    }

    @Test(arguments: ["debug", "stderr"]) func talkingToTheTerminalDoesNothing(expression: String) async {
        #expect(await outcome(expression, over: 7) == .success(7))
    }

    @Test(arguments: ["last(repeat(1))", "[range(1e12)] | length", "def f: f; f", "until(false; .)"])
    func endlessExpressionsAreHalted(expression: String) async {
        #expect(await outcome(expression) == .failure(.timedOut))
    }

    @Test func anEvaluatorWorksOnAfterAHalt() async throws {
        let evaluator = JqEvaluator(expecting: ["until(false; .)", ".a"])
        await #expect(throws: ExpressionFailure.timedOut) { try await evaluator.evaluate("until(false; .)", over: 1) }
        #expect(try await evaluator.evaluate(".a", over: ["a": 3]) == 3)
    }

    @Test func moreThanOneResultIsRefused() async {
        #expect(await outcome(".[]", over: [1, 2]) == .failure(.severalResults))
        #expect(await outcome(".[]", over: [1]) == .success(1))
        #expect(await outcome("empty") == .success(nil))
    }

    @Test func largeInputAndOutputAreRefused() async {
        let large = Value.string(String(repeating: "x", count: JqProgram.sizeLimit))
        #expect(await outcome(".", over: large) == .failure(.tooLarge(limit: JqProgram.sizeLimit)))
        let half = Value.string(String(repeating: "x", count: JqProgram.sizeLimit / 3 * 2))
        #expect(await outcome("[., .]", over: half) == .failure(.tooLarge(limit: JqProgram.sizeLimit)))
    }

    @Test func errorsOfAnExpressionAreTold() async {
        #expect(await outcome("error(\"boom\")") == .failure(.raised("boom")))
        guard case .failure(.raised(let message)) = await outcome(".a", over: 1) else {
            Issue.record("indexing a number was let through")
            return
        }
        #expect(message.hasPrefix("Cannot index number with"))
    }

    @Test func manyExpressionsShareOneProgram() async throws {
        let expressions = (0..<60).map { ".status == \($0) # comment" }
        let evaluator = JqEvaluator(expecting: expressions)
        #expect(try await evaluator.evaluate(expressions[41], over: ["status": 41]) == true)
        #expect(try await evaluator.evaluate(expressions[41], over: ["status": 40]) == false)
    }

    @Test func lateExpressionsAreCompiledAlone() async throws {
        let evaluator = JqEvaluator(expecting: [".a"])
        #expect(try await evaluator.evaluate(".b", over: ["b": "x"]) == "x")
        await #expect(throws: ExpressionFailure.notCompiled("`)` closes nothing")) {
            try await evaluator.evaluate(".a) | (.b", over: [:])
        }
    }

    @Test func numbersAndTextSurvive() async {
        #expect(await outcome(".", over: ["한": [1, 2.5, "\u{1F600}\n"]]) == .success(["한": [1, 2.5, "\u{1F600}\n"]]))
    }

    @Test(arguments: [
        ("true", "pass"), ("false", "fail"), ("null", "inconclusive"), ("empty", "inconclusive"), ("1", "error"),
        ("\"yes\"", "error"), ("error(\"x\")", "error"),
    ]) func onlyTruthPasses(expression: String, word: String) async {
        let verdict = await JqEvaluator().judge(expression, over: .null, seen: "seen")
        #expect(verdict.word == word)
    }
}
