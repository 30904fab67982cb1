using System.Security.Cryptography;
using MimeKit;
using Noroshi.Exchange.Csv;
using Noroshi.Exchange.Misp;
using Noroshi.Exchange.Notices;
using Noroshi.Exchange.Stix;
using Noroshi.Hub.Sharing;

namespace Noroshi.Server.Sharing;

/// <summary>
/// A form in which an item leaves. Each part that writes one registers it; the gate looks through the bytes of every one of them before
/// anything is released, so that a form that is not registered cannot be had.
/// </summary>
/// <param name="Name">Name in the address: <c>json</c>, <c>stix</c>, <c>csv</c>, …</param>
/// <param name="MediaType">Media type.</param>
/// <param name="Extension">Of the file, without a dot.</param>
/// <param name="Write">The bytes of the last of an item's versions, oldest first; the same for the same versions.</param>
internal sealed record ArtefactFormat(string Name, string MediaType, string Extension, Func<IReadOnlyList<Release>, HubName, byte[]> Write)
{
    /// <summary>The forms that the hub writes.</summary>
    public static IReadOnlyList<ArtefactFormat> All { get; } =
    [
        new("json", "application/json", "json", (versions, _) => ItemForm.Bytes(versions[^1].Item)),
        new(
            "stix",
            "application/stix+json;version=2.1",
            "stix.json",
            (versions, hub) => StixBundle.Of(versions[^1], hub, versions.Count > 1 ? versions[^2] : null)
        ),
        new("misp", "application/json", "misp.json", (versions, hub) => MispEvent.Of(versions, hub).Json.ToArray()),
        new("csv", "text/csv; charset=utf-8", "csv", (versions, _) => IndicatorCsv.Of([versions[^1]], ja: true, versions[^1].At)),
        new("mail", "message/rfc822", "eml", (versions, hub) => Notice(versions[^1], hub)),
    ];

    /// <summary>Stands for the receiver's envelope, which says nothing of the item.</summary>
    private static readonly NoticeEnvelope Envelope = new()
    {
        From = "hub@hub.invalid",
        FromName = "",
        To = "receiver@receiver.invalid",
        MessageId = "notice@hub.invalid",
        Date = DateTimeOffset.UnixEpoch,
        Boundary = "notice",
    };

    private static byte[] Notice(Release release, HubName hub)
    {
        using var mail = ShareNotice.Whole(release, Envelope with { FromName = hub.NameJa });
        // What is sent is the same in base64, which tells nothing more: in the open, approvers can read it, and the gate need not look through each
        // way in which its lines could be decoded.
        foreach (var part in mail.BodyParts.OfType<MimePart>())
        {
            part.ContentTransferEncoding = ContentEncoding.EightBit;
        }

        return ShareNotice.Bytes(mail);
    }
}

/// <summary>All forms, by name.</summary>
internal sealed class ArtefactFormats(IEnumerable<ArtefactFormat> formats)
{
    private readonly IReadOnlyList<ArtefactFormat> _all = [.. formats.OrderBy(one => one.Name, StringComparer.Ordinal)];

    /// <summary>Names, ordinal.</summary>
    public IReadOnlyList<string> Names => [.. _all.Select(one => one.Name)];

    /// <summary>The form of a name; null when there is none.</summary>
    public ArtefactFormat? Find(string name) => _all.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal));

    /// <summary>Every artefact of the last of an item's versions.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> Of(IReadOnlyList<Release> versions, HubName hub) =>
        [.. _all.Select(one => (one.Name, one.Write(versions, hub)))];

    /// <summary>SHA-256 by name.</summary>
    public static IReadOnlyDictionary<string, string> Digests(IReadOnlyList<(string Name, byte[] Bytes)> artefacts) =>
        artefacts.ToDictionary(one => one.Name, one => Convert.ToHexStringLower(SHA256.HashData(one.Bytes)), StringComparer.Ordinal);
}
