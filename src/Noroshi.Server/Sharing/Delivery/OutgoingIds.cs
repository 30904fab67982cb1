using System.Security.Cryptography;

namespace Noroshi.Server.Sharing.Delivery;

/// <summary>Where random ids of what leaves come from; tests bring a source of their own.</summary>
/// <param name="next">32 letters and digits, never the same.</param>
internal sealed class OutgoingIds(Func<string>? next = null)
{
    private readonly Func<string> _next = next ?? (() => RandomNumberGenerator.GetHexString(32, lowercase: true));

    /// <summary>A new one.</summary>
    public string Next() => _next();
}
