using System.Text;
using System.Text.Json;
using Noroshi.Makers;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Cli;

public sealed class TalkTests
{
    private const string Rlo = "\u202E";

    [Fact]
    public void Usage_errors_are_2_and_speak_the_language_that_was_asked_for()
    {
        Cli.Run("analyze", "--nonsense", "x").Code.ShouldBe(2);
        Cli.Run().Code.ShouldBe(2);
        Cli.Run("analyze").Code.ShouldBe(2);
        Cli.Run("version", "--lang", "fr").Code.ShouldBe(2);
        var english = Cli.Run("analyze", "x", "--fail-on", "nonsense", "--lang", "en");
        english.Code.ShouldBe(2);
        english.Error.ShouldContain("attack, conversation and finding:CODE are known");
        english.Out.ShouldBeEmpty();
        Cli.Run("--lang", "ja", "analyze", "x", "--fail-on", "finding:no.such").Error.ShouldContain("そのコードはありません");
    }

    [Fact]
    public void Help_is_in_both_languages_headings_included()
    {
        var english = Cli.RunWith(("LANG", "ja_JP.UTF-8"), "analyze", "--help", "--lang", "en");
        english.Code.ShouldBe(0);
        english.Out.ShouldContain("Usage:");
        english.Out.ShouldContain("take mails apart");
        var japanese = Cli.RunWith(("LANG", "ja_JP.UTF-8"), "analyze", "--help");
        japanese.Out.ShouldContain("使用法");
        japanese.Out.ShouldContain("メールを分解");
        japanese.Out.ShouldNotContain("Usage:");
    }

    [Fact]
    public void What_is_not_found_is_3_and_its_name_is_escaped()
    {
        using var folder = new Folder();
        var missing = Cli.Run("analyze", $"no{Rlo}\u001b[31m.eml");
        missing.Code.ShouldBe(3);
        missing.Error.ShouldContain("no<RLO><1B>[31m.eml");
        Cli.Run("dissect", $"no{Rlo}").Error.ShouldContain("no<RLO>");
        var empty = Cli.Run("analyze", folder.Root, "--json");
        empty.Code.ShouldBe(3);
        empty.Mails.ShouldBeEmpty();
        Cli.Run("dissect", folder.Root).Code.ShouldBe(2);
    }

    [Fact]
    public void Nothing_of_a_mail_or_a_file_name_moves_the_cursor_or_the_reading_order()
    {
        using var folder = new Folder();
        var name = $"a{Rlo}gpj.eml";
        folder.Add(
            name,
            Mails.With(
                $"s{Rlo}x\u0007\u009b\u2066",
                "Thu, 17 Oct 2013 09:02:00 +0900",
                "body\u001b[2J\u202d",
                $"a{Rlo}fdp.exe",
                "MZ"u8.ToArray()
            )
        );
        foreach (var result in new[] { Cli.Run("analyze", folder.Root), Cli.Run("dissect", folder[name]) })
        {
            result.Code.ShouldBe(0, result.Error);
            result.Out.ShouldContain("a<RLO>gpj.eml");
            result.Out.ShouldContain("s<RLO>x");
            (result.Out + result.Error)
                .Where(one =>
                    one != '\n' && (char.IsControl(one) || char.GetUnicodeCategory(one) == System.Globalization.UnicodeCategory.Format)
                )
                .ShouldBeEmpty();
        }
    }

    [Fact]
    public void People_get_a_tree_in_their_language_and_the_talk_stays_on_standard_error()
    {
        using var folder = new Folder();
        folder.Add("power-a/w/1.eml", Mails.Plain("件名です"));
        var japanese = Cli.Run("analyze", folder.Root, "--lang", "ja");
        japanese.Out.ShouldContain("差出人: tanaka@webmail.example");
        japanese.Out.ShouldContain("組織: power-a / w");
        japanese.Error.ShouldContain("入力 1 件からメール 1 通。");
        var english = Cli.RunWith(("NO_COLOR", "1"), "analyze", folder.Root, "--lang=en");
        english.Out.ShouldContain("From: tanaka@webmail.example");
        english.Error.ShouldContain("1 mails from 1 inputs.");
        english.Out.ShouldNotContain("\u001b");
    }

    [Fact]
    public void An_archive_without_mails_is_a_matter_for_dissect_and_analyze_says_so()
    {
        using var folder = new Folder();
        var zip = folder.Add("a.zip", Mails.LockedZip("test", ("a.txt", "hello"u8.ToArray())));
        var result = Cli.Run("analyze", zip, "--lang", "en");
        result.Code.ShouldBe(1);
        result.Error.ShouldContain("noroshi dissect");
        var rar = folder.Add("b.rar", RarMaker.Rar5([MadeFile.Text("b.txt", "hello")], "Given-1", encryptHeaders: true));
        var dissected = Cli.Run("dissect", zip, rar, "--json", "--password", "Given-1");
        dissected.Code.ShouldBe(0, dissected.Error);
        ContractShape.Walk(dissected.Json, "dissection").ShouldBeGreaterThan(5);
        var files = dissected.Json.GetProperty("files").EnumerateArray().ToList();
        files[0].GetProperty("password").GetProperty("value").GetString().ShouldBe("test");
        files[1].GetProperty("password").GetProperty("source").GetString().ShouldBe("given");
        files[1].GetProperty("children")[0].GetProperty("name").GetString().ShouldBe("b.txt");
        files[1]
            .GetProperty("opensIn")
            .EnumerateArray()
            .Select(one => one.GetProperty("program").GetString())
            .ShouldContain(program => program != null && program.Contains("Lhaplus"));
    }

    [Fact]
    public void An_input_beyond_64_MiB_is_read_in_part_and_hashed_whole()
    {
        using var folder = new Folder();
        var path = folder.Add("big.bin", "");
        using (var file = File.OpenWrite(path))
        {
            file.SetLength((64 << 20) + 5);
        }

        using var again = File.OpenRead(path);
        var whole = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(again));
        var found = Cli.Run("dissect", path, "--json").Json.GetProperty("files")[0];
        found.GetProperty("sha256").GetString().ShouldBe(whole);
        found.GetProperty("size").GetInt64().ShouldBe((64 << 20) + 5);
        found.GetProperty("findings").EnumerateArray().ShouldContain(one => one.GetProperty("code").GetString() == "limit.file-size");
    }

    [Fact]
    public void Version_is_one_line_and_doctor_names_the_grade()
    {
        Cli.Run("version").Out.ShouldMatch(@"^\d+\.\d+\.\d+\n$");
        var doctor = Cli.Run("doctor", "--json");
        doctor.Code.ShouldBe(0, doctor.Error);
        doctor.Json.GetProperty("isolation").GetProperty("grade").GetString().ShouldBeOneOf("A", "B", "C");
        doctor.Json.GetProperty("isolation").GetProperty("missing").ValueKind.ShouldBe(JsonValueKind.Array);
        Cli.Run("doctor", "--lang", "ja").Out.ShouldContain("等級");
    }
}
