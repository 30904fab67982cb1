using System.Text;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Cli;

public sealed class ManifestTests
{
    [Fact]
    public void A_manifest_with_BOM_and_CRLF_states_organisation_direction_channel_and_time()
    {
        using var folder = new Folder();
        folder.Add("a/1.eml", Mails.Plain("x"));
        folder.Add("unlisted/2.eml", Mails.Plain("y"));
        var manifest = folder.Add(
            "m.jsonl",
            [
                .. Encoding.UTF8.Preamble,
                .. Encoding.UTF8.GetBytes(
                    """{"file":"a/1.eml","organization":"power-a","window":"w","direction":"outbound","channel":"form","receivedAt":"2013-10-17T09:02:00+09:00"}"""
                        + "\r\n\r\n"
                ),
            ]
        );
        var alone = Cli.Run("analyze", "--manifest", manifest, "--json");
        var mail = alone.Mails.ShouldHaveSingleItem();
        mail.GetProperty("file").GetString().ShouldBe("a/1.eml");
        mail.GetProperty("organization").GetString().ShouldBe("power-a");
        mail.GetProperty("window").GetString().ShouldBe("w");
        mail.GetProperty("direction").GetString().ShouldBe("outbound");
        mail.GetProperty("channel").GetString().ShouldBe("form");
        mail.GetProperty("receivedAt").GetString().ShouldBe("2013-10-17T09:02:00+09:00");
        mail.GetProperty("timeSource").GetString().ShouldBe("manifest");
        var both = Cli.Run("analyze", folder.Root, "--manifest", manifest, "--json");
        both.Mails.Select(one => one.GetProperty("organization").GetString()).ShouldBe(["power-a", null]);
    }

    [Theory]
    [InlineData("""{"file":"gone.eml","organization":"a"}""", 3, "gone.eml")]
    [InlineData("not json", 1, "line 1")]
    [InlineData("""{"file":"/etc/passwd","organization":"a"}""", 1, "leads out")]
    [InlineData("""{"file":"../../../../../../../../etc/passwd","organization":"a"}""", 1, "leads out")]
    [InlineData("""{"file":"1.eml","organization":"a","statedEvents":[null]}""", 1, "line 1: a list holds null")]
    [InlineData("""{"file":"1.eml"}""", 1, "line 1")]
    [InlineData("""{"file":"1.eml","organization":"a","receivedAt":"2013-10-17T09:02:00"}""", 1, "offset")]
    [InlineData("""{"file":"1.eml","organization":"a"}|{"file":"./1.eml","organization":"b"}""", 1, "line 2")]
    public void A_manifest_that_cannot_be_used_stops_the_run_and_says_where(string lines, int code, string says)
    {
        using var folder = new Folder();
        folder.Add("1.eml", Mails.Plain("x"));
        var manifest = folder.Add("m.jsonl", lines.Replace('|', '\n'));
        var result = Cli.Run("analyze", folder.Root, "--manifest", manifest, "--json");
        result.Code.ShouldBe(code);
        result.Error.ShouldContain(says);
        result.Error.ShouldContain("m.jsonl");
        result.Out.ShouldBeEmpty();
    }

    [Fact]
    public void A_members_file_that_cannot_be_used_stops_the_run()
    {
        using var folder = new Folder();
        folder.Add("1.eml", Mails.Plain("x"));
        var members = folder.Add("members.json", """{"organizations":[{"id":"a"},{"id":"a"}]}""");
        var twice = Cli.Run("analyze", folder.Root, "--members", members);
        twice.Code.ShouldBe(1);
        twice.Error.ShouldContain("'a'");
        Cli.Run("analyze", folder.Root, "--members", folder["gone.json"]).Code.ShouldBe(3);
    }

    [Theory]
    [InlineData("""{"organizations":[null]}""", "null")]
    [InlineData("""{"organizations":[{"id":"a","affiliates":[null]}]}""", "null")]
    [InlineData("""{"organizations":[{"id":"a","domains":[null]}]}""", "null")]
    [InlineData("""{"organizations":[{"id":"a","networks":["192.0.2.0/99"]}]}""", "192.0.2.0/99")]
    public void What_a_members_file_cannot_mean_is_said_and_never_passed_over(string members, string says)
    {
        var error = Should.Throw<Noroshi.Hub.Intake.IntakeFileException>(() => Noroshi.Hub.Intake.Members.Read(members));
        error.Message.ShouldContain(says);
    }

    [Fact]
    public void An_organisation_that_the_members_file_does_not_know_is_named()
    {
        using var folder = new Folder();
        folder.Add("power-z/w/1.eml", Mails.Plain("x"));
        var members = folder.Add("members.json", """{"organizations":[{"id":"power-a","domains":["@Power-A.example."]}]}""");
        Cli.Run("analyze", folder.Root, "--members", members).Error.ShouldContain("power-z");
        folder.Add("power-a/w/1.eml", Mails.Plain("x"));
        Directory.Delete(folder["power-z"], recursive: true);
        var known = Cli.Run("analyze", folder.Root, "--json", "--members", members);
        known.Error.ShouldNotContain("power-a");
        known.Mails[0].GetProperty("direction").GetString().ShouldBe("inbound");
    }
}
