using System.Collections.Frozen;

namespace Noroshi.Hub.Search;

/// <summary>What of a document is searched. The number is the bit in the index: never changed, at most sixteen.</summary>
public enum SearchField
{
    /// <summary>Who sent it: names and addresses of From, Sender, Reply-To, Return-Path.</summary>
    From = 0,

    /// <summary>Whom it went to.</summary>
    To = 1,

    /// <summary>Subject.</summary>
    Subject = 2,

    /// <summary>Text of the mail, quotes included.</summary>
    Body = 3,

    /// <summary>Names, paths and traits of files.</summary>
    File = 4,

    /// <summary>SHA-256, SHA-1, MD5 of mails and files and such values in the text; from eight digits on.</summary>
    Hash = 5,

    /// <summary>Hosts and domains.</summary>
    Host = 6,

    /// <summary>URLs.</summary>
    Url = 7,

    /// <summary>IP addresses.</summary>
    Ip = 8,

    /// <summary>Identifiers, hops and the mail program.</summary>
    Header = 9,

    /// <summary>Number of the provision.</summary>
    Number = 10,

    /// <summary>Kind of the provision.</summary>
    Kind = 11,

    /// <summary>Contact window.</summary>
    Window = 12,

    /// <summary>Organisation; the hub's alone.</summary>
    Organization = 13,

    /// <summary>Verdict; the hub's alone.</summary>
    Verdict = 14,

    /// <summary>Case; the hub's alone.</summary>
    Case = 15,
}

/// <summary>Several fields: bit n is field n.</summary>
/// <param name="Bits">The bits.</param>
public readonly record struct SearchFields(ushort Bits)
{
    /// <summary>All fields.</summary>
    public static SearchFields All { get; } = new(ushort.MaxValue);

    /// <summary>What an organisation may search: nothing that the hub knows and the organisation does not.</summary>
    public static SearchFields OfMembers { get; } =
        new(unchecked((ushort)~(Bit(SearchField.Organization) | Bit(SearchField.Verdict) | Bit(SearchField.Case))));

    /// <summary>One field.</summary>
    public static SearchFields Of(SearchField field) => new(Bit(field));

    /// <summary>Whether the field is among them.</summary>
    public bool Has(SearchField field) => (Bits & Bit(field)) != 0;

    /// <summary>The fields that are in both.</summary>
    public SearchFields And(SearchFields other) => new((ushort)(Bits & other.Bits));

    /// <summary>The fields that are in either.</summary>
    public SearchFields Or(SearchFields other) => new((ushort)(Bits | other.Bits));

    private static ushort Bit(SearchField field) => (ushort)(1 << (int)field);
}

/// <summary>The names that fields have in a query: a closed list.</summary>
public static class SearchFieldNames
{
    /// <summary>Name of the condition on dates; it is no field of the index.</summary>
    public const string Received = "received";

    private static readonly (SearchField Field, string En, string Ja)[] Names =
    [
        (SearchField.From, "from", "差出人"),
        (SearchField.To, "to", "宛先"),
        (SearchField.Subject, "subject", "件名"),
        (SearchField.Body, "body", "本文"),
        (SearchField.File, "file", "ファイル"),
        (SearchField.Hash, "hash", "ハッシュ"),
        (SearchField.Host, "host", "ホスト"),
        (SearchField.Url, "url", "URL"),
        (SearchField.Ip, "ip", "IP"),
        (SearchField.Header, "header", "ヘッダー"),
        (SearchField.Number, "number", "受付番号"),
        (SearchField.Kind, "kind", "種別"),
        (SearchField.Window, "window", "窓口"),
        (SearchField.Organization, "organization", "組織"),
        (SearchField.Verdict, "verdict", "判定"),
        (SearchField.Case, "case", "案件"),
    ];

    private static readonly FrozenDictionary<string, SearchField> ByName = Names
        .SelectMany(name => new[] { (name.En, name.Field), (name.Ja, name.Field) })
        .Append(("organisation", SearchField.Organization))
        .DistinctBy(name => name.Item1, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(name => name.Item1, name => name.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>English names of the fields that may be searched, for messages and the manual.</summary>
    public static IEnumerable<string> Of(SearchFields fields) => Names.Where(name => fields.Has(name.Field)).Select(name => name.En);

    /// <summary>English and Japanese name of each field.</summary>
    public static IEnumerable<(SearchField Field, string En, string Ja)> All => Names;

    internal static SearchField? Find(string name) => ByName.TryGetValue(name, out var field) ? field : null;

    internal static bool IsReceived(string name) =>
        string.Equals(name, Received, StringComparison.OrdinalIgnoreCase) || name is "受信日" or "受信日時";
}
