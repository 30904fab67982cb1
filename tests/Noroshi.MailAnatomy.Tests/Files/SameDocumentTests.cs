using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Noroshi.Makers;
using Noroshi.Makers.Cab;
using Noroshi.Makers.DiskImages;
using Noroshi.Makers.Documents;
using Noroshi.Makers.Lzh;
using Noroshi.Makers.OfficeCrypto;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Files;

/// <summary>A document says the same about itself whatever it travels in, as long as the mail gives its password away.</summary>
public sealed class SameDocumentTests
{
    private const string Password = MadeDocuments.Password;

    private static readonly Dictionary<string, Func<MadeFile, (string Name, byte[] Bytes)>> Wrappings = new(StringComparer.Ordinal)
    {
        ["bare"] = file => (file.Name, file.Content),
        ["zip"] = file => ("a.zip", ZipMaker.Zip([file])),
        ["zip, stored"] = file => ("a.zip", ZipMaker.Zip([file], new ZipChoices { Deflate = false })),
        ["lzh, stored"] = file => ("a.lzh", LzhMaker.Make(new LzhMember(file.Name, file.Content) { Method = "-lh0-" })),
        ["tar"] = file => ("a.tar", Tar(file)),
        ["zip, old cipher"] = file => ("a.zip", ZipMaker.Zip([file], new ZipChoices { Lock = ZipLock.ZipCrypto, Password = Password })),
        ["zip, aes"] = file => ("a.zip", ZipMaker.Zip([file], new ZipChoices { Lock = ZipLock.Aes256, Password = Password })),
        ["rar4"] = file => ("a.rar", RarMaker.Rar4([file])),
        ["rar4, locked"] = file => ("a.rar", RarMaker.Rar4([file], Password)),
        ["rar4, names locked"] = file => ("a.rar", RarMaker.Rar4([file], Password, encryptHeaders: true)),
        ["rar5, locked"] = file => ("a.rar", RarMaker.Rar5([file], Password)),
        ["rar5, names locked"] = file => ("a.rar", RarMaker.Rar5([file], Password, encryptHeaders: true)),
        ["7z"] = file => ("a.7z", SevenZipMaker.SevenZip([file])),
        ["7z, locked"] = file => ("a.7z", SevenZipMaker.SevenZip([file], Password)),
        ["lzh"] = file => ("a.lzh", LzhMaker.Make(new LzhMember(file.Name, file.Content))),
        ["cab"] = file => ("a.cab", CabMaker.Make(CabMethod.MsZip, (file.Name, file.Content))),
        ["iso"] = file => ("a.iso", IsoMaker.Make("DATA", true, (file.Name, file.Content))),
        ["udf"] = file => ("a.iso", UdfMaker.Make("DATA", false, UdfAddressing.Short, (file.Name, file.Content))),
        ["locked zip in lzh"] = file =>
            (
                "a.lzh",
                LzhMaker.Make(
                    new LzhMember("inner.zip", ZipMaker.Zip([file], new ZipChoices { Lock = ZipLock.ZipCrypto, Password = Password }))
                )
            ),
        ["lzh in locked rar5"] = file =>
            ("a.rar", RarMaker.Rar5([new MadeFile("inner.lzh", LzhMaker.Make(new LzhMember(file.Name, file.Content)))], Password)),
    };

    /// <summary>Deriving keys takes its time, so these wrappings are tried with a few documents only.</summary>
    private static readonly string[] Costly = ["rar4, names locked", "rar5, names locked", "7z, locked", "lzh in locked rar5", "udf"];

    private static readonly string[] Few = ["report.doc", "letter.docx", "packed.jtdc", "paper.pdf", "mail.msg"];

    public static TheoryData<string, string> Cases =>
        new(
            from document in MadeDocuments.All
            from wrapping in Wrappings.Keys
            where wrapping != "bare" && (!Costly.Contains(wrapping) || Few.Contains(document.Name))
            select (document.Name, wrapping)
        );

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_document_says_the_same_in_every_wrapping(string name, string wrapping)
    {
        var document = MadeDocuments.Named(name);
        var file = new MadeFile(document.Name, document.Make(0));

        var found = Find(Attached(Wrappings[wrapping](file)), file.Content);

        Told(found).ShouldBe(Bare[name].Value);
    }

    [Theory]
    [InlineData("agile")]
    [InlineData("standard")]
    public void A_locked_document_holds_the_document_that_was_locked(string kind)
    {
        var plain = MadeDocuments.Docx(0);
        var locked = kind == "agile" ? OfficeLocker.Agile(plain, Password) : OfficeLocker.Standard(plain, Password);

        var outer = Attached(("report.docx", locked));
        var inner = Find(outer, plain);
        var bare = Find(Attached(("report.docx", plain)), plain);

        outer.Password.ShouldNotBeNull().Value.ShouldBe(Password);
        outer.Type.ShouldBe(FileType.Office);
        (inner.Path == outer.Path).ShouldBeFalse();
        Told(inner).ShouldBe(Told(bare));
    }

    [Fact]
    public void Every_kind_of_document_tells_something()
    {
        foreach (var document in MadeDocuments.All)
        {
            Bare[document.Name].Value.Split('\n').Length.ShouldBeGreaterThan(1, document.Name);
        }
    }

    private static readonly Dictionary<string, Lazy<string>> Bare = MadeDocuments.All.ToDictionary(
        each => each.Name,
        each => new Lazy<string>(() => Told(Find(Attached((each.Name, each.Make(0))), each.Make(0)))),
        StringComparer.Ordinal
    );

    /// <summary>The attachment of a mail that gives the password away in its text.</summary>
    private static FileFacts Attached((string Name, byte[] Bytes) attachment)
    {
        var mail = new StringBuilder()
            .Append("From: a@example.jp\r\nTo: b@example.jp\r\nSubject: documents\r\nDate: Thu, 17 Oct 2013 09:30:00 +0900\r\n")
            .Append("Message-ID: <1@example.jp>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n")
            .Append("--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n")
            .Append("資料をお送りします。\r\nパスワード：" + Password + "\r\n")
            .Append("--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"")
            .Append(attachment.Name)
            .Append("\"\r\nContent-Transfer-Encoding: base64\r\n\r\n")
            .Append(Convert.ToBase64String(attachment.Bytes, Base64FormattingOptions.InsertLineBreaks))
            .Append("\r\n--b--\r\n");
        return Dissector.Mail(Encoding.UTF8.GetBytes(mail.ToString())).Attachments.ShouldHaveSingleItem();
    }

    private static byte[] Tar(MadeFile file)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, file.Name) { DataStream = new MemoryStream(file.Content) });
        }

        return stream.ToArray();
    }

    private static FileFacts Find(FileFacts outer, byte[] document)
    {
        var wanted = Convert.ToHexStringLower(SHA256.HashData(document));
        return All(outer).First(file => file.Sha256 == wanted);
    }

    private static IEnumerable<FileFacts> All(FileFacts file) => file.Children.SelectMany(All).Prepend(file);

    /// <summary>What the document and the files in it say, in a form that can be compared; where it lies is left out.</summary>
    private static string Told(FileFacts file)
    {
        var text = new StringBuilder();
        Tell(file, text, 0);
        return text.ToString().TrimEnd('\n');
    }

    private static void Tell(FileFacts file, StringBuilder text, int depth)
    {
        var indent = new string(' ', depth);
        text.Append(indent)
            .Append(
                CultureInfo.InvariantCulture,
                $"{file.Name} {file.Type} {file.Format} {file.FormatVersion} {file.Sha256} {file.Size}\n"
            );
        text.Append(indent)
            .Append(CultureInfo.InvariantCulture, $"disguises {string.Join(' ', file.Disguises)}; password {file.Password?.Value}\n");
        foreach (var line in file.Traits.Select(one => $"{one.Name}={one.Value} @ {one.Where}").Order(StringComparer.Ordinal))
        {
            text.Append(indent).Append(line).Append('\n');
        }

        foreach (var code in file.Findings.Select(one => one.Code).Order(StringComparer.Ordinal))
        {
            text.Append(indent).Append("finding ").Append(code).Append('\n');
        }

        foreach (var url in file.Indicators.Urls.Select(one => one.Value).Order(StringComparer.Ordinal))
        {
            text.Append(indent).Append("url ").Append(url).Append('\n');
        }

        if (file.Mail is { } mail)
        {
            text.Append(indent).Append(CultureInfo.InvariantCulture, $"mail {mail.Subject} {mail.Sha256} {mail.Body.Text}\n");
            foreach (var attachment in mail.Attachments)
            {
                Tell(attachment, text, depth + 1);
            }
        }

        foreach (var child in file.Children)
        {
            Tell(child, text, depth + 1);
        }
    }
}
