using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Texts;

/// <summary>What a machine may do with an indicator without a person looking first.</summary>
internal static class MachineUse
{
    /// <summary>
    /// Whether blocking it would hit the attacker and hardly anybody else. A hijacked site belongs to somebody who has done nothing wrong: of it
    /// only a URL with a path is precise enough. A URL with parts in braces is a pattern, which no list can hold.
    /// </summary>
    public static bool IsPrecise(SanitisedIndicator indicator) =>
        indicator.Kind switch
        {
            IndicatorKind.Url => !indicator.Value.Contains('{', StringComparison.Ordinal)
                && (indicator.Hijacked == HijackedSite.No || HasPath(indicator.Value)),
            // The way of a mail leads over relays and web-mail fronts that thousands of honest people use.
            IndicatorKind.Ip or IndicatorKind.Host => indicator.Hijacked == HijackedSite.No && indicator.Role == IndicatorRole.Destination,
            IndicatorKind.Sender or IndicatorKind.Sha256 or IndicatorKind.Sha1 or IndicatorKind.Md5 or IndicatorKind.MessageId => true,
            // 「履歴書.doc」 and 「お問い合わせ」 are everybody's.
            IndicatorKind.FileName or IndicatorKind.Subject => false,
        };

    /// <summary>Whether the marking lets it be blocked: the Permissible Actions Protocol does from GREEN on.</summary>
    public static bool MayBlock(Marking marking) => marking.Pap <= Pap.Green;

    private static bool HasPath(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var path = url.IndexOf('/', scheme < 0 ? 0 : scheme + 3);
        return path >= 0 && path < url.Length - 1;
    }
}
