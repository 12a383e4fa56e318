import Testing

@testable import Access

@Suite("Permissions and roles")
struct PermissionTests {
  @Test("an actor may what one of the roles may")
  func union() {
    let both = Actor(name: "liga", roles: [.reviewer, .auditor])
    #expect(both.may(.review))
    #expect(both.may(.statistics))
    #expect(!both.may(.approve))
    #expect(!both.may(.administer))
  }

  @Test("nobody's roles allow nothing", arguments: Permission.allCases)
  func nobody(_ permission: Permission) {
    #expect(!Actor(name: "system", roles: []).may(permission))
  }

  @Test("an administrator handles no cases, and who handles cases administers nothing")
  func separation() {
    let administrator = Actor(name: "anna", roles: [.administrator])
    #expect(!administrator.may(.review) && !administrator.may(.approve) && !administrator.may(.contest))
    let senior = Actor(name: "liga", roles: [.senior])
    #expect(!senior.may(.administer) && !senior.may(.activate))
  }

  @Test("whoever may stop is more people than may lift")
  func stopping() {
    #expect(Permission.lift.roles.isStrictSubset(of: Permission.stop.roles))
  }

  @Test("every person's role may read personal data")
  func reading() {
    #expect(Role.people.allSatisfy { Actor(name: "x", roles: [$0]).may(.readPersonalData) })
    #expect(Role.people.count == Role.allCases.count - 1)
  }

  @Test("a service may nothing that people may", arguments: Permission.allCases)
  func service(_ permission: Permission) {
    #expect(!Actor(name: "order-intake", roles: [.service]).may(permission))
  }
}
