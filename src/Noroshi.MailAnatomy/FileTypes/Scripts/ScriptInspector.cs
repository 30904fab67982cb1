using System.Buffers;
using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Scripts;

/// <summary>Looks into the source of a script: what it would call, as written and with simple disguises undone, and what it carries.</summary>
internal static class ScriptInspector
{
    private const int MaxSource = 4 << 20;
    private const int LongString = 512;
    private const int MaxPasses = 3;

    private static readonly SearchValues<string> EncodedSwitches = SearchValues.Create(
        ["-encodedcommand", "-enc ", "-ec ", "-encodedc", "-en ", "/enc ", "/encodedcommand"],
        StringComparison.OrdinalIgnoreCase
    );

    /// <summary>Source as text: UTF-16 by its look, else UTF-8, else Shift_JIS as Windows of Japan saves it.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var whole = bytes.Length <= MaxSource;
        bytes = bytes[..Math.Min(bytes.Length, MaxSource)];
        if (TextSample.IsUtf16(bytes, out var big))
        {
            return (big ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes).TrimStart('\uFEFF');
        }

        return System.Text.Unicode.Utf8.IsValid(bytes) || !whole || CodePagesEncodingProvider.Instance.GetEncoding(932) is not { } shiftJis
            ? Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF')
            : shiftJis.GetString(bytes);
    }

    /// <summary>Fills the inspection. Never throws on bytes.</summary>
    public static void Inspect(ReadOnlySpan<byte> bytes, string format, FileInspection inspection)
    {
        var source = Decode(bytes);
        if (bytes.Length > MaxSource)
        {
            inspection.Findings.Add(FindingCodes.Scripts.Limit.At(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} bytes")));
        }

        inspection.Texts.Add(source);
        if (ScriptEncoderTable.Decode(source) is { } decoded)
        {
            inspection.Findings.Add(FindingCodes.Scripts.Encoded.At("#@~^"));
            inspection.Texts.Add(decoded);
            source = decoded;
        }

        inspection.Traits.Add(TraitKinds.Scripts.Kind.Of(format, "file"));
        inspection.Traits.Add(TraitKinds.Scripts.Entropy.Of(Entropy(source).ToString("F2", CultureInfo.InvariantCulture), "source"));
        if (LongStrings(source) is > 0 and var count)
        {
            inspection.Traits.Add(TraitKinds.Scripts.LongStrings.Of(count.ToString(CultureInfo.InvariantCulture), "source"));
        }

        Look(source, format, inspection);
    }

    /// <summary>Calls, disguises and what the text carries; also for scripts inside other files.</summary>
    public static void Look(string source, string format, FileInspection inspection)
    {
        var open = new SortedDictionary<string, ScriptDeed>(StringComparer.OrdinalIgnoreCase);
        ScriptCalls.Find(source, open);
        var plain = source;
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            var next = Deobfuscation.Of(plain, format);
            if (ReferenceEquals(next, plain) || next == plain)
            {
                break;
            }

            plain = next;
        }

        var all = new SortedDictionary<string, ScriptDeed>(open, StringComparer.OrdinalIgnoreCase);
        if (!ReferenceEquals(plain, source))
        {
            ScriptCalls.Find(plain, all);
            inspection.Texts.Add(plain);
        }

        var payload = Payloads.Of(plain);
        foreach (var text in payload.Texts)
        {
            inspection.Texts.Add(text);
            ScriptCalls.Find(text, all);
            var undone = Deobfuscation.Of(text, format);
            if (!ReferenceEquals(undone, text))
            {
                ScriptCalls.Find(undone, all);
                inspection.Texts.Add(undone);
            }
        }

        AddFiles(payload, "decoded", inspection);
        Report(open, all, inspection);
        if (payload.Texts.Count > 0 && plain.AsSpan().ContainsAny(EncodedSwitches))
        {
            inspection.Findings.Add(FindingCodes.Scripts.EncodedCommand.At(Short(payload.Texts[0])));
        }
    }

    /// <summary>Hands decoded files over.</summary>
    public static void AddFiles(Payload payload, string name, FileInspection inspection)
    {
        var number = 0;
        foreach (var (bytes, type, where) in payload.Files)
        {
            number++;
            inspection.Findings.Add(FindingCodes.Scripts.Payload.At($"{where}: {type}"));
            inspection.Inner.Add(
                new ContainerEntry
                {
                    Name =
                        number == 1 && name.Contains('.', StringComparison.Ordinal)
                            ? name
                            : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"),
                    Size = bytes.Length,
                    Open = () => new MemoryStream(bytes, writable: false),
                }
            );
        }

        if (payload.Limited)
        {
            inspection.Findings.Add(FindingCodes.Scripts.Limit.At("literals"));
        }
    }

    private static void Report(
        SortedDictionary<string, ScriptDeed> open,
        SortedDictionary<string, ScriptDeed> all,
        FileInspection inspection
    )
    {
        if (all.Count == 0)
        {
            return;
        }

        inspection.Traits.Add(TraitKinds.Scripts.Calls.Of(string.Join(", ", all.Keys), "source"));
        foreach (
            var (deed, code) in (ReadOnlySpan<(ScriptDeed, FindingCode)>)
                [
                    (ScriptDeed.Download, FindingCodes.Scripts.Download),
                    (ScriptDeed.Execute, FindingCodes.Scripts.Execute),
                    (ScriptDeed.Persist, FindingCodes.Scripts.Persist),
                    (ScriptDeed.Evade, FindingCodes.Scripts.Evade),
                ]
        )
        {
            var words = string.Join(", ", all.Where(pair => pair.Value == deed).Select(pair => pair.Key));
            if (words.Length > 0)
            {
                inspection.Findings.Add(code.At(words));
            }
        }

        var hidden = string.Join(
            ", ",
            all.Where(pair => pair.Value != ScriptDeed.Decode && !open.ContainsKey(pair.Key)).Select(pair => pair.Key)
        );
        if (hidden.Length > 0)
        {
            inspection.Findings.Add(FindingCodes.Scripts.Disguised.At(hidden));
        }
    }

    /// <summary>Shannon entropy of the characters, bits.</summary>
    internal static double Entropy(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        Span<int> counts = stackalloc int[256];
        foreach (var c in text)
        {
            counts[c & 0xFF]++;
        }

        var entropy = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var share = (double)count / text.Length;
                entropy -= share * Math.Log2(share);
            }
        }

        return entropy;
    }

    /// <summary>Strings of the source that are longer than people write.</summary>
    private static int LongStrings(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (true)
        {
            var start = text.IndexOfAny('"', '\'');
            if (start < 0)
            {
                return count;
            }

            var inside = text[(start + 1)..];
            var end = inside.IndexOfAny(text[start], '\n');
            if (end < 0)
            {
                return count + (inside.Length >= LongString ? 1 : 0);
            }

            count += end >= LongString ? 1 : 0;
            text = inside[(end + 1)..];
        }
    }

    private static string Short(string text) => text.Length <= 200 ? text : text[..200];
}
