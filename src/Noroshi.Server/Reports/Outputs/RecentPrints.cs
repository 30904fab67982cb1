using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Server.Reports.Outputs;

/// <summary>
/// What a browser made last: a report is decided and published with the same pictures in several of its files, and the bytes that were decided are then
/// those on the public site. In memory only, bounded; not safe for several at once.
/// </summary>
internal sealed class RecentPrints
{
    private const int Most = 64;
    private const long MostBytes = 64L * 1024 * 1024;

    private readonly Dictionary<string, byte[]> _made = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private long _bytes;

    /// <summary>Key of a page and of what is made of it.</summary>
    public static string KeyOf(string result, string html) =>
        $"{result} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html)))}";

    /// <summary>What was made of it; null when it is not there any more.</summary>
    public byte[]? Find(string key) => _made.GetValueOrDefault(key);

    /// <summary>Keeps something for a while; the oldest goes.</summary>
    public void Keep(string key, byte[] bytes)
    {
        if (_made.TryAdd(key, bytes))
        {
            _order.Enqueue(key);
            _bytes += bytes.Length;
        }

        while ((_order.Count > Most || _bytes > MostBytes) && _order.TryDequeue(out var oldest) && _made.Remove(oldest, out var gone))
        {
            _bytes -= gone.Length;
        }
    }
}
