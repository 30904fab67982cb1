using System.Globalization;

namespace Noroshi.Hub.Judgement;

/// <summary>A group of near-identical mails as it stands.</summary>
public sealed record NearIdenticalGroup
{
    /// <summary>
    /// Id: made of the smallest unique id in it. When groups grow together one id is left, and <see cref="NearIdenticalGroups.Find"/> still
    /// leads from each earlier one to the group.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>Key of the mail that stands for the group: the one received first.</summary>
    public required string Representative { get; init; }

    /// <summary>Mails.</summary>
    public required int Size { get; init; }

    /// <summary>Unique mails: same text, sender and attachments.</summary>
    public required int UniqueMails { get; init; }

    /// <summary>Organisations that received one, at most <see cref="NearIdenticalGroups.MostCounted"/>, by id (ordinal).</summary>
    public required IReadOnlyList<string> Organizations { get; init; }

    /// <summary>Windows that received one; counted up to <see cref="NearIdenticalGroups.MostCounted"/>.</summary>
    public required int Windows { get; init; }

    /// <summary>Addresses that received one; counted up to the same number.</summary>
    public required int Recipients { get; init; }

    /// <summary>Destinations: windows, else addresses, else organisations; counted up to the same number.</summary>
    public required int Destinations { get; init; }

    /// <summary>
    /// Destinations at which a payload of the representative was seen, whatever the text around it; 0 when it has none. Counted up to the same
    /// number.
    /// </summary>
    public required int PayloadDestinations { get; init; }

    /// <summary>When the first was received.</summary>
    public required DateTimeOffset? First { get; init; }

    /// <summary>When the newest was received.</summary>
    public required DateTimeOffset? Last { get; init; }

    internal static string IdOf(ulong unique) => unique.ToString("x16", CultureInfo.InvariantCulture);
}
