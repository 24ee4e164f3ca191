#include <Catch.hpp>
#include <tutti/room/Invitation.hpp>

using namespace tutti;
using namespace tutti::room;

namespace {

Secret someSecret()
{
  Secret::Bytes bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i * 13 + 5);
  return Secret{bytes};
}

Invitation someInvitation()
{
  Fingerprint fingerprint{};
  fingerprint.fill(std::byte{0x5a});
  return {"stage.example.org", 4711, "Jazz cellar \u266a", someSecret(), fingerprint};
}

std::string complaintAbout(std::string_view link)
{
  const auto invitation = Invitation::parse(link);
  REQUIRE_FALSE(invitation);
  return invitation.error().detail;
}

} // namespace

TEST_CASE("An invitation survives the way through a message")
{
  const auto link = someInvitation().link();
  CHECK(Invitation::parse(link) == someInvitation());
  CHECK(Invitation::parse("  <" + link + ">\n") == someInvitation());
}

TEST_CASE("The host's own invitation survives as well, and the others' is the same without the host's part")
{
  auto invitation = someInvitation();
  invitation.hostSeed = drawHostSeed();
  CHECK(Invitation::parse(invitation.link()) == invitation);
  CHECK(invitation.forOthers() == someInvitation());
  invitation.secret.reset();
  invitation.fingerprint.reset();
  CHECK(Invitation::parse(invitation.link()) == invitation);
  for (const char* end : {".", ".AAAA", ".not base64"})
    CHECK(complaintAbout(someInvitation().link() + end).find("damaged") != std::string::npos);
}

TEST_CASE("Whoever has the seed signs as the same host, and is another member")
{
  const auto seed = drawHostSeed();
  const auto one = MemberKeys::ofHost(seed);
  const auto two = MemberKeys::ofHost(seed);
  CHECK(one.signPublic() == two.signPublic());
  CHECK(one.id() != two.id());
  CHECK(one.boxPublic() != two.boxPublic());
  CHECK(one.signPublic() != MemberKeys::ofHost(drawHostSeed()).signPublic());
  const std::array<std::byte, 3> words{std::byte{1}, std::byte{2}, std::byte{3}};
  CHECK(isSignedBy(two.signPublic(), words, one.sign(words)));
}

TEST_CASE("Nothing secret stands in front of the hash")
{
  const auto link = someInvitation().link();
  CHECK(link.starts_with("tutti://stage.example.org:4711/Jazz%20cellar%20%E2%99%AA#v1."));
}

TEST_CASE("The usual port is left out, brackets stand around IPv6")
{
  auto invitation = someInvitation();
  invitation.port = kDefaultPort;
  invitation.host = "2001:db8::7";
  CHECK(invitation.link().starts_with("tutti://[2001:db8::7]/"));
  CHECK(Invitation::parse(invitation.link()) == invitation);
  invitation.port = 99;
  CHECK(Invitation::parse(invitation.link()) == invitation);
}

TEST_CASE("A room with a password is invited to without its secret")
{
  auto invitation = someInvitation();
  invitation.secret.reset();
  CHECK(Invitation::parse(invitation.link()) == invitation);
}

TEST_CASE("A directory with a public certificate needs no fingerprint")
{
  auto invitation = someInvitation();
  invitation.fingerprint.reset();
  CHECK(Invitation::parse(invitation.link()) == invitation);
}

TEST_CASE("What is wrong with a link is said in words")
{
  const auto link = someInvitation().link();
  CHECK(complaintAbout("").find("tutti://") != std::string::npos);
  CHECK(complaintAbout("https://example.org").find("does not begin with tutti://") != std::string::npos);
  CHECK(complaintAbout("tutti://host/room").find("behind #") != std::string::npos);
  CHECK(complaintAbout("tutti://host#v1..").find("names no room") != std::string::npos);
  CHECK(complaintAbout("tutti:///room#v1..").find("names no computer") != std::string::npos);
  CHECK(complaintAbout("tutti://host:0/room#v1..").find("port") != std::string::npos);
  CHECK(complaintAbout("tutti://host:66000/room#v1..").find("port") != std::string::npos);
  CHECK(complaintAbout("tutti://[10.0.0.1]/room#v1..").find("brackets") != std::string::npos);
  CHECK(complaintAbout("tutti://host/ro%0aom#v1..").find("room cannot be read") != std::string::npos);
  CHECK(complaintAbout("tutti://host/room#v2.a.b").find("newer Tutti") != std::string::npos);
  CHECK(complaintAbout(link.substr(0, link.size() - 1)).find("end is damaged") != std::string::npos);
  CHECK(complaintAbout("tutti://host/room#v1.abc.").find("key is damaged") != std::string::npos);
  CHECK(complaintAbout("tutti://host/room#v1.abc").find("end is missing") != std::string::npos);
  CHECK(complaintAbout("tutti://" + std::string(2000, 'a') + "/room#v1..").find("too long") !=
        std::string::npos);
}

TEST_CASE("A room's name is one line of text")
{
  CHECK(checkRoomName("Tuesday"));
  CHECK_FALSE(checkRoomName(""));
  CHECK_FALSE(checkRoomName("a\nb"));
  CHECK_FALSE(checkRoomName(std::string(65, 'x')));
  CHECK_FALSE(checkRoomName("\xff"));
}
