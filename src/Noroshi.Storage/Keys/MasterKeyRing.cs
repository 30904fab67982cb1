using Noroshi.Hub.Storage;

namespace Noroshi.Storage.Keys;

/// <summary>The master keys at hand: the active one wraps, older ones only open until everything is wrapped anew.</summary>
public sealed class MasterKeyRing
{
    private readonly IReadOnlyList<MasterKey> _keys;

    internal MasterKeyRing(IReadOnlyList<MasterKey> keys, string source)
    {
        if (keys.Count == 0)
        {
            throw new MasterKeyException($"{source} holds no master key.");
        }

        _keys = keys;
        Source = source;
    }

    /// <summary>Where the keys came from, for messages.</summary>
    public string Source { get; }

    /// <summary>Ids of the keys, the active one last.</summary>
    public IReadOnlyList<string> Names => [.. _keys.Select(key => key.Name)];

    internal MasterKey Active => _keys[^1];

    internal IReadOnlyList<MasterKey> All => _keys;

    /// <summary>The key of that id.</summary>
    /// <exception cref="MasterKeyException">The key is not at hand.</exception>
    internal MasterKey Find(ReadOnlySpan<byte> id)
    {
        foreach (var key in _keys)
        {
            if (id.SequenceEqual(key.Id))
            {
                return key;
            }
        }

        throw new MasterKeyException(
            $"The data was sealed with master key {Convert.ToHexStringLower(id)}; {Source} holds {string.Join(", ", Names)}. "
                + "Without that key the data cannot be read by anybody. Put it back from where it is kept."
        );
    }
}
