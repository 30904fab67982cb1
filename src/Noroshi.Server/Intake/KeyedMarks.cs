using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Intake;

/// <summary>
/// Keyed hashes of what must not stand in the database: contents and idempotency keys. Without the master key they say nothing, and the same mail of two
/// organisations has two marks.
/// </summary>
internal sealed class KeyedMarks(IHubStore store) : IDisposable
{
    private const string Area = "intake";
    private const string Name = "marks";
    private readonly SemaphoreSlim _turn = new(1, 1);
    private byte[]? _key;

    /// <summary>The mark of some parts, each behind its length.</summary>
    public async Task<string> OfAsync(CancellationToken cancellation, params IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        var key = _key ?? await OpenAsync(cancellation);
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var part in parts)
        {
            hash.AppendData(BitConverter.GetBytes((long)part.Length));
            hash.AppendData(part.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The same for texts.</summary>
    public Task<string> OfAsync(CancellationToken cancellation, params IReadOnlyList<string> parts) =>
        OfAsync(cancellation, [.. parts.Select(part => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(part))]);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<byte[]> OpenAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_key is null)
            {
                var key = await store.Keys.FindAsync(Area, Name, cancellation);
                if (key is null)
                {
                    key = RandomNumberGenerator.GetBytes(32);
                    await store.Keys.PutAsync(Area, Name, key, cancellation);
                }

                _key = key;
            }

            return _key;
        }
        finally
        {
            _turn.Release();
        }
    }
}
