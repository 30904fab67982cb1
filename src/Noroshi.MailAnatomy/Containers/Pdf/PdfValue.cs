using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>Kinds of PDF values (ISO 32000-1, 7.3).</summary>
internal enum PdfKind
{
    /// <summary>null, and whatever could not be read.</summary>
    Null,

    /// <summary>true or false.</summary>
    Bool,

    /// <summary>Integer or real.</summary>
    Number,

    /// <summary>Name, <c>#xx</c> decoded, without the slash.</summary>
    Name,

    /// <summary>Literal or hexadecimal string.</summary>
    Text,

    /// <summary>Array.</summary>
    List,

    /// <summary>Dictionary.</summary>
    Map,

    /// <summary>Reference to an indirect object.</summary>
    Reference,
}

/// <summary>One PDF value; immutable once read.</summary>
internal sealed class PdfValue
{
    private static readonly PdfValue[] NoItems = [];
    private static readonly Dictionary<string, PdfValue> NoKeys = new(StringComparer.Ordinal);

    /// <summary>The null value.</summary>
    public static PdfValue Null { get; } = new() { Kind = PdfKind.Null };

    /// <summary>Kind.</summary>
    public required PdfKind Kind { get; init; }

    /// <summary>A number, the number of a referenced object, 1 for true.</summary>
    public double Number { get; init; }

    /// <summary>Generation of a reference.</summary>
    public int Generation { get; init; }

    /// <summary>A name.</summary>
    public string Name { get; init; } = "";

    /// <summary>A string.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>Items of an array.</summary>
    public IReadOnlyList<PdfValue> Items { get; init; } = NoItems;

    /// <summary>Entries of a dictionary.</summary>
    public Dictionary<string, PdfValue> Map { get; init; } = NoKeys;

    /// <summary>The number as an integer; -1 when it is none.</summary>
    public long Integer => Kind == PdfKind.Number && Math.Abs(Number) < 1e15 ? (long)Number : -1;

    /// <summary>Number of the referenced object; -1 when this is no reference.</summary>
    public int Target => Kind == PdfKind.Reference && Number is >= 0 and <= int.MaxValue ? (int)Number : -1;

    /// <summary>Whether this is the name.</summary>
    public bool Is(string name) => Kind == PdfKind.Name && Name == name;

    /// <summary>The entry of a dictionary.</summary>
    public bool Has(string key, [NotNullWhen(true)] out PdfValue? value) => Map.TryGetValue(key, out value);

    /// <summary>The entry of a dictionary as it stands (not resolved); null value when there is none.</summary>
    public PdfValue this[string key] => Map.TryGetValue(key, out var value) ? value : Null;

    /// <summary>A number.</summary>
    public static PdfValue Of(double number) => new() { Kind = PdfKind.Number, Number = number };

    /// <summary>A name.</summary>
    public static PdfValue OfName(string name) => new() { Kind = PdfKind.Name, Name = name };

    /// <summary>A string.</summary>
    public static PdfValue OfBytes(byte[] bytes) => new() { Kind = PdfKind.Text, Bytes = bytes };

    /// <summary>An array.</summary>
    public static PdfValue OfItems(IReadOnlyList<PdfValue> items) => new() { Kind = PdfKind.List, Items = items };

    /// <summary>A dictionary.</summary>
    public static PdfValue OfMap(Dictionary<string, PdfValue> map) => new() { Kind = PdfKind.Map, Map = map };

    /// <inheritdoc/>
    public override string ToString() =>
        Kind switch
        {
            PdfKind.Name => Name,
            PdfKind.Number => Number.ToString(CultureInfo.InvariantCulture),
            PdfKind.Bool => Number > 0 ? "true" : "false",
            _ => Kind.ToString(),
        };
}
