using Noroshi.MailAnatomy.Passwords;
using Noroshi.Makers;
using Noroshi.Makers.Documents;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Passwords;

public sealed class ConfirmationTests
{
    [Fact]
    public void A_weak_hit_is_confirmed_by_the_smallest_entry()
    {
        var large = new MadeFile("large.bin", [.. Enumerable.Range(0, 40_000).Select(i => (byte)(i * 7))]);
        var archive = RarMaker.Rar4([large, MadeFile.Text("small.txt", "small")], MadeDocuments.Password, encryptHeaders: true);

        // The first entry is damaged: whoever confirmed by it would take the right password for a wrong one.
        archive[20_000] ^= 0xFF;
        var facts = Dissector.File(
            archive,
            "a.rar",
            new DissectionRequest { Candidates = [new PasswordCandidate(MadeDocuments.Password, "given", "test")] }
        );

        facts.Password.ShouldNotBeNull().Value.ShouldBe(MadeDocuments.Password);
        facts.Children.Select(child => child.Name).ShouldBe(["large.bin", "small.txt"]);
        facts.Children[1].Format.ShouldBe("text");
    }
}
