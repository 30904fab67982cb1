using System.Globalization;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Compound;

/// <summary>
/// Takes what the readers of a document find and keeps every list within bounds, so that no reader has to count for itself: 64 traits
/// (16 of a kind), 1 Mi characters of text, 128 inner files of 32 MiB together.
/// </summary>
internal sealed class DocumentFacts(FileInspection inspection)
{
    private const int MaxTraits = 64;
    private const int MaxOfKind = 16;
    private const int MaxText = 1 << 20;
    private const int MaxInner = 128;
    private const int MaxFindings = 64;

    private readonly HashSet<(string Kind, string Value)> _seen = [];
    private readonly Dictionary<string, int> _ofKind = new(StringComparer.Ordinal);
    private readonly HashSet<(string Code, string Detail)> _findings = [];
    private int _textLeft = MaxText;

    /// <summary>Bytes that may still be handed over as inner files.</summary>
    public int InnerBytesLeft { get; private set; } = 32 << 20;

    /// <summary>
    /// The facts of a file inside are told as those of the file around it: its own inner files are left to whoever opens it.
    /// </summary>
    public bool Lifting { get; set; }

    /// <summary>Inner files handed over so far.</summary>
    public int InnerCount { get; private set; }

    /// <summary>Adds a trait unless it is empty, there already, or one too many.</summary>
    public void Trait(TraitKind kind, string? value, string where)
    {
        var clean = Clean(value);
        if (clean.Length == 0 || _seen.Count >= MaxTraits)
        {
            return;
        }

        var count = _ofKind.GetValueOrDefault(kind.Name);
        if (count >= MaxOfKind)
        {
            return;
        }

        var trait = kind.Of(clean, where);
        if (_seen.Add((kind.Name, trait.Value)))
        {
            _ofKind[kind.Name] = count + 1;
            inspection.Traits.Add(trait);
        }
    }

    /// <summary>Adds a trait of a number.</summary>
    public void Trait(TraitKind kind, long value, string where) => Trait(kind, value.ToString(CultureInfo.InvariantCulture), where);

    /// <summary>Adds a finding once.</summary>
    public void Finding(FindingCode code, string detail)
    {
        var cut = detail.Length <= 300 ? detail : detail[..300];
        if (_findings.Count < MaxFindings && _findings.Add((code.Code, cut)))
        {
            inspection.Findings.AddBounded(code.At(cut));
        }
    }

    /// <summary>Adds text in which indicators are looked for.</summary>
    public void Text(string text)
    {
        if (text.Length == 0 || _textLeft <= 0)
        {
            return;
        }

        var part = text.Length <= _textLeft ? text : text[.._textLeft];
        _textLeft -= part.Length;
        inspection.Texts.Add(part);
    }

    /// <summary>Hands a file inside over. Over the budget it is not, and a finding says so.</summary>
    public void Inner(string name, byte[] bytes, string? modifiedAt = null)
    {
        if (bytes.Length == 0 || Lifting)
        {
            return;
        }

        if (InnerCount >= MaxInner || bytes.Length > InnerBytesLeft)
        {
            Finding(FindingCodes.Compound.InnerLimit, name);
            return;
        }

        InnerCount++;
        InnerBytesLeft -= bytes.Length;
        inspection.Inner.Add(
            new ContainerEntry
            {
                Name = Visible(name),
                Size = bytes.Length,
                ModifiedAt = modifiedAt,
                Open = () => new MemoryStream(bytes, writable: false),
            }
        );
    }

    /// <summary>Hands over a file inside that is unpacked as it is read: the budget of whoever reads it counts.</summary>
    public void Inner(string name, Func<Stream> open, long size)
    {
        if (InnerCount >= MaxInner)
        {
            Finding(FindingCodes.Compound.InnerLimit, name);
            return;
        }

        InnerCount++;
        inspection.Inner.Add(
            new ContainerEntry
            {
                Name = Visible(name),
                Size = size,
                Open = open,
            }
        );
    }

    /// <summary>A FILETIME as RFC 3339 in UTC to the second; null for none and for what no calendar has.</summary>
    public static string? Time(ulong fileTime)
    {
        // 9999-12-31 is the last day that has four digits.
        const ulong Last = 2_650_467_743_990_000_000;
        return fileTime is 0 or > Last
            ? null
            : DateTime.FromFileTimeUtc((long)fileTime).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>Names of streams begin with control characters; people see them as escapes.</summary>
    public static string Visible(string name)
    {
        if (name.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0)
        {
            return name;
        }

        return string.Concat(name.Select(letter => letter < ' ' ? $"\\x{(int)letter:x2}" : letter.ToString()));
    }

    private static string Clean(string? value)
    {
        if (value is null)
        {
            return "";
        }

        var end = value.IndexOf('\0', StringComparison.Ordinal);
        return (end < 0 ? value : value[..end]).Trim();
    }
}
