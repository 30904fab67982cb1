using System.Diagnostics;
using System.Text.Json;
using Noroshi.Server.Analysis;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Cli;

public sealed class NothingLostTests
{
    [Fact]
    public void An_archive_of_mails_that_is_cut_off_gives_its_mails_says_so_and_ends_with_5()
    {
        using var folder = new Folder();
        folder.Add("cut.zip", Mails.Zip(("1.eml", Mails.Plain("a")), ("2.eml", Mails.Plain("b")))[..^40]);
        var result = Cli.Run("analyze", folder.Root, "--json", "--lang", "en");
        result.Mails.Select(Text("file")).ShouldBe(["cut.zip!1.eml", "cut.zip!2.eml"]);
        result.Code.ShouldBe(5, result.Error);
        var why = result.Json.GetProperty("passedOver").EnumerateArray().ShouldHaveSingleItem();
        Text("file")(why).ShouldBe("cut.zip");
        Text("code")(why).ShouldBe("container.no-directory");
        result.Error.ShouldContain("not read to its end: cut.zip");
        Cli.Run("analyze", folder.Root, "--fail-on", "finding:container.no-directory").Code.ShouldBe(7);
    }

    /// <summary>A Date is the sender's to write: at the edge of the calendar there is no three days before or after.</summary>
    [Theory]
    [InlineData("Mon, 01 Jan 0001 10:00:00 +0000")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 +0000")]
    public void A_locked_archive_dated_at_the_edge_of_the_calendar_stops_nobody(string date)
    {
        using var folder = new Folder();
        var locked = Mails.LockedZip("Pw5jtR2m", ("x.txt", "secret"u8.ToArray()));
        folder.Add("power-a/info/1.eml", Mails.With("report", date, "attached", "a.zip", locked));
        folder.Add("power-a/info/2.eml", Mails.Second(date, "Pw5jtR2m"));
        var result = Cli.Run("analyze", folder.Root, "--json", "--lang", "en");
        result.Code.ShouldBe(0, result.Error);
        var zip = result.Mails.First().GetProperty("attachments").EnumerateArray().ShouldHaveSingleItem();
        Text("source")(zip.GetProperty("password")).ShouldBe("second-mail");
    }

    [Fact]
    public void A_worker_that_dies_on_one_mail_of_an_archive_is_told_of_the_archive_and_not_of_the_mails_before()
    {
        var piece = new Piece("a.zip", new byte[] { 1 }, MailAnatomy.InputKind.Auto, new Provenance("a.zip", null, null, null, null), []);
        var mail = new MailAnatomy.MailFacts { Sha256 = new string('0', 64), Size = 1 };
        var halfway = new MailAnatomy.Wire.AnatomyFrame("2.eml", 2, mail, null);
        var found = PieceEntries.ForAnalysis(
            piece,
            new Pipeline.Jail.WorkerOutcome(
                [new MailAnatomy.Wire.AnatomyFrame("1.eml", MailAnatomy.Wire.AnatomyFrame.Complete, mail, null), halfway],
                [MailAnatomy.Findings.FindingCodes.Worker.Died.At("")],
                Unparseable: false
            )
        );
        found.Mails.Select(one => one.Findings.Count).ShouldBe([0, 1]);
        var archive = found.Others.ShouldHaveSingleItem();
        archive.OfMails.ShouldBeTrue();
        archive.Facts.Findings.ShouldHaveSingleItem().Code.ShouldBe("worker.died");
    }

    [Fact]
    public void Dissect_shows_an_archive_of_mails_as_the_file_it_is_beside_its_mails()
    {
        using var folder = new Folder();
        var zip = folder.Add("a.zip", Mails.Zip(("1.eml", Mails.Plain("a")), ("../x/", [])));
        var result = Cli.Run("dissect", zip, "--json");
        result.Mails.Select(Text("file")).ShouldBe(["a.zip!1.eml"]);
        var file = result.Json.GetProperty("files").EnumerateArray().ShouldHaveSingleItem();
        Text("format")(file).ShouldBe("zip");
        Text("sha256")(file).ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(zip))));
        Codes(file).ShouldContain(code => code == "file.unsafe-name");
        Cli.Run("analyze", zip, "--json").Json.GetProperty("passedOver").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void Findings_of_what_is_no_mail_count_for_fail_on()
    {
        using var folder = new Folder();
        folder.Add("1.eml", Mails.Plain("a"));
        folder.Add("a.zip", Mails.Zip(("../up.txt", "x"u8.ToArray())));
        Cli.Run("analyze", folder.Root, "--fail-on", "finding:file.unsafe-name").Code.ShouldBe(7);
        Cli.Run("analyze", folder.Root, "--fail-on", "finding:run.no-mail").Code.ShouldBe(7);
        Cli.Run("analyze", folder.Root, "--fail-on", "finding:file.link").Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_FIFO_or_a_device_in_a_folder_is_an_entry_and_no_trap_while_a_named_pipe_is_read()
    {
        using var folder = new Folder();
        folder.Add("1.eml", Mails.Plain("a"));
        var fifo = folder["fifo.eml"];
        using (var make = Process.Start("mkfifo", fifo))
        {
            make.WaitForExit();
        }

        File.CreateSymbolicLink(folder["zero.eml"], "/dev/zero");
        var result = Cli.Run("analyze", folder.Root, "--json");
        result.Code.ShouldBe(5, result.Error);
        result.Mails.Select(Text("file")).ShouldBe(["1.eml", "fifo.eml", "zero.eml"]);
        result.Mails[1].GetProperty("findings")[0].GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("FIFO");
        result.Mails[2].GetProperty("findings")[0].GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("device");
        var writing = Task.Run(() => File.WriteAllBytes(fifo, Mails.Plain("piped")), TestContext.Current.CancellationToken);
        Text("subject")(Cli.Run("dissect", fifo, "--json").Mails.ShouldHaveSingleItem()).ShouldBe("piped");
        await writing.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_second_mail_opens_nothing_of_another_organisation()
    {
        using var folder = new Folder();
        var locked = Mails.With(
            "locked",
            "Thu, 17 Oct 2013 09:02:00 +0900",
            "see below",
            "a.zip",
            Mails.LockedZip("Zq8kfQ7x", ("x.txt", "secret"u8.ToArray()))
        );
        folder.Add("power-a/w/locked.eml", locked);
        folder.Add("power-b/w/locked.eml", locked);
        folder.Add("power-b/w/second.eml", Mails.Second("Thu, 17 Oct 2013 09:12:00 +0900", "Zq8kfQ7x"));
        var result = Cli.Run("analyze", folder.Root, "--json", "--password-budget", "300");
        Password(result.Mail("power-a/w/locked.eml")).ShouldBeNull();
        Password(result.Mail("power-b/w/locked.eml")).ShouldBe("Zq8kfQ7x");
    }

    [Fact]
    public void What_a_second_mail_opens_in_an_archive_of_mails_stays_under_its_own_key()
    {
        using var folder = new Folder();
        var locked = Mails.With(
            "locked",
            "Thu, 17 Oct 2013 09:02:00 +0900",
            "see below",
            "a.zip",
            Mails.LockedZip("Zq8kfQ7x", ("x.txt", "secret"u8.ToArray()))
        );

        // The same password opens an archive that stands before the mail and holds a mail itself.
        folder.Add("a.zip", Mails.Zip(("0.zip", Mails.LockedZip("Zq8kfQ7x", ("0.eml", Mails.Plain("other")))), ("1.eml", locked)));
        folder.Add("b.eml", Mails.Second("Thu, 17 Oct 2013 09:12:00 +0900", "Zq8kfQ7x"));
        var mail = Cli.Run("analyze", folder.Root, "--json", "--password-budget", "300").Mail("a.zip!1.eml");
        Text("subject")(mail).ShouldBe("locked");
        Password(mail).ShouldBe("Zq8kfQ7x");
    }

    [Fact]
    public void Rendered_evidence_has_no_name_on_disk_while_a_run_works()
    {
        using var folder = new Folder();
        using var spool = new Spool(folder.Root);
        spool.Add("b", "b", "2"u8);
        spool.Add("a", "a", "1"u8);
        Directory.EnumerateFileSystemEntries(folder.Root).ShouldBeEmpty();
        using var copy = new MemoryStream();
        spool.CopyTo(copy, ","u8);
        copy.ToArray().ShouldBe("1,2"u8.ToArray());
    }

    [Fact]
    public void A_temporary_folder_that_takes_nothing_is_named_with_the_way_out()
    {
        using var folder = new Folder();
        folder.Add("1.eml", Mails.Plain("a"));
        var result = Cli.RunWith(("TMPDIR", folder["nowhere"]), "analyze", folder.Root, "--json", "--lang", "en");
        result.Code.ShouldBe(1);
        result.Out.ShouldBeEmpty();
        result.Error.ShouldContain(folder["nowhere"]);
        result.Error.ShouldContain("TMPDIR");
    }

    private static string? Password(JsonElement mail) =>
        mail.GetProperty("attachments")[0].GetProperty("password") is { ValueKind: JsonValueKind.Object } password
            ? Text("value")(password)
            : null;

    private static Func<JsonElement, string?> Text(string name) => element => element.GetProperty(name).GetString();

    private static List<string?> Codes(JsonElement mail) => [.. mail.GetProperty("findings").EnumerateArray().Select(Text("code"))];
}
