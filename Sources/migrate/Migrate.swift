@main
enum Migrate {
    static func main() {}
}
