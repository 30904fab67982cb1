using System.Text;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Shortcuts;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Shortcuts;

public sealed class LinkReportTests
{
    private static readonly Guid Volume = new("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee");

    /// <summary>Version 1: 2013-10-17 08:41:36 UTC on a card of 00:00:5e:00:53:2a, an address for examples (RFC 7042).</summary>
    private static readonly Guid File = new("eeaf2000-3707-11e3-8a00-00005e00532a");

    internal static LinkMaker Full() =>
        new LinkMaker
        {
            ShowCommand = 7,
            IconIndex = 3,
            HotKey = 0x0341,
        }
            .Target("C:\\", "作業", "nowhere program.exe")
            .Location(0x1234ABCD, "DATA", [.. "C:\\"u8, 0x8D, 0xEC, 0x8B, 0xC6, .. "\\nowhere program.exe"u8])
            .Text(4, "説明")
            .Text(0x10, "C:\\作業")
            .Text(0x20, "/c rem http://c2.example.com/x")
            .Text(0x40, "%SystemRoot%\\System32\\shell32.dll")
            .Tracker("maker-pc", Volume, File)
            .Property(new Guid("46588AE2-4CBC-4338-BBFC-139326986DCE"), 4, "S-1-5-21-1-2-3-1001");

    [Fact]
    public void A_link_tells_where_it_was_made()
    {
        var traits = Inspect(Full().Build()).Traits;
        string[] Values(string name) => [.. traits.Where(trait => trait.Name == name).Select(trait => trait.Value)];

        Values("targetPath").ShouldBe(["C:\\作業\\nowhere program.exe"]);
        Values("codePage").ShouldBe(["shift_jis"]);
        Values("volumeSerial").ShouldBe(["1234abcd"]);
        Values("volumeLabel").ShouldBe(["DATA"]);
        Values("machineId").ShouldBe(["maker-pc"]);
        Values("macAddress").ShouldContain(one => one == "00:00:5e:00:53:2a");
        Values("droidTime").ShouldContain(one => one == "2013-10-17T08:41:36Z");
        Values("droidVolumeId").ShouldBe([Volume.ToString()]);
        Values("ownerSid").ShouldBe(["S-1-5-21-1-2-3-1001"]);
        Values("mftReference").ShouldBe(["12345-7"]);
        Values("commandLine").ShouldBe(["C:\\作業\\nowhere program.exe /c rem http://c2.example.com/x"]);
        Values("hotKey").ShouldBe(["Ctrl+Shift+A"]);
        Values("targetModifiedAt").ShouldBe(["2013-10-17T08:41:36Z"]);
    }

    [Fact]
    public void A_folder_icon_on_a_hidden_program_is_remarked_on()
    {
        var inspection = Inspect(Full().Build());

        inspection.IconOfAnotherType.ShouldBeTrue();
        Codes(inspection).ShouldBe(["shortcut.hidden-window", "shortcut.document-icon"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("cmd.exe", "/c rem", "shortcut.interpreter")]
    [InlineData("mshta.exe", "nowhere.hta", "shortcut.interpreter")]
    [InlineData("notes.txt", "a\n\n\nb", "shortcut.padded-arguments")]
    [InlineData("notes.txt", "                                 b", "shortcut.padded-arguments")]
    public void Arguments_that_run_or_hide_something_are_remarked_on(string target, string arguments, string code) =>
        Codes(Inspect(new LinkMaker().Target("C:\\", target).Text(0x20, arguments).Build())).ShouldBe([code]);

    [Fact]
    public void More_arguments_than_the_dialog_shows_are_remarked_on() =>
        Codes(Inspect(new LinkMaker().Target("C:\\", "notes.txt").Text(0x20, new string('x', 261)).Build()))
            .ShouldBe(["shortcut.long-arguments"]);

    [Theory]
    [InlineData("-e")]
    [InlineData("-EncodedCommand")]
    [InlineData("/enc")]
    [InlineData("–en")]
    public void A_command_in_base64_is_decoded(string option)
    {
        var inner = Convert.ToBase64String(Encoding.Unicode.GetBytes("# http://inner.example.com/"));
        var outer = Convert.ToBase64String(Encoding.Unicode.GetBytes($"powershell -enc {inner}"));
        var inspection = Inspect(new LinkMaker().Target("C:\\", "powershell.exe").Text(0x20, $"-nop {option} {outer}").Build());

        inspection.Texts.ShouldContain(one => one == "# http://inner.example.com/");
        Codes(inspection).ShouldContain(one => one == "shortcut.encoded-command");
    }

    [Fact]
    public void A_policy_is_no_command() =>
        Codes(Inspect(new LinkMaker().Target("C:\\", "powershell.exe").Text(0x20, "-ep AAAAAAAAAAAAAAAAAAAAAAAA").Build()))
            .ShouldBe(["shortcut.interpreter"]);

    [Fact]
    public void A_payload_behind_the_link_is_a_file_inside()
    {
        var inspection = Inspect(
            new LinkMaker { Appended = [.. new byte[20], 1, .. DocumentMaker.Pdf()] }
                .Target("C:\\", "notes.txt")
                .Build()
        );

        Codes(inspection).ShouldContain(one => one == "shortcut.appended-data");
        inspection.Inner.Count.ShouldBe(2);
        inspection.Inner[1].Size.ShouldBe(DocumentMaker.Pdf().Length);
    }

    [Theory]
    [InlineData("\\\\fileserver\\share", 0x20000u, "shortcut.share-target")]
    [InlineData("\\\\192.168.1.2\\share", 0x20000u, "shortcut.share-target")]
    [InlineData("\\\\dav.example.com@SSL\\DavWWWRoot", 0x2E0000u, "shortcut.web-target")]
    [InlineData("\\\\203.0.113.5\\share", 0x20000u, "shortcut.web-target")]
    public void Shares_of_the_house_and_servers_outside_differ(string share, uint provider, string code) =>
        Codes(Inspect(new LinkMaker().Share(share, provider, "notes.txt").Build())).ShouldBe([code]);

    [Fact]
    public void Another_target_in_the_variables_than_in_the_items_is_remarked_on() =>
        Codes(Inspect(new LinkMaker().Target("C:\\", "notes.txt").Variable(1, "%SystemRoot%\\other.txt").Build()))
            .ShouldBe(["shortcut.environment-target", "shortcut.two-targets"], ignoreOrder: true);

    [Fact]
    public void A_link_to_a_document_has_no_findings() =>
        Codes(Inspect(new LinkMaker().Target("C:\\", "資料", "報告書.docx").Text(0x40, "C:\\winword.exe").Build())).ShouldBeEmpty();

    [Theory]
    [InlineData("[InternetShortcut]\nURL=https://www.example.com/\nIconFile=https://www.example.com/favicon.ico\n", "")]
    [InlineData("[InternetShortcut]\nURL=file://203.0.113.5/share/a.exe\n", "shortcut.web-target shortcut.file-url")]
    [InlineData("[InternetShortcut]\nURL=file:///C:/Windows/System32/calc.exe\n", "shortcut.file-url")]
    [InlineData("[InternetShortcut]\nURL=https://www.example.com/\nIconFile=\\\\203.0.113.5\\x\\i.ico\n", "shortcut.remote-icon")]
    [InlineData("[Shell]\nCommand=2\nIconFile=\\\\203.0.113.5\\x\\i.ico\n", "shortcut.remote-icon")]
    [InlineData("[Desktop Entry]\nType=Application\nExec=sh -c true\n", "shortcut.runs-command")]
    [InlineData("full address:s:rdp.example.com\nusername:s:guest\ndrivestoredirect:s:*\nscreen mode id:i:2\n", "shortcut.remote-session")]
    [InlineData(
        "<?xml version=\"1.0\"?><PCSettings><SearchableContent><DeepLink>%windir%\\system32\\cmd.exe /c rem</DeepLink></SearchableContent></PCSettings>",
        "shortcut.runs-command"
    )]
    [InlineData(
        "<?xml version=\"1.0\"?><libraryDescription><simpleLocation><url>\\\\dav.example.com@80\\x</url></simpleLocation></libraryDescription>",
        "shortcut.web-target"
    )]
    public void Shortcuts_of_text_are_judged_by_where_they_lead(string text, string codes) =>
        string.Join(' ', Codes(Inspect(Encoding.UTF8.GetBytes(text)))).ShouldBe(codes);

    [Theory]
    [InlineData("[InternetShortcut]\nURL=http://a.example.com/\n", "http://a.example.com/")]
    [InlineData("full address:s:rdp.example.com:3390\nscreen mode id:i:2\n", "rdp.example.com:3390")]
    [InlineData(
        "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>URL</key><string>http://a.example.com/?a=1&amp;b=2</string></dict></plist>",
        "http://a.example.com/?a=1&b=2"
    )]
    [InlineData("<?xml version=\"1.0\"?><jnlp codebase=\"http://a.example.com/app\"></jnlp>", "http://a.example.com/app")]
    public void The_target_is_a_trait_and_a_text(string text, string target)
    {
        var inspection = Inspect(Encoding.UTF8.GetBytes(text));

        inspection.Traits.ShouldContain(trait => trait.Name == "externalTarget" && trait.Value == target);
        inspection.Texts.ShouldContain(one => one == target);
    }

    [Fact]
    public void A_binary_property_list_names_its_page()
    {
        byte[] bytes = [.. "bplist00"u8, 0xD1, 1, 2, .. "SURL"u8, 0x5F, 0x10, 21, .. "http://a.example.com/"u8, .. new byte[20]];

        Inspect(bytes).Texts.ShouldBe(["http://a.example.com/"]);
    }

    private static List<string> Codes(FileInspection inspection) => [.. inspection.Findings.Select(finding => finding.Code)];

    private static FileInspection Inspect(byte[] bytes)
    {
        var inspection = new FileInspection();
        var (recogniser, match) = FileTypeTable.Recognise(bytes).ShouldNotBeNull();
        match.Type.ShouldBe(FileType.Shortcut);
        recogniser.Inspect(bytes, match, inspection);
        return inspection;
    }
}
