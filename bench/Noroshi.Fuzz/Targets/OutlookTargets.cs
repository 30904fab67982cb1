using System.Text;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Messages.Outlook;
using Noroshi.Makers.Outlook;

namespace Noroshi.Fuzz.Targets;

/// <summary>Outlook items, the whole way of a mail.</summary>
internal sealed class MsgTarget : IFuzzTarget
{
    private static readonly DissectionRequest Request = new()
    {
        Name = "fuzz.msg",
        MaxBytes = 4 << 20,
        MaxEntries = 300,
        MaxDepth = 5,
        PasswordBudgetMilliseconds = 20,
    };

    public string Name => "msg";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[] { "__properties_version1.0", "__substg1.0_", "__nameid_version1.0", "__recip_version1.0_#", "__attach_version1.0_#" }
            .Concat(["1000001F", "10090102", "10130102", "007D001F", "3701000D", "37010102"])
            .Select(Encoding.Unicode.GetBytes),
        [0x1F, 0, 0, 0x10],
        [2, 1, 9, 0x10],
        [2, 1, 0x13, 0x10],
        [0x0D, 0, 1, 0x37],
        [3, 0, 5, 0x37, 6, 0, 0, 0, 5, 0, 0, 0],
        [.. "LZFu"u8],
        [.. "MELA"u8],
    ];

    public IEnumerable<byte[]> Seeds() => MsgCases.All.Select(item => item.Make());

    public void Run(byte[] bytes) => Dissector.Mail(bytes, Request);
}

/// <summary>RTF of mails, with HTML or text wrapped in it.</summary>
internal sealed class OutlookRtfTarget : IFuzzTarget
{
    private const string Html =
        "<html><head><title>t</title></head><body><p>本文 &amp; &nbsp;</p><a href=\"http://a.example.jp/\">b</a></body></html>";

    public string Name => "outlook-rtf";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            @"{\rtf1",
            @"\fromhtml1 ",
            @"\fromtext ",
            @"{\*\htmltag64 <p>}",
            @"\htmlrtf ",
            @"\htmlrtf0 ",
            @"{\*\mhtmltag ",
            @"\bin5 ",
            @"\u12354?",
            @"\uc2 ",
            @"\'82\'a0",
            @"\ansicpg932",
            @"{\fonttbl{\f0\fcharset128 a;}}",
            @"\f1 ",
        }
            .Concat([@"\par ", @"\u-1 ", @"{\*\x ", "}", @"{\field{\*\fldinst HYPERLINK ""http://a.example/""}{\fldrslt b}}", @"\deff0"])
            .Select(Encoding.ASCII.GetBytes),
    ];

    public IEnumerable<byte[]> Seeds() =>
        [
            RtfMaker.FromHtml(Html, 932),
            RtfMaker.FromHtml(Html, 65001),
            RtfMaker.FromText("日本語の本文\nhttp://a.example.jp/", 932),
            RtfMaker.FromText("日本語の本文", 0, native: true),
        ];

    public void Run(byte[] bytes) => RtfReader.Read(bytes);
}

internal sealed class CompressedRtfTarget : IFuzzTarget
{
    public string Name => "lzfu";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [.. "LZFu"u8],
        [.. "MELA"u8],
    ];

    public IEnumerable<byte[]> Seeds()
    {
        var rtf = RtfMaker.FromHtml(string.Concat(Enumerable.Repeat("<p>noroshi</p>", 20)), 932);
        return [RtfMaker.Compress(rtf), RtfMaker.Store(rtf), RtfMaker.Compress(new byte[9_000])];
    }

    public void Run(byte[] bytes) => CompressedRtf.Decompress(bytes);
}

/// <summary>The content of a signed item (CMS): definite and indefinite lengths.</summary>
internal sealed class SignedContentTarget : IFuzzTarget
{
    public string Name => "cms";

    public IReadOnlyList<byte[]> Dictionary { get; } =
    [
        [0x30, 0x80],
        [0x24, 0x80],
        [0xA0, 0x80],
        [0, 0],
        [4, 0x84, 0x7F, 0xFF, 0xFF, 0xFF],
        [6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1],
        [6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2],
    ];

    public IEnumerable<byte[]> Seeds() => [Signed(false), Signed(true)];

    public void Run(byte[] bytes) => SignedContent.Of(bytes);

    private static byte[] Signed(bool indefinite)
    {
        byte[] Value(byte tag, params byte[][] parts)
        {
            byte[] content = [.. parts.SelectMany(part => part)];
            return indefinite && tag is 0x30 or 0xA0 or 0x24
                ? [tag, 0x80, .. content, 0, 0]
                : [tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content];
        }

        byte[] mail = [.. "Content-Type: text/plain\r\n\r\nsigned text\r\n"u8];
        var octets = indefinite ? Value(0x24, Value(4, mail[..9]), Value(4, mail[9..])) : Value(4, mail);
        byte[] oid = [6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7];
        byte[] version = [2, 1, 1];
        byte[] algorithms = [0x31, 0];
        var inner = Value(0x30, [.. oid, 1], Value(0xA0, octets));
        return Value(0x30, [.. oid, 2], Value(0xA0, Value(0x30, version, algorithms, inner)));
    }
}
