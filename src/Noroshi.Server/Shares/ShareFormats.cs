using Noroshi.Exchange.Csv;
using Noroshi.Exchange.Misp;
using Noroshi.Exchange.Notices;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Shares;

/// <summary>
/// MISP, CSV and notices as artefacts of one version: what the gate looks through before anything leaves, and what approvers see. Feeds, lists and
/// mails to somebody say nothing of an item that does not stand in these.
/// </summary>
internal static class ShareFormats
{
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

    /// <summary>The forms.</summary>
    public static IReadOnlyList<ArtefactFormat> All { get; } =
    [
        new("misp", "application/json", "misp.json", (release, hub) => MispEvent.Of([release], hub).Json.ToArray()),
        new("csv", "text/csv; charset=utf-8", "csv", (release, _) => IndicatorCsv.Of([release], ja: true, release.At)),
        new("mail", "message/rfc822", "eml", Notice),
    ];

    private static byte[] Notice(Release release, HubName hub)
    {
        using var mail = ShareNotice.Whole(release, Envelope with { FromName = hub.NameJa });
        return ShareNotice.Bytes(mail);
    }
}
