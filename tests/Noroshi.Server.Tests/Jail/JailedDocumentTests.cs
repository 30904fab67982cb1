using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Wire;
using Noroshi.Makers;
using Noroshi.Makers.Documents;
using Noroshi.Makers.Lzh;
using Noroshi.Server.Pipeline.Jail;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Jail;

/// <summary>What the jail forbids must not change what a document says: nothing may be loaded once it has closed.</summary>
public sealed class JailedDocumentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, Func<IEnumerable<(string Name, byte[] Bytes)>>> Attachments = new(StringComparer.Ordinal)
    {
        ["letter.docx"] = () => Documents("letter.docx"),
        ["locked.docx"] = () => Documents("locked.docx"),
        ["locked.pdf"] = () => Documents("locked.pdf"),
        ["packed.jtdc"] = () => Documents("packed.jtdc"),
        ["archives"] = Archives,
        ["everything"] = () => [.. Documents([.. MadeDocuments.All.Select(each => each.Name)]), .. Archives()],
    };

    public static TheoryData<string, string> Cases =>
        new(from build in (string[])["jit", "r2r", "aot"] from name in Attachments.Keys select (build, name));

    /// <summary>Every case has a worker of its own, so that none profits from what an earlier one loaded.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_document_gives_the_same_facts_in_the_jail(string build, string name)
    {
        var mail = Mail(Attachments[name]());
        var request = new DissectionRequest { Name = "m", Kind = InputKind.Mail };
        await using var pool = new WorkerPool(Builds.Command(build), new WorkerLimits { Workers = 1 }, TimeProvider.System);

        var outcome = await pool.DissectAsync(mail, request, null, Token);

        outcome.Findings.ShouldBeEmpty();
        Json(outcome.Frames.ShouldHaveSingleItem()).ShouldBe(Json(InProcess(mail, request)));
    }

    /// <summary>
    /// Without Landlock the filter refuses every opening of a file, that of an own assembly too: whatever was not loaded before is missed.
    /// </summary>
    [Theory]
    [InlineData("jit")]
    [InlineData("r2r")]
    [InlineData("aot")]
    public async Task Nothing_is_loaded_for_a_document_after_the_filter_has_closed(string build)
    {
        var mail = Mail(Attachments["everything"]());
        var request = new DissectionRequest { Name = "m", Kind = InputKind.Mail };
        var command = Builds.Command(build);
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT");
        using var process = Process.Start(start).ShouldNotBeNull();
        var answers = process.StandardOutput.BaseStream;
        var hello = WireJson.ReadHello(ReadFrame(answers, out _)).ShouldNotBeNull();
        if (!hello.Seccomp)
        {
            Assert.Skip("This kernel has no system call filter");
        }

        hello.Landlock.ShouldBeFalse();
        hello.FileProbeBlocked.ShouldBeTrue();
        var header = WireJson.Write(request);
        var prefix = new byte[WireProtocol.RequestPrefix];
        WireProtocol.WriteRequestPrefix(prefix, header.Length, mail.Length);
        await process.StandardInput.BaseStream.WriteAsync((byte[])[.. prefix, .. header, .. mail], Token);
        await process.StandardInput.BaseStream.FlushAsync(Token);

        AnatomyFrame? last = null;
        for (FrameKind kind; ; )
        {
            var payload = ReadFrame(answers, out kind);
            if (kind != FrameKind.Facts)
            {
                kind.ShouldBe(FrameKind.End, Encoding.UTF8.GetString(payload));
                break;
            }

            last = WireJson.ReadFrame(payload);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(Token);
        Json(last.ShouldNotBeNull()).ShouldBe(Json(InProcess(mail, request)));
    }

    private static byte[] ReadFrame(Stream answers, out FrameKind kind)
    {
        var prefix = new byte[WireProtocol.FramePrefix];
        answers.ReadExactly(prefix);
        WireProtocol.TryReadFramePrefix(prefix, out kind, out var length).ShouldBeTrue();
        var payload = new byte[length];
        answers.ReadExactly(payload);
        return payload;
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Documents(params string[] names) =>
        names.Select(name => (name, MadeDocuments.Named(name).Make(0)));

    private static IEnumerable<(string Name, byte[] Bytes)> Archives()
    {
        var file = new MadeFile("letter.docx", MadeDocuments.Docx(0));
        return
        [
            ("a.zip", ZipMaker.Zip([file], new ZipChoices { Lock = ZipLock.Aes256, Password = MadeDocuments.Password })),
            ("b.rar", RarMaker.Rar5([file], MadeDocuments.Password)),
            ("c.7z", SevenZipMaker.SevenZip([file], MadeDocuments.Password)),
            ("d.lzh", LzhMaker.Make(new LzhMember(file.Name, file.Content))),
        ];
    }

    private static AnatomyFrame InProcess(byte[] mail, DissectionRequest request)
    {
        AnatomyFrame? last = null;
        Dissector.Dissect(mail, request, frame => last = frame);
        return last.ShouldNotBeNull();
    }

    private static string Json(AnatomyFrame frame)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            WireJson.Write(writer, frame);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static byte[] Mail(IEnumerable<(string Name, byte[] Bytes)> attachments)
    {
        var mail = new StringBuilder()
            .Append("From: a@example.jp\r\nTo: b@example.jp\r\nSubject: documents\r\nDate: Thu, 17 Oct 2013 09:30:00 +0900\r\n")
            .Append("Message-ID: <1@example.jp>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n")
            .Append("--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n")
            .Append("資料をお送りします。\r\nパスワード：" + MadeDocuments.Password + "\r\n");
        foreach (var (name, bytes) in attachments)
        {
            mail.Append("--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"")
                .Append(name)
                .Append("\"\r\nContent-Transfer-Encoding: base64\r\n\r\n")
                .Append(Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks))
                .Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(mail.Append("--b--\r\n").ToString());
    }
}
