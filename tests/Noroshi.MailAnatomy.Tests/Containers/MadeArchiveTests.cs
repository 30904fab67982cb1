using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Findings;
using Noroshi.Makers;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Containers;

/// <summary>Archives that the project's own makers write, open and locked.</summary>
public sealed class MadeArchiveTests
{
    private const string Password = "h22ki-Pass";

    internal static readonly MadeFile[] Files =
    [
        MadeFile.Text("報告書.txt", "議事録を添付いたします。\n"),
        new("資料/一覧表.bin", [.. Enumerable.Range(0, 5_003).Select(i => (byte)(i * 7))]),
    ];

    internal static readonly Dictionary<string, byte[]> Archives = new(StringComparer.Ordinal)
    {
        ["rar4"] = RarMaker.Rar4(Files),
        ["rar4 locked"] = RarMaker.Rar4(Files, Password),
        ["rar4 names"] = RarMaker.Rar4(Files, Password, encryptHeaders: true),
        ["rar5"] = RarMaker.Rar5(Files, comment: "作成者: 山田"),
        ["rar5 locked"] = RarMaker.Rar5(Files, Password, comment: "作成者: 山田"),
        ["rar5 names"] = RarMaker.Rar5(Files, Password, encryptHeaders: true, comment: "作成者: 山田"),
        ["zip"] = ZipMaker.Zip(Files, new ZipChoices { Comment = "覚え書き" }),
        ["zip locked"] = ZipMaker.Zip(Files, new ZipChoices { Lock = ZipLock.ZipCrypto, Password = Password }),
        ["zip aes"] = ZipMaker.Zip(Files, new ZipChoices { Lock = ZipLock.Aes256, Password = Password }),
        ["zip aes stored"] = ZipMaker.Zip(
            Files,
            new ZipChoices
            {
                Lock = ZipLock.Aes256,
                Password = Password,
                Deflate = false,
            }
        ),
        ["7z"] = SevenZipMaker.SevenZip(Files),
        ["7z locked"] = SevenZipMaker.SevenZip(Files, Password),
        ["7z names"] = SevenZipMaker.SevenZip(Files, Password, encryptHeader: true),
    };

    public static TheoryData<string> All => [.. Archives.Keys];

    public static TheoryData<string> Locked => [.. Archives.Keys.Where(name => name.Contains(' ', StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_made_archive_gives_its_files_back(string name)
    {
        var outcome = Outcome.Of(Archives[name], Password);

        outcome.Entries.Select(entry => entry.Entry.Name).ShouldBe(Files.Select(file => file.Name));
        for (var i = 0; i < Files.Length; i++)
        {
            outcome.Entries[i].Content.ShouldBe(Files[i].Content);
        }

        outcome.Findings.ShouldBeEmpty();
        outcome.Entries.ShouldAllBe(entry =>
            entry.Entry.ModifiedAt != null && entry.Entry.ModifiedAt.StartsWith("2013-10-17T09:30:00", StringComparison.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Locked))]
    public void A_locked_archive_keeps_its_content_and_says_why(string name)
    {
        var outcome = Outcome.Of(Archives[name]);

        outcome.Whole.ShouldBe(0);
        outcome.Container.Info.Encrypted.ShouldBeTrue();
        outcome.Container.Info.HeaderEncrypted.ShouldBe(name.EndsWith("names", StringComparison.Ordinal));
        outcome
            .Has(outcome.Container.Info.HeaderEncrypted ? FindingCodes.Container.NamesLocked : FindingCodes.Container.PasswordNeeded)
            .ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Locked))]
    public void Only_the_right_password_passes_the_probe(string name)
    {
        var probe = ContainerFormats.Recognise(Archives[name])?.CreateProbe(Archives[name]);

        probe.ShouldNotBeNull();
        probe.Check(Password).ShouldBeTrue();
        foreach (var wrong in (string[])["", "pass", "H22KI-PASS", Password + " ", "パスワード"])
        {
            probe.Check(wrong).ShouldBeFalse();
        }

        probe.CostMilliseconds.ShouldBeInRange(0.001, 100);
    }

    [Theory]
    [MemberData(nameof(Locked))]
    public void A_wrong_password_gives_no_content(string name)
    {
        var outcome = Outcome.Of(Archives[name], "wrong");

        outcome.Whole.ShouldBe(0);
        (outcome.Failed > 0 || outcome.Has(FindingCodes.Container.PasswordWrong)).ShouldBeTrue();
    }

    [Fact]
    public void Open_archives_have_no_probe()
    {
        foreach (var name in (string[])["rar4", "rar5", "zip", "7z"])
        {
            ContainerFormats.Recognise(Archives[name])?.CreateProbe(Archives[name]).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("rar4 names", "rar4", "2.9", "rar3-aes-128", "windows", null)]
    [InlineData("rar5 names", "rar5", "5.0", "aes-256", "windows", "作成者: 山田")]
    [InlineData("rar5 locked", "rar5", "5.0", "aes-256", "windows", "作成者: 山田")]
    [InlineData("zip", "zip", "2.0", null, "fat", "覚え書き")]
    [InlineData("zip locked", "zip", "2.0", "zipcrypto", "fat", null)]
    [InlineData("zip aes", "zip", "5.1", "aes-256", "fat", null)]
    [InlineData("7z names", "7z", "0.4", "aes-256", null, null)]
    public void The_container_tells_what_it_is(
        string name,
        string format,
        string version,
        string? encryption,
        string? host,
        string? comment
    )
    {
        var info = Outcome.Of(Archives[name], Password).Container.Info;

        (info.Format, info.FormatVersion, info.Encryption, info.HostOs, info.Comment).ShouldBe(
            (format, version, encryption, host, comment)
        );
    }

    [Theory]
    [InlineData(ZipNames.Utf8Flagged, "utf-8")]
    [InlineData(ZipNames.Utf8Bare, "utf-8")]
    [InlineData(ZipNames.Cp932, "shift_jis")]
    [InlineData(ZipNames.EucJp, "euc-jp")]
    public void Names_are_read_in_the_charset_they_were_written_in(ZipNames names, string charset)
    {
        string[] wanted = ["お見積り依頼書.doc", "能力表ソース.xls", "製品仕様/図面一覧表.pdf", "マニュアル(第2版).jtd"];
        var archive = ZipMaker.Zip([.. wanted.Select(name => MadeFile.Text(name, name))], new ZipChoices { Names = names });

        var outcome = Outcome.Of(archive);

        outcome.Entries.Select(entry => entry.Entry.Name).ShouldBe(wanted);
        outcome.Entries.ShouldAllBe(entry => entry.Entry.NameCharset == charset);
    }

    [Fact]
    public void A_japanese_zip_password_is_tried_in_both_charsets()
    {
        var archive = ZipMaker.Zip(Files, new ZipChoices { Lock = ZipLock.Aes256, Password = "平成２５年" });

        Outcome.Of(archive, "平成２５年").Whole.ShouldBe(2);
    }

    [Fact]
    public void The_same_files_make_the_same_bytes()
    {
        RarMaker.Rar5(Files, Password, true).ShouldBe(RarMaker.Rar5(Files, Password, true));
        Encoding.ASCII.GetString(RarMaker.Rar5(Files)[..4]).ShouldBe("Rar!");
    }
}
