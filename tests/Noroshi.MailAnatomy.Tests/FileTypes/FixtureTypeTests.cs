using Noroshi.MailAnatomy.FileTypes.Naming;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.FileTypes;

public sealed class FixtureTypeTests
{
    [Fact]
    public void Every_fixture_is_typed_right_whatever_its_name()
    {
        var wrong = new List<string>();
        foreach (var fixture in Fixtures.All)
        {
            foreach (var name in (string[])["a", "a.pdf", "a.jpg", "a.exe", "a.txt"])
            {
                var found = Dissector.File(fixture.Bytes, name, new DissectionRequest { PasswordBudgetMilliseconds = 0 });
                if ((found.Type, found.Format) != (fixture.Type, fixture.Format))
                {
                    wrong.Add($"{fixture.Name} as {name}: {found.Type} {found.Format}");
                }

                var mismatch = found.Disguises.Contains(Disguise.ExtensionMismatch);
                if (mismatch != Pretends(fixture, name))
                {
                    wrong.Add($"{fixture.Name} as {name}: {fixture.Type} {fixture.Format} mismatch {mismatch}");
                }
            }
        }

        wrong.ShouldBeEmpty();
        Fixtures.All.Select(fixture => fixture.Name).Distinct(StringComparer.Ordinal).Count().ShouldBe(Fixtures.All.Count);
        Fixtures.All.Count.ShouldBeGreaterThan(200);
    }

    /// <summary>
    /// What honestly stands under the four names. Sources of scripts, mails and armoured keys are text to everybody and are sent as such;
    /// a storage without a format of its own has no extension that could be a wrong one.
    /// </summary>
    private static bool Pretends(Fixtures.Fixture fixture, string name) =>
        fixture.Format is not ("ole" or "vba-project")
        && FileNames.Extension(name) switch
        {
            "pdf" => fixture.Format is not "pdf",
            "jpg" => fixture.Format is not "jpg",
            "exe" => fixture.Format is not ("pe32" or "pe32+" or "dos"),
            "txt" => !Readable.Contains(fixture.Format),
            _ => false,
        };

    private static readonly string[] Readable =
    [
        .. (string[])["text", "csv", "json", "xml", "eml", "mbox", "pgp", "cert"],
        .. (string[])["js", "vbs", "bat", "ps1", "sh", "py", "php"],
    ];
}
