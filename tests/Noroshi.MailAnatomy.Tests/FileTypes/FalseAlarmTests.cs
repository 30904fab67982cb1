using System.Buffers.Binary;
using System.Text;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.Makers.FileTypes;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.FileTypes;

public sealed class FalseAlarmTests
{
    [Theory]
    [InlineData(
        "Please set the option first. For each item on the list, do the following, then call me.\nIf it fails, the next step is to goto the help desk.\nEnd of message."
    )]
    [InlineData(
        "Hello,\nthe macro uses CreateObject(\"WScript.Shell\") and On Error Resume Next, which is why it was blocked.\nRegards\nTaro"
    )]
    [InlineData(
        "お世話になっております。\nお問い合わせのスクリプトは次のとおりです。\n\nvar sh = new ActiveXObject(\"WScript.Shell\");\nsh.Run(\"calc.exe\");\n\n以上、よろしくお願いいたします。"
    )]
    [InlineData("Run the following on your machine:\n\n@echo off\nsetlocal\nstart \"\" app.exe\nexit /b 0\n")]
    [InlineData(
        "To decode it, use [Convert]::FromBase64String and Invoke-Expression; PowerShell does the rest. We saw $env:TEMP in the log.\nNothing else was found on the host."
    )]
    [InlineData("import duties from 2013 are listed below:\n - class A: 10 %\n - class B: 12 %\nprint (and return) the form.")]
    [InlineData("#include <stdio.h>\nint main(void) {\n  for (int i = 0; i < 3; i++) { printf(\"%d\", i); }\n  return 0;\n}\n")]
    [InlineData("using System;\nnamespace A {\n  public class B {\n    static void Main() { var x = 1; Console.WriteLine(x); }\n  }\n}\n")]
    [InlineData("SELECT a, b FROM t WHERE a = 1;\nCREATE TABLE x (id int);\n")]
    [InlineData("[settings]\nname = value\npath = C:\\Temp\n; set x = 1\n")]
    [InlineData(
        "2013-10-17 09:00:01 powershell started (pid 12)\n2013-10-17 09:00:02 cmd.exe /c exited, errorlevel 1\n2013-10-17 09:00:03 done\n"
    )]
    [InlineData("■ 手順\n1. コマンドプロンプトを開きます。\n2. cd /d %TEMP% と入力します。\n3. del /q *.tmp を実行します。\n")]
    [InlineData("MZ is the mark of a program; ELF is another one, %PDF-1.4 a third.")]
    [InlineData("Hello, world\nDear all, thank you\nYours, Taro\n")]
    [InlineData("BM 40 0 0 this is no bitmap at all, just words")]
    [InlineData("PK and DOC and RIFF and ID3 are only words here.")]
    [InlineData("日時: 10月17日\n場所: 会議室\n議題: 予算\n")]
    [InlineData("Date: Thursday\nPlace: here\nContent: nothing\n")]
    [InlineData("The tags <html> and <script> are what a page begins with; see </html> at its end.")]
    [InlineData("From here on it gets harder: step 1, step 2 and so on.\nSubject matter experts say so.\n")]
    public void Prose_and_listings_are_text(string text)
    {
        foreach (var bytes in (byte[][])[Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"))])
        {
            var found = FileTypeTable.Recognise(bytes).ShouldNotBeNull();

            found.Match.Type.ShouldBe(FileType.Other, found.Match.Format);
        }
    }

    [Theory]
    [InlineData("id,script\n1,\"var a = function() { return eval('x'); };\"\n2,\"var b = 1;\"\n")]
    [InlineData("a\tb\tc\n1\t2\t3\n4\t5\t6\n")]
    public void Tables_are_tables(string text) => Format(text).ShouldBe("csv");

    [Theory]
    [InlineData("[\"@echo off\",\"powershell -enc AAAA\"]")]
    [InlineData("{\"a\":{\"b\":[\"new ActiveXObject('x')\",\"function(){}\",\"return eval(1)\"]}}")]
    public void Json_that_quotes_a_script_is_json(string text) => Format(text).ShouldBe("json");

    [Fact]
    public void A_web_answer_is_no_mail() => Format("HTTP/1.1 200 OK\r\nDate: x\r\nFrom: a\r\nSubject: b\r\n\r\nbody").ShouldBe("text");

    [Fact]
    public void A_mail_that_quotes_a_pdf_in_clear_is_a_mail() =>
        Format("From: a@example.jp\r\nSubject: x\r\n\r\n" + Encoding.Latin1.GetString(DocumentMaker.Pdf())).ShouldBe("eml");

    [Fact]
    public void A_mail_with_a_page_as_its_body_is_a_mail() =>
        Format("Received: from a by b\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html></html>")
            .ShouldBe("eml");

    [Fact]
    public void An_empty_file_is_of_no_type() => FileTypeTable.Recognise([]).ShouldBeNull();

    [Fact]
    public void A_page_that_saves_what_it_carries_is_noticed()
    {
        const string Page =
            "<html><body><script>var d=atob('TVqQAAMA');var b=new Blob([d],{type:'octet/stream'});var a=document.createElement('a');"
            + "a.href=URL.createObjectURL(b);a.download='invoice.zip';a.click();</script></body></html>";

        Findings(Encoding.UTF8.GetBytes(Page)).ShouldBe(["html.smuggling"]);
        Findings([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Page)]).ShouldBe(["html.smuggling"]);
        Findings(Encoding.UTF8.GetBytes("<html><script>navigator.msSaveOrOpenBlob(new Blob([Uint8Array.from(x)]),'a.exe')</script></html>"))
            .ShouldBe(["html.smuggling"]);
        Findings(Encoding.UTF8.GetBytes("<html><a href=\"data:application/zip;base64,UEsDBA==\" download=\"a.zip\">x</a></html>"))
            .ShouldBe(["html.smuggling"]);
    }

    [Theory]
    [InlineData("<html><img src=\"data:image/png;base64,iVBORw0KGgo=\"><a href=\"/a.zip\" download=\"a.zip\">x</a></html>")]
    [InlineData("<html><script>var t = atob(cookie); document.title = t; button.click();</script></html>")]
    [InlineData("<html><p>new Blob objects can be saved</p></html>")]
    public void An_ordinary_page_saves_nothing(string page) => Findings(Encoding.UTF8.GetBytes(page)).ShouldBeEmpty();

    [Fact]
    public void A_second_signature_makes_a_polyglot()
    {
        var zip = DocumentMaker.Zip(("a.exe", "x"));

        Findings([.. DocumentMaker.Pdf(), .. zip]).ShouldBe(["type.polyglot"]);
        Findings([.. ProgramMaker.Png(), .. zip]).ShouldBe(["type.polyglot"]);
        Findings([.. ProgramMaker.Gif(), .. zip]).ShouldBe(["type.polyglot"]);
        Findings([.. ProgramMaker.Jpg(), .. "Rar!\u001A\u0007\u0000"u8, .. new byte[40]]).ShouldBe(["type.polyglot"]);
        Findings([.. ProgramMaker.Bmp(), .. ProgramMaker.Pe()]).ShouldBe(["type.polyglot"]);
        Findings([.. ProgramMaker.Gif(), .. DocumentMaker.Pdf()]).ShouldBe(["type.polyglot"]);
    }

    [Fact]
    public void A_document_of_the_old_formats_whose_last_stream_is_an_archive_is_no_polyglot()
    {
        var zip = DocumentMaker.Zip(("mimetype", new string('x', 6_000)));
        var document = new CompoundMaker()
            .Stream("WordDocument", [0xEC, 0xA5, 0xC1, 0, .. new byte[5_000]])
            .Stream("1Table", new byte[5_000])
            .Build();
        byte[] holding = [.. document, .. zip];

        Findings(WithLastStream(document, "1Table", zip)).ShouldBeEmpty();
        Findings(holding).ShouldContain(code => code == "type.polyglot");
    }

    /// <summary>The document with the stream's content behind everything else, cut where the content ends as some writers do.</summary>
    private static byte[] WithLastStream(byte[] document, string stream, byte[] content)
    {
        byte[] bytes = [.. document, .. content];
        var first = (document.Length / 512) - 1;
        var count = (content.Length + 511) / 512;
        var table = bytes.AsSpan((BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(0x4C)) + 1) * 512, 512);
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(table[(4 * (first + i))..], i + 1 < count ? (uint)(first + i + 1) : 0xFFFFFFFE);
        }

        var entry = bytes.AsSpan(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(stream)), 128);
        BinaryPrimitives.WriteInt32LittleEndian(entry[0x74..], first);
        BinaryPrimitives.WriteInt32LittleEndian(entry[0x78..], content.Length);
        return bytes;
    }

    [Fact]
    public void A_program_with_an_archive_behind_it_is_an_ordinary_self_extractor() =>
        Findings([.. ProgramMaker.Pe(), .. DocumentMaker.Zip(("a.txt", "x"))]).ShouldBeEmpty();

    private static string? Format(string text) => FileTypeTable.Recognise(Encoding.Latin1.GetBytes(text))?.Match.Format;

    private static IEnumerable<string> Findings(byte[] bytes)
    {
        var (recogniser, match) = FileTypeTable.Recognise(bytes).ShouldNotBeNull();
        var inspection = new FileInspection();
        recogniser.Inspect(bytes, match, inspection);
        return inspection.Findings.Select(finding => finding.Code);
    }
}
