using Noroshi.MailAnatomy.Containers;
using Noroshi.Makers;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Containers;

public sealed class UnarchiversTests
{
    private static readonly MadeFile[] Files = [MadeFile.Text("質問書.scr", "harmless")];

    [Fact]
    public void A_locked_rar4_and_a_rar5_with_locked_names_differ_in_Lhaplus()
    {
        var old = Lhaplus(RarMaker.Rar4(Files, "1017"));
        var recent = Lhaplus(RarMaker.Rar5(Files, "1017", encryptHeaders: true));

        (old.Opens, recent.Opens).ShouldBe((true, false));
        (old.Basis, recent.Basis).ShouldBe(("format", "format"));
        recent.Why.ShouldContain("RAR5");
        recent.Why.ShouldContain("RAR 5");
    }

    [Theory]
    [InlineData("rar5", false, "WinRAR 3-4", false)]
    [InlineData("rar5", false, "WinRAR 5-7", true)]
    [InlineData("rar5", false, "7-Zip 9.20-15.05", false)]
    [InlineData("rar4", true, "WinRAR 3-4", true)]
    [InlineData("7z", true, "+Lhaca 1.2x", false)]
    [InlineData("zip", true, "Explzh 8-9", true)]
    public void Programs_open_what_their_era_knew(string format, bool locked, string program, bool opens)
    {
        var info = new ContainerInfo { Format = format, Encrypted = locked };

        Unarchivers.For(info).Single(line => line.Program == program).Opens.ShouldBe(opens);
    }

    [Theory]
    [InlineData("zipcrypto", true)]
    [InlineData("aes-256", false)]
    [InlineData("aes-128", false)]
    public void Windows_opens_only_the_old_cipher_of_zip(string encryption, bool opens)
    {
        var info = new ContainerInfo
        {
            Format = "zip",
            Encrypted = true,
            Encryption = encryption,
        };

        Unarchivers
            .For(info)
            .Where(line => line.Program.StartsWith("Windows", StringComparison.Ordinal))
            .ShouldAllBe(line => line.Opens == opens);
    }

    [Fact]
    public void What_no_source_says_is_unknown_and_never_tried()
    {
        var lines = Unarchivers.For(new ContainerInfo { Format = "a-format-nobody-made" });

        lines.Count.ShouldBe(11);
        lines.ShouldAllBe(line => line.Opens == null && line.Basis == "format");
    }

    [Fact]
    public void Every_row_names_a_source_that_the_manual_lists()
    {
        var manual = File.ReadAllText(Path.Combine(Root(), "docs", "unarchivers.md"));
        var rows = UnarchiversTable.Programs.SelectMany(program => program.Rows).ToList();

        rows.Count.ShouldBeGreaterThan(40);
        rows.ShouldAllBe(row => manual.Contains($"| {row.Source} |", StringComparison.Ordinal));
        rows.Where(row => row.Tried).ShouldAllBe(row => row.Source.StartsWith("tried-", StringComparison.Ordinal));
        Unarchivers.Version.ShouldMatch("^20[0-9]{2}-[0-9]{2}-[0-9]{2}$");
    }

    private static OpensIn Lhaplus(byte[] archive) =>
        Unarchivers
            .For(Outcome.Of(archive, "1017").Container.Info)
            .Single(line => line.Program.StartsWith("Lhaplus", StringComparison.Ordinal));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Noroshi.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run from within the repository.");
    }
}
