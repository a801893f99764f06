import MigrateCore
import RunbookYAML
import Testing

@Suite struct EnvironmentReaderTests {
    private func refusal(_ body: () throws(Diagnostics) -> Void) -> [String] {
        do throws(Diagnostics) {
            try body()
            return []
        } catch {
            return error.all.map(\.message)
        }
    }

    @Test func anEmptyFileGivesNothing() throws {
        #expect(try EnvironmentReader.read(text: "", file: "e.yaml").isEmpty)
        #expect(try EnvironmentReader.read(text: "# nothing yet\n", file: "e.yaml").isEmpty)
    }

    @Test func placesAreThoseOfTheValues() throws {
        let values = try EnvironmentReader.read(text: "host: a.example\nzone:   Z1\n", file: "e.yaml")
        #expect(values["zone"]?.location == SourceLocation(file: "e.yaml", line: 2, column: 9))
        #expect(values["zone"]?.length == 2)
    }

    @Test func aListIsNoEnvironment() {
        let said = refusal { () throws(Diagnostics) in _ = try EnvironmentReader.read(text: "- a", file: "e.yaml") }
        #expect(said == ["an environment must be a mapping of variables, not a list"])
    }

    @Test(
        arguments: [
            ("host=a.example", "host", "a.example"), ("n=5", "n", 5), ("n='5'", "n", "5"),
            ("t=a: b # c", "t", "a: b # c"),
            ("empty=", "empty", .null), ("eq=a=b", "eq", "a=b"), ("on=true", "on", true),
            ("list=[1, a]", "list", [1, "a"]), ("map={a: [b]}", "map", ["a": ["b"]]),
        ] as [(String, String, Value)]
    )
    func settingsAreScalarsUnlessTheyBeginOtherwise(setting: String, name: String, value: Value) throws {
        let read = try EnvironmentReader.read(setting: setting)
        #expect(read.name == name)
        #expect(read.value.value == value)
    }

    @Test(arguments: ["host", "=a", ""])
    func aSettingWithoutNameOrValueIsRefused(setting: String) {
        let said = refusal { () throws(Diagnostics) in _ = try EnvironmentReader.read(setting: setting) }
        #expect(said == ["`\(setting)` gives no variable a value"])
    }

    @Test func aBrokenSettingIsPlacedInItsArgument() {
        do throws(Diagnostics) {
            _ = try EnvironmentReader.read(setting: "list=[1")
            Issue.record("read")
        } catch {
            #expect(error.all.first?.location?.file == "--set")
        }
    }

    @Test func mistakesInGivenValuesAreSaidAtTheirPlace() throws {
        let text =
            "migrate: 1\nrunbook: r\nvariables:\n  vpc_id: {required: true, pattern: ^vpc-, about: VPC}\n"
            + "  ports: {default: [1]}\nphases: [{id: p, steps: [{id: s, soak: 5m}]}]\n"
        let given = try EnvironmentReader.read(text: "vpc_id: net-1\nport: 5\nports: 80\n", file: "e.yaml")
        do throws(Diagnostics) {
            _ = try Fixtures.plan(text, values: given)
            Issue.record("planned")
        } catch {
            #expect(
                error.all.map { $0.rendered(source: nil) } == [
                    "error: variable `vpc_id` is `net-1`, which does not match `^vpc-`\n  --> e.yaml:1:9\nhint: VPC",
                    "error: `port` is no variable of this runbook\n  --> e.yaml:2:7\nhint: did you mean `ports`?",
                    "error: variable `ports` must be a list, as its default is, not a number\n  --> e.yaml:3:8",
                ]
            )
        }
    }
}
