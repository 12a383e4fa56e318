@main
struct Bonitas {
  static func main() {}
}
