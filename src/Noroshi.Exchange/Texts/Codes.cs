using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Texts;

/// <summary>Fixed words for machines: those of the items' own JSON.</summary>
internal static class Codes
{
    /// <summary>Kind of indicator.</summary>
    public static string Of(IndicatorKind kind) =>
        kind switch
        {
            IndicatorKind.Sender => "sender",
            IndicatorKind.Ip => "ip",
            IndicatorKind.Host => "host",
            IndicatorKind.Url => "url",
            IndicatorKind.Sha256 => "sha256",
            IndicatorKind.Sha1 => "sha1",
            IndicatorKind.Md5 => "md5",
            IndicatorKind.FileName => "file-name",
            IndicatorKind.Subject => "subject",
            IndicatorKind.MessageId => "message-id",
        };

    /// <summary>Part in the attack.</summary>
    public static string Of(IndicatorRole role) =>
        role switch
        {
            IndicatorRole.Delivery => "delivery",
            IndicatorRole.Sample => "sample",
            IndicatorRole.Destination => "destination",
        };

    /// <summary>Hijacked site.</summary>
    public static string Of(HijackedSite hijacked) =>
        hijacked switch
        {
            HijackedSite.No => "no",
            HijackedSite.Suspected => "suspected",
            HijackedSite.Confirmed => "confirmed",
        };

    /// <summary>TLP.</summary>
    public static string Of(Tlp tlp) =>
        tlp switch
        {
            Tlp.Clear => "clear",
            Tlp.Green => "green",
            Tlp.Amber => "amber",
            Tlp.AmberStrict => "amber+strict",
            Tlp.Red => "red",
        };

    /// <summary>To whom it may be handed on: <c>own</c>, <c>own+group</c>, <c>own+contractors</c>, <c>own+group+contractors</c>, <c>any</c>.</summary>
    public static string Redistribution(Marking marking) =>
        marking.Tlp == Tlp.Clear
            ? "any"
            : "own" + (marking.Redistribution.GroupCompanies ? "+group" : "") + (marking.Redistribution.Contractors ? "+contractors" : "");
}
