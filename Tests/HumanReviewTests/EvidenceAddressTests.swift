import Decisioning
import Foundation
import TestSupport
import Testing

@testable import HumanReview

@Suite struct EvidenceAddressTests {
  private let rules: EvidenceRules

  init() throws {
    rules = try EvidenceRules(try RuleSetFiles(folder: Repository.root.appending(path: "rules").path))
  }

  @Test(arguments: [
    ("https://manas.tiesas.lv/spriedumi/17", "https://manas.tiesas.lv/spriedumi/17"),
    ("HTTPS://WWW.Lursoft.LV/Firma?q=1#a", "https://www.lursoft.lv/Firma?q=1#a"),
    ("www.riigiteataja.ee/akt/1", "https://www.riigiteataja.ee/akt/1"),
    ("//ariregister.rik.ee", "https://ariregister.rik.ee"),
    ("ariregister.rik.ee:8443/x", "https://ariregister.rik.ee:8443/x"),
    ("http://ametlikudteadaanded.ee.:80/", "http://ametlikudteadaanded.ee:80/"),
    (" https://xn--rga-1za.lv/ \n", "https://xn--rga-1za.lv/"),
    ("ecli:eu:c:2025:117", "ECLI:EU:C:2025:117"),
    // A name is no host of a network because it holds one.
    ("https://notfacebook.com/", "https://notfacebook.com/"),
    ("https://facebook.com.example.lv/", "https://facebook.com.example.lv/"),
    ("https://lsm.lv/raksts/facebook.com-sods?utm_source=facebook.com", nil),
    ("https://box.com/a", "https://box.com/a"),
    ("https://web.archive.org/web/2024/https://lsm.lv/raksts", nil),
  ])
  func takesAddresses(typed: String, kept: String?) throws {
    #expect(try rules.address(typed).text == kept ?? typed)
  }

  @Test(arguments: [
    "https://facebook.com/janis", "facebook.com/janis", "https://www.facebook.com", "//facebook.com",
    "https://m.FACEBOOK.com/", "https://lv-lv.facebook.com/", "https://facebook.com./",
    "https://facebook.com:443/",
    "https://facebook.com.:8080/", "http://x.com", "https://sub.x.com/a", "ok.ru/profile/1",
    "draugiem.lv/user/1",
    "https://www.linkedin.com/in/a", "https://vk.com:443?x=1", "https://facebookwkhpilnemxj7asan.onion/a",
    "https://web.archive.org/web/2024/https://www.facebook.com/janis",
    "https://web.archive.org/web/2024/facebook.com/janis",
    "https://www.google.com/url?q=https%3A%2F%2Ffacebook.com%2Fjanis",
    "https://www.google.com/url?q=https%253A%252F%252Fm.facebook.com%252Fjanis",
    "https://example.lv/go#//user@facebook.com:443/x",
  ])
  func refusesSocialNetworks(typed: String) {
    #expect { try rules.address(typed) } throws: { error in
      guard case .blockedHost? = error as? EvidenceError else { return false }
      return true
    }
  }

  @Test(arguments: ["https://t.co/abc", "bit.ly/x", "https://www-facebook-com.translate.goog/janis"])
  func refusesAddressesThatHideTheirTarget(typed: String) {
    #expect { try rules.address(typed) } throws: { error in
      guard case .hiddenTarget? = error as? EvidenceError else { return false }
      return true
    }
  }

  @Test(arguments: [
    ("", EvidenceAddress.Fault.empty), ("   ", .empty), ("kaste 7, lapa 3", .blankOrControl),
    ("https://face\tbook.com/", .blankOrControl), ("https://face\u{200B}book.com/", .blankOrControl),
    ("https://lursoft.lv/\u{0}", .blankOrControl), ("https://lursoft.lv\\@facebook.com/", .backslash),
    ("https://lursoft.lv@facebook.com/", .userName), ("https://a:b@facebook.com/", .userName),
    ("lursoft.lv:x@facebook.com", .userName),
    ("javascript:alert(1)", .scheme), ("data:text/html,x", .scheme), ("file:///etc/passwd", .scheme),
    ("ftp://facebook.com", .scheme), ("mailto:a@b.lv", .scheme), ("https:/facebook.com", .scheme),
    ("https:facebook.com", .scheme), ("https:///facebook.com", .host), ("https://", .host),
    ("https://intranet/x", .host), ("https://face%62ook.com/", .host), ("https://a..b.lv", .host),
    ("https://-a.lv", .host), ("https://facebook.com../", .host), ("https://fаcebook.com", .notASCII),
    ("https://ｆacebook.com", .notASCII), ("https://facebook。com", .notASCII),
    ("https://157.240.1.35/", .number),
    ("https://2637693219/", .number), ("https://0x9df00123/", .number), ("https://[::1]/", .number),
    ("https://a.lv:99999", .port), ("https://a.lv:0", .port), ("https://a.lv:8x", .port),
    ("ECLI:EU:C", .ecli), ("ecli:EU:C:2025:<b>", .ecli),
    ("https://a.lv/" + String(repeating: "x", count: 3000), .tooLong),
  ])
  func refusesWhatIsNoAddress(typed: String, fault: EvidenceAddress.Fault) {
    #expect(throws: fault) { try EvidenceAddress(typed) }
    #expect(throws: EvidenceError.address(typed, fault)) { try rules.address(typed) }
  }

  /// Random bytes and random pieces of addresses neither trap nor reach a network.
  @Test func readsAnythingWithoutTrapping() throws {
    let pieces = [
      "https://", "http:", "//", "facebook.com", "@", ":", ".", "/", "?", "#", "%2F", "%", "\\", "[", "443",
      "xn--", "ā",
      "\u{202E}", "lursoft.lv", "ECLI:", "0x", "-",
    ]
    var chance = SeededGenerator(seed: 7)
    var taken = 0
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0...chance.number(below: 8) { text += pieces[chance.number(below: pieces.count)] }
      guard let address = try? rules.address(text) else { continue }
      taken += 1
      #expect(address.host != "facebook.com", "\(text)")
      #expect(!address.text.contains("\\") && !address.text.contains("\u{202E}"), "\(text)")
      // What is kept reads as itself.
      #expect(try rules.address(address.text) == address, "\(text)")
    }
    #expect(taken > 100)
  }
}
