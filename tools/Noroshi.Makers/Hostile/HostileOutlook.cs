using System.Buffers.Binary;
using System.Text;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Outlook;

namespace Noroshi.Makers.Hostile;

/// <summary>Hostile Outlook items: lying counts, items that hold themselves, crowds of recipients, bombs of RTF.</summary>
public static class HostileOutlook
{
    private const string Embedded = "__substg1.0_3701000D";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HostileInput> All { get; } =
    [.. Counts(), .. Recursion(), .. Crowds(), .. Compression(), .. Rtf(), .. Names(), .. Cut()];

    private static IEnumerable<HostileInput> Counts()
    {
        yield return new(
            "outlook/counts",
            "2-to-the-32-recipients",
            () =>
                new MsgMaker { StatedRecipients = uint.MaxValue, StatedAttachments = uint.MaxValue }
                    .Mail("x", "a", "a@example.net", MsgCases.Sent)
                    .Build(),
            "outlook.count-differs"
        );
        yield return new("outlook/counts", "properties-of-2-GB", () => Properties(0x1000001F, 0x7FFFFFFF, 10));
        yield return new("outlook/counts", "100k-properties", () => Properties(0x10000003, 1, 100_000));
        yield return new(
            "outlook/counts",
            "properties-without-header",
            () => Compound(("__properties_version1.0", new byte[5])),
            "outlook."
        );
        yield return new("outlook/counts", "no-bytes-at-all", () => Compound(("__properties_version1.0", [])), "outlook.");
    }

    private static IEnumerable<HostileInput> Recursion()
    {
        byte[] Item() => MsgCases.Forward().Build();
        yield return new("outlook/recursion", "embedded-item-is-the-root", () => WithChild(Item(), Embedded, 0), "");
        yield return new("outlook/recursion", "embedded-item-holds-its-outer-item", () => WithChild(Item(), Embedded, 1), "");
        yield return new("outlook/recursion", "attachment-holds-itself", () => WithChild(Item(), "__attach_version1.0_#00000000", 3), "");
        yield return new("outlook/recursion", "60-items-within-each-other", () => Nested(60), "limit.depth");
        yield return new("outlook/recursion", "20-items-within-each-other", () => Nested(20), "limit.depth");
        yield return new("outlook/recursion", "2000-attachments-share-their-sectors", SharedSectors, "");
    }

    private static IEnumerable<HostileInput> Crowds()
    {
        yield return new(
            "outlook/crowd",
            "100k-recipients",
            () =>
            {
                var maker = new CompoundMaker().Stream("__properties_version1.0", new byte[32]);
                for (var i = 0; i < 100_000; i++)
                {
                    maker.Stream($"__recip_version1.0_#{i:X8}/__substg1.0_3003001F", Encoding.Unicode.GetBytes($"{i}@example.net"));
                }

                return maker.Build();
            },
            ""
        );
        yield return new(
            "outlook/crowd",
            "20k-attachments",
            () =>
            {
                var maker = MsgCases.Basic();
                for (var i = 0; i < 20_000; i++)
                {
                    maker.Attach(new MsgAttachment { Content = [] });
                }

                return maker.Build();
            },
            ""
        );
        yield return new(
            "outlook/crowd",
            "names-of-2-MB",
            () => MsgCases.Basic().Recipient(1, new string('n', 1 << 20), new string('@', 1 << 20)).Build()
        );
    }

    private static IEnumerable<HostileInput> Compression()
    {
        byte[] References(int tokens)
        {
            // Eight references a flag byte, each to the byte before: 17 bytes for two.
            var data = new List<byte>();
            for (var i = 0; i < tokens; i++)
            {
                if (i % 8 == 0)
                {
                    data.Add(0xFF);
                }

                data.AddRange([0x00, 0x0F]);
            }

            return [.. data];
        }

        HostileInput With(string variant, Func<byte[]> rtf, string? finding = "outlook.rtf-damaged") =>
            new("outlook/rtf-compression", variant, () => MsgCases.Rtf(rtf()).Build(), finding);
        yield return With("bomb-of-6-MB", () => References(3 << 20) is var data ? RtfMaker.Wrap(data, 1, 0x75465A4C, 0) : []);
        yield return With("size-4-GB", () => RtfMaker.Wrap(References(80), -1, 0x75465A4C, 0));
        yield return With("stored-size-4-GB", () => RtfMaker.Wrap("{\\rtf1 x}"u8.ToArray(), -1, 0x414C454D, 0));
        yield return With(
            "wrong-checksum",
            () => RtfMaker.Compress("{\\rtf1 x}"u8.ToArray()) is var rtf ? [.. rtf[..12], 1, 2, 3, 4, .. rtf[16..]] : []
        );
        yield return With("cut-in-a-reference", () => RtfMaker.Wrap([0xFF, 0x00], 17, 0x75465A4C, 0));
        yield return With("unknown-kind", () => RtfMaker.Wrap(new byte[100], 100, 0x12345678, 0));
        yield return With("header-only", () => new byte[15]);
    }

    private static IEnumerable<HostileInput> Rtf()
    {
        HostileInput With(string variant, Func<string> rtf, string? finding = null) =>
            new("outlook/rtf", variant, () => MsgCases.Rtf(RtfMaker.Store(Encoding.Latin1.GetBytes(rtf()))).Build(), finding);
        static string Many(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();
        yield return With("1M-groups-open", () => "{\\rtf1" + new string('{', 1_000_000) + "x");
        yield return With("1M-groups-close", () => "{\\rtf1 x" + new string('}', 1_000_000));
        yield return With("1M-groups-balanced", () => "{\\rtf1 " + new string('{', 1_000_000) + new string('}', 1_000_000) + "x}");
        yield return With("bin-of-2-GB", () => "{\\rtf1 a\\bin2147483647 b}");
        yield return With("bin-of-99-digits", () => "{\\rtf1 a\\bin" + new string('9', 99) + " b}");
        yield return With(
            "500k-fonts",
            () => "{\\rtf1{\\fonttbl" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"\\f{i}\\fcharset128;")) + "}x}"
        );
        yield return With("1M-unicode-skips", () => "{\\rtf1\\uc16" + Many("\\u12354", 300_000) + "}");
        yield return With(
            "200k-hyperlinks",
            () => "{\\rtf1 " + Many("{\\field{\\*\\fldinst HYPERLINK http://x.example/}{\\fldrslt y}}", 60_000) + "}"
        );
        yield return With("wrapped-tags-in-tags", () => "{\\rtf1\\fromhtml1 " + Many("{\\*\\htmltag64 <b>", 200_000) + "x");
        yield return With("8-MB-of-bytes", () => "{\\rtf1\\ansicpg932 " + Many("\\'82\\'a0", 900_000) + "}");
        yield return With("more-text-than-is-kept", () => "{\\rtf1 " + new string('x', 7_000_000) + "}", "outlook.limit");
    }

    private static IEnumerable<HostileInput> Names()
    {
        byte[] With(byte[] sets, byte[] entries, byte[] strings) =>
            Compound(
                ("__properties_version1.0", new byte[32]),
                ("__nameid_version1.0/__substg1.0_00020102", sets),
                ("__nameid_version1.0/__substg1.0_00030102", entries),
                ("__nameid_version1.0/__substg1.0_00040102", strings)
            );
        yield return new(
            "outlook/names",
            "strings-behind-the-end",
            () => With(new byte[16], [0xFF, 0xFF, 0xFF, 0xFF, 7, 0, 0, 0], new byte[4])
        );
        yield return new(
            "outlook/names",
            "string-of-4-GB",
            () => With(new byte[16], [0, 0, 0, 0, 7, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF, 65, 0])
        );
        yield return new("outlook/names", "100k-names", () => With(new byte[16], new byte[800_000], []));
        yield return new("outlook/names", "sets-behind-the-end", () => With([], [1, 0, 0, 0, 0xFE, 0xFF, 0, 0], []));
        yield return new(
            "outlook/names",
            "reply-list-of-4-GB",
            () => MsgCases.Basic().Binary(0x004F, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]).Build()
        );
    }

    private static IEnumerable<HostileInput> Cut()
    {
        foreach (var at in (int[])[512, 600, 1_024, 2_048, 4_000, 8_000])
        {
            yield return new(
                "outlook/cut",
                $"cut-at-{at}",
                () => MsgCases.Forward().Build() is var item ? item[..Math.Min(at, item.Length)] : []
            );
        }
    }

    private static byte[] Compound(params (string Path, byte[] Content)[] streams)
    {
        var maker = new CompoundMaker();
        foreach (var (path, content) in streams)
        {
            maker.Stream(path, content);
        }

        return maker.Build();
    }

    private static byte[] Properties(int tag, int size, int count)
    {
        var stream = new byte[32 + (16 * count)];
        for (var i = 0; i < count; i++)
        {
            var entry = stream.AsSpan(32 + (16 * i));
            BinaryPrimitives.WriteInt32LittleEndian(entry, tag + (i << 16));
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], size);
        }

        return Compound(("__properties_version1.0", stream), ("__substg1.0_1000001F", [65, 0]));
    }

    private static byte[] Nested(int levels)
    {
        var item = MsgCases.Basic();
        for (var i = 0; i < levels; i++)
        {
            item = MsgCases.Basic().Attach(new MsgAttachment { Message = item });
        }

        return item.Build();
    }

    private static byte[] SharedSectors()
    {
        var maker = MsgCases.Basic().Attach(new MsgAttachment { Name = "first", Content = new byte[1 << 20] });
        for (var i = 0; i < 1_500; i++)
        {
            maker.Attach(new MsgAttachment { Content = [1, 2, 3] });
        }

        var bytes = maker.Build();
        var first = Entries(bytes, "__substg1.0_37010102").First();
        var start = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(first + 116));
        foreach (var at in Entries(bytes, "__substg1.0_37010102"))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 116), start);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at + 120), 1 << 20);
        }

        return bytes;
    }

    /// <summary>Lets the first storage of that name have another entry of the directory for its content.</summary>
    private static byte[] WithChild(byte[] bytes, string name, uint child)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Entries(bytes, name).First() + 76), child);
        return bytes;
    }

    private static IEnumerable<int> Entries(byte[] bytes, string name)
    {
        var wanted = Encoding.Unicode.GetBytes(name + "\0");
        for (var at = 512; at + 128 <= bytes.Length; at += 128)
        {
            if (bytes.AsSpan(at).StartsWith(wanted))
            {
                yield return at;
            }
        }
    }
}
