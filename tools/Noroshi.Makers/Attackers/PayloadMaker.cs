using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Justsystems;
using Noroshi.Makers.Lzh;
using Noroshi.Makers.OfficeBinary;
using Noroshi.Makers.OpenXml;
using Noroshi.Makers.Programs;
using Noroshi.Makers.Shortcuts;

namespace Noroshi.Makers.Attackers;

/// <summary>Makes the files of an attack: they do nothing, and carry the traces of where they were made.</summary>
internal static class PayloadMaker
{
    /// <summary>The file as it is attached, in its container.</summary>
    /// <param name="phase">Ways of the attacker.</param>
    /// <param name="password">Password of locked archives.</param>
    /// <param name="name">Name of the document without extension.</param>
    /// <param name="seed">Numbers of this mail.</param>
    public static (string Name, byte[] Content) Of(AttackPhase phase, string password, string name, Random seed)
    {
        var payload = Payload(phase, name, seed);
        MadeFile[] files = [new(payload.Name, payload.Content)];
        return phase.Container switch
        {
            "none" => payload,
            "zip" => ($"{name}.zip", ZipMaker.Zip(files, new ZipChoices { Names = ZipNames.Cp932 })),
            "zip-aes" => (
                $"{name}.zip",
                ZipMaker.Zip(
                    files,
                    new ZipChoices
                    {
                        Names = ZipNames.Utf8Flagged,
                        Lock = ZipLock.Aes256,
                        Password = password,
                    }
                )
            ),
            "rar4" => ($"{name}.rar", RarMaker.Rar4(files, password)),
            "rar5" => ($"{name}.rar", RarMaker.Rar5(files, password)),
            "lzh" => ($"{name}.lzh", LzhMaker.Make(new LzhMember(payload.Name, payload.Content))),
            "7z" => ($"{name}.7z", SevenZipMaker.SevenZip(files)),
            _ => throw new ArgumentOutOfRangeException(nameof(phase), phase.Container, "no container"),
        };
    }

    /// <summary>An honest document: made elsewhere, by somebody else.</summary>
    public static byte[] Document(string author, string company, Random seed) =>
        Docx(author, company, Number(seed.Next(), "rsid") | 0x0010_0000, "");

    private static (string Name, byte[] Content) Payload(AttackPhase phase, string name, Random seed) =>
        phase.Payload switch
        {
            "exe" => ($"{name}.exe", Program(phase, seed)),
            "lnk" => ($"{name}.lnk", Shortcut(phase, seed)),
            "docx" => (
                $"{name}.docx",
                Docx(phase.Workshop.Author, "", Number(phase.Workshop.Build, "docx"), $"http://{phase.Host}/t/{seed.Next(1_000)}.dotm")
            ),
            "jtd" => ($"{name}.jtd", Ichitaro(phase, name, seed)),
            "rtf" => ($"{name}.doc", Rtf(phase, seed)),
            "js" => ($"{name}.js", Script(phase, seed)),
            _ => throw new ArgumentOutOfRangeException(nameof(phase), phase.Payload, "no payload"),
        };

    /// <summary>Built anew for every second organisation: the hash changes, the build's traces stay.</summary>
    private static byte[] Program(AttackPhase phase, Random seed)
    {
        var build = phase.Workshop.Build;
        string[] calls = ["CreateFileA", "WinExec", "GetTickCount", "VirtualAlloc", "RegOpenKeyA", "Sleep", "DeleteFileA", "socket"];
        return new PortableMaker
        {
            Stamp = 0x5200_0000 + (Number(build, "stamp") & 0x7F_FFFF),
            Overlay = Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{phase.Host}:{seed.Next(2)}:{new string('=', 40)}")
            ),
        }
            .Imports(("kernel32.dll", [.. calls.Where((_, i) => (Number(build, "imports") >> i) % 2 == 0), $"K{build}"]))
            .Pdb(Id(build, "pdb"), 1, $"{phase.Workshop.Folder}\\release{build}.pdb")
            .Build();
    }

    private static byte[] Shortcut(AttackPhase phase, Random seed) =>
        new LinkMaker()
            .Variable(1, @"%SystemRoot%\System32\cmd.exe")
            .Text(0x20, $"/c start http://{phase.Host}/l/{seed.Next(100)}")
            .Tracker(phase.Workshop.Machine, Id(phase.Workshop.Build, "volume"), Id(seed.Next(3) + (phase.Workshop.Build * 10), "file"))
            .Build();

    private static byte[] Docx(string author, string company, uint session, string template)
    {
        var document = new OpenXmlMaker()
            .Main("word/document.xml", "openxmlformats-officedocument.wordprocessingml.document.main")
            .Part(
                "docProps/core.xml",
                "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
                    + $"<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy></cp:coreProperties>"
            )
            .Part(
                "docProps/app.xml",
                $"<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Microsoft Office Word</Application><Company>{company}</Company></Properties>"
            )
            .Xml("word/document.xml", "w:document", $"<w:body><w:p><w:r><w:t>{session:X8}</w:t></w:r></w:p></w:body>")
            .Xml(
                "word/settings.xml",
                "w:settings",
                (template.Length > 0 ? "<w:attachedTemplate r:id=\"rId1\"/>" : "")
                    + $"<w:rsids><w:rsidRoot w:val=\"{session:X8}\"/><w:rsid w:val=\"{session:X8}\"/></w:rsids>"
            );
        return (
            template.Length > 0 ? document.Rels("word/_rels/settings.xml.rels", ("rId1", "attachedTemplate", template, true)) : document
        ).Build();
    }

    private static byte[] Ichitaro(AttackPhase phase, string name, Random seed)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{name}\nhttp://{phase.Host}/j/{seed.Next(100)}\n");
        return new CompoundMaker()
            .Stream("DocumentText", IchitaroMaker.BlockStore([IchitaroMaker.Text(text)]))
            .Stream("\u0004JSRV_SummaryInformation", IchitaroMaker.OwnSummary(("作成者", phase.Workshop.Author)))
            .Stream(
                "\u0005SummaryInformation",
                PropertySetMaker
                    .Summary()
                    .Text(4, phase.Workshop.Author)
                    .Text(6, "一太郎 13 文書")
                    .Text(7, $"{phase.Workshop.Folder}\\{name}.jtd")
                    .Build()
            )
            .Stream("DocumentViewStyles", new byte[500])
            .Build();
    }

    private static byte[] Rtf(AttackPhase phase, Random seed) =>
        Makers.Rtf.RtfMaker.Document(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{{\\*\\rsidtbl \\rsid{Number(phase.Workshop.Build, "rtf") & 0xFF_FFFF}}}{{\\info{{\\author {Escape(phase.Workshop.Author)}}}}}\\pard http://{phase.Host}/r/{seed.Next(100)} \\par"
            )
        );

    private static byte[] Script(AttackPhase phase, Random seed) =>
        Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"var k{phase.Workshop.Build} = new ActiveXObject('MSXML2.XMLHTTP');\r\nk{phase.Workshop.Build}.open('GET', 'http://{phase.Host}/s/{seed.Next(100)}', false);\r\n"
            )
        );

    private static string Escape(string text) =>
        string.Concat(
            text.Select(letter => letter < 128 ? letter.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(short)letter}?"))
        );

    private static uint Number(int build, string of) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{of} {build}"))));

    private static Guid Id(int build, string of) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{of} {build}"))).AsSpan(0, 16));
}
