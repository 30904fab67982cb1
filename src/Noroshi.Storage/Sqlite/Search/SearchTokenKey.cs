using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Storage.Sqlite.Search;

/// <summary>64 bits that stand for a token or a scope: HMAC-SHA-256 under the store's key. Who has the file alone cannot try words.</summary>
internal sealed class SearchTokenKey
{
    private const int LongestToken = 256;
    private const int Remembered = 1 << 16;
    private readonly byte[] _key;
    private readonly Dictionary<string, long> _known = new(StringComparer.Ordinal);

    public SearchTokenKey(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 32);
        _key = key.ToArray();
        Check = Convert.ToHexStringLower(HMACSHA256.HashData(_key, "noroshi search index"u8));
    }

    /// <summary>Tells a file made under another key.</summary>
    public string Check { get; }

    public long Scope(string scope) => Hash('s', scope);

    public long Token(string token) => Hash('t', token);

    /// <summary>The same, remembering what mails have over and over. For one thread.</summary>
    public long FrequentToken(string token)
    {
        if (_known.TryGetValue(token, out var hash))
        {
            return hash;
        }

        if (_known.Count == Remembered)
        {
            _known.Clear();
        }

        return _known[token] = Hash('t', token);
    }

    private long Hash(char kind, string text)
    {
        Span<byte> bytes = stackalloc byte[1 + (3 * LongestToken)];
        bytes[0] = (byte)kind;
        var length = 1 + Encoding.UTF8.GetBytes(text.AsSpan(0, Math.Min(text.Length, LongestToken)), bytes[1..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, bytes[..length], hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }
}
