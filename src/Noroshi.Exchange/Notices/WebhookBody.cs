using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Noroshi.Exchange.Texts;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Notices;

/// <summary>
/// A word to a member's machine that there is something to fetch. No content: what stands in it is no more than the subject of a notice.
/// </summary>
public static class WebhookBody
{
    /// <summary>Header with the seconds since 1970 at which it was signed.</summary>
    public const string TimestampHeader = "Noroshi-Timestamp";

    /// <summary>Header with <c>v1=</c> and the HMAC-SHA-256 in lower-case hex.</summary>
    public const string SignatureHeader = "Noroshi-Signature";

    /// <summary>Header with the id of the delivery: the same for every attempt, so that a receiver sees repetitions.</summary>
    public const string DeliveryHeader = "Noroshi-Delivery";

    /// <summary>What was signed earlier or later than this is refused by a receiver.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The body: event, item, version, channel, TLP.</summary>
    public static byte[] Of(Release release, string channel)
    {
        ArgumentNullException.ThrowIfNull(release);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("event", EventOf(release.Item));
            json.WriteString("item", release.Item.Id);
            json.WriteNumber("version", release.Item.Version);
            json.WriteString("channel", channel);
            json.WriteString("tlp", Codes.Of(release.Item.Marking.Tlp));
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>The signature over <c>timestamp.body</c>.</summary>
    /// <param name="secret">At least 32 bytes that both sides know.</param>
    /// <param name="at">When it is sent.</param>
    /// <param name="body">Body as sent.</param>
    public static (string Timestamp, string Signature) Sign(ReadOnlySpan<byte> secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return (timestamp, "v1=" + Convert.ToHexStringLower(Mac(secret, timestamp, body)));
    }

    /// <summary>What a receiver does: whether the signature is right and fresh. Compared in constant time.</summary>
    public static bool IsGenuine(ReadOnlySpan<byte> secret, DateTimeOffset now, string timestamp, string signature, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(signature);
        if (
            !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            || (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Window
            || !signature.StartsWith("v1=", StringComparison.Ordinal)
        )
        {
            return false;
        }

        var expected = Convert.ToHexStringLower(Mac(secret, timestamp, body));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature[3..]));
    }

    private static string EventOf(SanitisedItem item) =>
        item.Retracted ? "item.retracted"
        : item.Version > 1 ? "item.amended"
        : "item.released";

    private static byte[] Mac(ReadOnlySpan<byte> secret, string timestamp, ReadOnlySpan<byte> body) =>
        HMACSHA256.HashData(secret, [.. Encoding.ASCII.GetBytes(timestamp), (byte)'.', .. body]);
}
