using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Exchange.Misp;

/// <summary>
/// Ids of what an event is made of. They follow from the item's random id and a label or place, never from a value: whoever guesses a value must
/// not be able to find it confirmed by an id. The same place keeps its id in every version, which is how a MISP server replaces it.
/// </summary>
internal static class MispIds
{
    /// <summary>A UUID of the form of version 4 (RFC 9562 section 5.4).</summary>
    public static Guid Of(Guid item, string kind, string label)
    {
        var hash = SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"noroshi misp\n{item:N}\n{kind}\n{label}"))
        );
        var bytes = hash.AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>
    /// Seconds since 1970 as MISP compares versions: whole seconds, and only a greater number is an update. Two versions may leave in the same
    /// second, so each counts one more; the sum never falls.
    /// </summary>
    public static long Timestamp(DateTimeOffset at, int version) => at.ToUnixTimeSeconds() + version - 1;
}
