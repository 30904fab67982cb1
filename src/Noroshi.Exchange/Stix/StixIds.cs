using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Exchange.Stix;

/// <summary>
/// Ids of what stands inside an item. They are worked out from the item's random id and the place in the item, never from a value: the
/// deterministic ids that STIX proposes for observables (2.9, UUIDv5 over the value) let a receiver find out whether a guessed value was dropped.
/// </summary>
internal static class StixIds
{
    /// <summary>The identifier of one kind of object at one place of an item.</summary>
    /// <param name="type">Type of object.</param>
    /// <param name="item">Random id of the item.</param>
    /// <param name="place">Label and position, <c>#4-2/from</c>.</param>
    public static string Of(string type, Guid item, string place) => $"{type}--{Shaped(item, type, place):D}";

    /// <summary>The identifier of something that has a random id of its own.</summary>
    public static string Own(string type, Guid id) => $"{type}--{id:D}";

    /// <summary>SHA-256, cut to the form of RFC 9562 version 4.</summary>
    public static Guid Shaped(Guid item, string kind, string place)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"noroshi\n{item:D}\n{kind}\n{place}"));
        var bytes = hash.AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
