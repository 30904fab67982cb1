using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Indicators;

namespace Noroshi.Hub.Judgement;

/// <summary>What the groups of near-identical mails know of one mail: hashes and ids, no text.</summary>
public sealed record NearIdenticalMail
{
    private const int MostRecipients = 1_000;

    /// <summary>Key of the mail.</summary>
    public required string Key { get; init; }

    /// <summary>Same text, sender and attachments.</summary>
    public required ulong UniqueId { get; init; }

    /// <summary>Kind of sender and kinds of attachments: mails of different shapes are never near-identical.</summary>
    public required ulong Shape { get; init; }

    /// <summary>Sketch of the text; empty when it is too short to be compared.</summary>
    public IReadOnlyList<ulong> Sketch { get; init; } = [];

    /// <summary>SHA-256 of payloads.</summary>
    public IReadOnlyList<string> Payloads { get; init; } = [];

    /// <summary>Organisation that received it.</summary>
    public string? Organization { get; init; }

    /// <summary>Window that received it.</summary>
    public string? Window { get; init; }

    /// <summary>When it was received.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>Hashes of the addresses that it was sent to.</summary>
    public IReadOnlyList<ulong> Recipients { get; init; } = [];

    /// <summary>From a mail and its features.</summary>
    public static NearIdenticalMail Of(ProvidedMail mail, MailFeatures features)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(features);
        return new NearIdenticalMail
        {
            Key = features.Key,
            UniqueId = features.UniqueId,
            Shape = ShapeOf(mail),
            Sketch = features.Sketch,
            Payloads = features.Payloads,
            Organization = features.Organization,
            Window = features.Window,
            ReceivedAt = features.ReceivedAt,
            Recipients =
            [
                .. mail
                    .Facts.To.Concat(mail.Facts.Cc)
                    .Select(address => address.Address.ToLowerInvariant())
                    .Where(address => address.Contains('@', StringComparison.Ordinal))
                    .Distinct(StringComparer.Ordinal)
                    .Take(MostRecipients)
                    .Select(Hash),
            ],
        };
    }

    /// <summary>
    /// Where the mail went: the window, else the addresses, of the organisation that received it; the organisation alone when nothing more is
    /// known. This is what "at ten destinations" counts.
    /// </summary>
    public IEnumerable<ulong> Destinations() =>
        Window is not null ? [Hash($"w\n{Organization}\n{Window}")]
        : Recipients.Count > 0 ? Recipients.Select(recipient => Hash($"r\n{Organization}\n{recipient:x16}"))
        : Organization is not null ? [Hash($"o\n{Organization}")]
        : [];

    internal static ulong Hash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BitConverter.ToUInt64(hash);
    }

    private static ulong ShapeOf(ProvidedMail mail)
    {
        var sender =
            mail.Facts.From is null ? "none"
            : mail.Facts.Indicators.SenderService == MailServiceClass.None ? "other"
            : "free";
        var files = mail.Facts.Attachments.Select(file => $"{file.Type}:{file.Format}").Order(StringComparer.Ordinal).Take(100);
        return Hash($"{sender}\n{mail.Channel}\n{string.Join(',', files)}");
    }
}
