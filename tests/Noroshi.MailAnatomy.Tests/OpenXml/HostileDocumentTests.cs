using System.Diagnostics;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Hostile;
using Noroshi.Makers.OfficeCrypto;
using Noroshi.Makers.OneNote;
using Noroshi.Makers.OpenXml;
using Noroshi.Makers.Rtf;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.OpenXml;

public sealed class HostileDocumentTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. HostileOfficeXml.All.Select(input => input.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Hostile_documents_cost_little_and_are_remarked_on(string name)
    {
        var input = HostileOfficeXml.All.Single(one => one.Name == name);
        var bytes = input.Make();
        var watch = Stopwatch.StartNew();
        var facts = Dissector.File(bytes, "hostile", new DissectionRequest { PasswordBudgetMilliseconds = 200 });
        output.WriteLine(
            $"{watch.ElapsedMilliseconds} ms, {bytes.Length} bytes: {string.Join(' ', All(facts).Distinct(StringComparer.Ordinal))}"
        );

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        facts.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
        All(facts).ShouldNotContain(one => one == "file.unreadable");
        if (input.Finding is { } finding)
        {
            All(facts).ShouldContain(code => code.StartsWith(finding, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Each_class_has_three_variants() =>
        HostileOfficeXml.All.GroupBy(input => input.Group, StringComparer.Ordinal).ShouldAllBe(group => group.Count() >= 3);

    [Fact]
    public void Cut_and_changed_documents_break_nothing()
    {
        var random = new Random(20131017);
        foreach (var seed in Seeds())
        {
            for (var i = 0; i < 60; i++)
            {
                var bytes = seed.ToArray();
                if (i % 2 == 0)
                {
                    bytes = bytes[..random.Next(bytes.Length)];
                }

                for (var flips = random.Next(1, 8); flips > 0 && bytes.Length > 0; flips--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                var facts = Dissector.File(bytes, "x", new DissectionRequest { PasswordBudgetMilliseconds = 5 });
                All(facts).ShouldNotContain(one => one == "file.unreadable");
            }
        }
    }

    private static IEnumerable<byte[]> Seeds()
    {
        yield return OpenXmlMaker.Letter().Build();
        yield return OpenXmlMaker.Outside();
        yield return OpenXmlMaker.Dde();
        yield return OpenXmlMaker.Workbook();
        yield return OpenXmlMaker.BinaryWorkbook();
        yield return OpenXmlMaker.Show();
        yield return OpenXmlMaker.OpenDocumentText();
        yield return OpenXmlMaker.WithFiles(DocumentMaker.Doc());
        yield return OfficeLocker.Agile(OpenXmlMaker.Letter().Build(), "infected", new AgileChoices { Spins = 2 });
        yield return BinaryLocker.Doc(BinaryLock.Rc4, "infected");
        yield return BinaryLocker.Xls(BinaryLock.Xor, BinaryLocker.XorPassword);
        yield return BinaryLocker.Xls(BinaryLock.CryptoApi, "infected");
        yield return BinaryLocker.Ppt("infected");
        yield return RtfMaker.Letter();
        yield return RtfMaker.Obfuscated(RtfMaker.Ole1("Package", RtfMaker.Package("a.txt", "b", "c", [1, 2, 3])));
        yield return OneNoteMaker.Section(("a.txt", "b", [1, 2, 3]));
    }

    private static IEnumerable<string> All(FileFacts file) =>
        file.Findings.Select(finding => finding.Code).Concat(file.Children.SelectMany(All));
}
