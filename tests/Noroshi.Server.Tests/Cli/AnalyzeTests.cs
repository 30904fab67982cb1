using System.Security.Cryptography;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Cli;

public sealed class AnalyzeTests
{
    [Fact]
    public void Every_property_of_the_contract_is_there_in_its_order_and_type()
    {
        using var folder = new Folder();
        folder.Add(
            "power-a/inquiry/1.eml",
            Mails.Forward(
                Mails.With(
                    "attack",
                    "Thu, 17 Oct 2013 09:02:00 +0900",
                    "pw: infected",
                    "a.zip",
                    Mails.LockedZip("infected", ("x.exe", "MZ"u8.ToArray()))
                )
            )
        );
        folder.Add("2.eml", "");
        folder.Add("3.eml", Noroshi.Makers.Corpus.MailMaker.Inquiry().Header("Subject", "http").Body("http://evil.example/a\r\n"u8).Done());
        var result = Cli.Run("analyze", folder.Root, "--json");
        result.Code.ShouldBe(0, result.Error);
        ContractShape.Walk(result.Json, "analysis").ShouldBeGreaterThan(10);
        result.Json.GetProperty("schema").GetString().ShouldBe("noroshi.analysis/1");
        result.Mail("3.eml").GetProperty("urls")[0].GetString().ShouldBe("http://evil.example/a");
        result.Mail("3.eml").GetProperty("timeSource").GetString().ShouldBe("received");
        result
            .Mail("3.eml")
            .GetProperty("id")
            .GetString()
            .ShouldBe("sha256:" + Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder["3.eml"]))));
    }

    [Fact]
    public void A_forward_as_attachment_gives_the_carrier_and_the_reported_mail()
    {
        using var folder = new Folder();
        var inner = Mails.Plain("attack");
        folder.Add("power-a/inquiry/fwd.eml", Mails.Forward(inner, Mails.Plain("other")));
        var members = folder.Add("members.json", """{"organizations":[{"id":"power-a","domains":["power-a.example"]}]}""");
        var result = Cli.Run("analyze", folder.Root, "--json", "--members", members);
        result.Mails.Select(Text("key")).ShouldBe(["power-a/inquiry/fwd.eml", "power-a/inquiry/fwd.eml!1", "power-a/inquiry/fwd.eml!2"]);
        result.Mails.Select(Text("direction")).ShouldBe(["provision", "inbound", "inbound"]);
        result.Mails.Select(Text("carrier")).ShouldBe([null, "power-a/inquiry/fwd.eml", "power-a/inquiry/fwd.eml"]);
        result.Mails.Select(Text("organization")).ShouldAllBe(one => one == "power-a");
        result.Mails.Select(Text("window")).ShouldAllBe(one => one == "inquiry");
        Text("id")(result.Mails[1]).ShouldBe("sha256:" + Convert.ToHexStringLower(SHA256.HashData(inner)));
        result.Mails[0].GetProperty("attachments")[0].GetProperty("reportedAs").GetString().ShouldBe("power-a/inquiry/fwd.eml!1");
    }

    [Fact]
    public void Directions_come_from_the_members_and_are_null_without_them()
    {
        using var folder = new Folder();
        folder.Add("power-a/w/in.eml", Mails.Plain("a"));
        folder.Add("power-a/w/out.eml", Mails.Plain("a", "info@power-a.example", "tanaka@webmail.example"));
        folder.Add("power-a/w/within.eml", Mails.Plain("a", "info@power-a.example", "staff@power-a.example"));
        folder.Add("top.eml", Mails.Plain("a"));
        var members = folder.Add("members.json", """{"organizations":[{"id":"power-a","domains":["power-a.example"]}]}""");
        Cli.Run("analyze", folder.Root, "--json", "--members", members)
            .Mails.Select(Text("direction"))
            .ShouldBe(["inbound", "outbound", "internal", null]);
        var alone = Cli.Run("analyze", folder.Root, "--json").Mails;
        alone.Select(Text("direction")).ShouldAllBe(one => one == null);
        alone.Select(Text("organization")).ShouldBe(["power-a", "power-a", "power-a", null]);
    }

    [Fact]
    public void Members_of_mbox_and_zip_are_entries_and_other_files_are_named_apart()
    {
        using var folder = new Folder();
        var mail = Mails.Plain("one");
        folder.Add("box.mbox", Mails.Box(mail, Mails.Plain("two")));
        folder.Add("boxed.eml", Mails.Box(mail, Mails.Plain("two")));
        folder.Add(
            "a.zip",
            Mails.Zip(
                ("dir/x.eml", mail),
                ("dir/x.eml", Mails.Plain("twin")),
                ("readme.txt", "hello"u8.ToArray()),
                ("empty.eml", []),
                ("in.mbox", Mails.Box(mail))
            )
        );
        folder.Add("none.mbox", "");
        var result = Cli.Run("analyze", folder.Root, "--json");
        result.Code.ShouldBe(0, result.Error);
        result
            .Mails.Select(Text("file"))
            .ShouldBe([
                "a.zip!dir/x.eml",
                "a.zip!dir/x.eml#2",
                "a.zip!empty.eml",
                "a.zip!in.mbox!1",
                "box.mbox!1",
                "box.mbox!2",
                "boxed.eml!1",
                "boxed.eml!2",
            ]);
        var id = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(mail));
        Text("id")(result.Mail("box.mbox!1")).ShouldBe(id);
        Text("id")(result.Mail("a.zip!dir/x.eml")).ShouldBe(id);
        Codes(result.Mail("boxed.eml!1")).ShouldContain(code => code == "run.several-mails");
        result.Json.GetProperty("passedOver").EnumerateArray().Select(Text("file")).ShouldBe(["a.zip!readme.txt", "none.mbox"]);
    }

    [Fact]
    public void A_locked_zip_of_mails_opens_with_a_listed_or_given_password_and_is_reported_otherwise()
    {
        using var folder = new Folder();
        folder.Add("listed.zip", Mails.LockedZip("infected", ("x.eml", Mails.Plain("listed"))));
        var given = folder.Add("given.zip", Mails.LockedZip("Zq8#kfQ!7", ("x.eml", Mails.Plain("given"))));
        var result = Cli.Run("analyze", folder.Root, "--json", "--password-budget", "500");
        result.Code.ShouldBe(5);
        result.Mails.Select(Text("file")).ShouldBe(["given.zip!x.eml", "listed.zip!x.eml"]);
        Codes(result.Mails[0]).ShouldContain(code => code == "run.locked-mail");
        result.Mails[0].GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Null);
        Text("subject")(result.Mails[1]).ShouldBe("listed");
        var opened = Cli.Run("analyze", folder.Root, "--json", "--password", "Zq8#kfQ!7");
        opened.Code.ShouldBe(0, opened.Error);
        Text("subject")(opened.Mails[0]).ShouldBe("given");
        Text("subject")(Cli.Run("dissect", given, "--json", "--password", "Zq8#kfQ!7").Mails[0]).ShouldBe("given");
    }

    [Fact]
    public void A_second_mail_within_72_hours_opens_the_archive_and_one_beyond_does_not()
    {
        using var folder = new Folder();
        folder.Add(
            "a.eml",
            Mails.With(
                "locked",
                "Thu, 17 Oct 2013 09:02:00 +0900",
                "see below",
                "a.zip",
                Mails.LockedZip("Zq8kfQ7x", ("x.txt", "secret"u8.ToArray()))
            )
        );
        folder.Add("b.eml", Mails.Second("Sun, 20 Oct 2013 09:01:00 +0900", "Zq8kfQ7x"));
        folder.Add(
            "c.eml",
            Mails.With(
                "locked",
                "Thu, 17 Oct 2013 09:02:00 +0900",
                "see below",
                "c.zip",
                Mails.LockedZip("Pw5jtR2m", ("x.txt", "secret"u8.ToArray()))
            )
        );
        folder.Add("d.eml", Mails.Second("Sun, 20 Oct 2013 09:03:00 +0900", "Pw5jtR2m"));
        var result = Cli.Run("analyze", folder.Root, "--json", "--password-budget", "300", "--fail-on", "finding:file.locked");
        var opened = result.Mail("a.eml").GetProperty("attachments")[0];
        opened.GetProperty("password").GetProperty("source").GetString().ShouldBe("second-mail");
        opened.GetProperty("children")[0].GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData("secret"u8)));
        result.Mail("c.eml").GetProperty("attachments")[0].GetProperty("password").ValueKind.ShouldBe(JsonValueKind.Null);
        result.Code.ShouldBe(7);
        File.Delete(folder["c.eml"]);
        Cli.Run("analyze", folder.Root, "--password-budget", "300", "--fail-on", "finding:file.locked")
            .Code.ShouldBe(0, "a finding that the second mail removed does not count");
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes_whatever_the_order_of_paths_and_files()
    {
        using var folder = new Folder();
        using var other = new Folder();
        string[] names = ["b/2.eml", "a/1.eml", "z.eml", "a.eml"];
        foreach (var name in names)
        {
            folder.Add(name, Mails.Plain(name));
        }

        foreach (var name in names.Reverse())
        {
            other.Add(name, Mails.Plain(name));
        }

        var first = Cli.Run("analyze", folder.Root, "--json");
        Cli.Run("analyze", folder.Root, "--json").Out.ShouldBe(first.Out);
        Cli.Run("analyze", other.Root, "--json").Out.ShouldBe(first.Out);
        Cli.Run("analyze", folder["z.eml"], folder["a.eml"], "--json")
            .Out.ShouldBe(Cli.Run("analyze", folder["a.eml"], folder["z.eml"], "--json").Out);
        first.Mails.Select(Text("file")).ShouldBe(["a.eml", "a/1.eml", "b/2.eml", "z.eml"]);
    }

    [Fact]
    public void Keys_stay_unique_over_several_paths_and_the_same_file_counts_once()
    {
        using var folder = new Folder();
        folder.Add("p/x.eml", Mails.Forward(Mails.Plain("p")));
        folder.Add("q/x.eml", Mails.Forward(Mails.Plain("q")));
        var result = Cli.Run("analyze", folder["p"], folder["q"], folder["p/x.eml"], "--json");
        result.Mails.Select(Text("key")).ShouldBe(["x.eml", "x.eml#2", "x.eml!1", "x.eml!1#2"]);
        result.Mails.Select(Text("file")).ShouldBe(["x.eml", "x.eml", "x.eml!1", "x.eml!1"]);
        Text("carrier")(result.Mail("x.eml!1#2")).ShouldBe("x.eml#2");
        Text("subject")(result.Mail("x.eml!1#2")).ShouldBe("q");
        result.Mail("x.eml#2").GetProperty("attachments")[0].GetProperty("reportedAs").GetString().ShouldBe("x.eml!1#2");
    }

    [Fact]
    public void Every_broken_input_gives_an_entry()
    {
        using var folder = new Folder();
        folder.Add("empty.eml", "");
        folder.Add("noise.eml", [.. Enumerable.Range(0, 5_000).Select(i => (byte)(i * 7))]);
        folder.Add("zip.eml", Mails.Zip(("a.txt", "x"u8.ToArray())));
        folder.Add("junk.msg", "junk");
        File.CreateSymbolicLink(folder["dangling.eml"], folder["nowhere"]);
        Directory.CreateDirectory(folder["deep"]);
        Directory.CreateSymbolicLink(folder["deep/loop"], folder.Root);
        var result = Cli.Run("analyze", folder.Root, "--json");
        result.Code.ShouldBe(5);
        result.Mails.Select(Text("file")).ShouldBe(["dangling.eml", "empty.eml", "junk.msg", "noise.eml", "zip.eml"]);
        result.Mails.ShouldAllBe(mail => mail.GetProperty("findings").GetArrayLength() > 0);
        Codes(result.Mail("dangling.eml")).ShouldBe(["run.unread"]);
    }

    private static Func<JsonElement, string?> Text(string name) => element => element.GetProperty(name).GetString();

    private static List<string?> Codes(JsonElement mail) => [.. mail.GetProperty("findings").EnumerateArray().Select(Text("code"))];
}
