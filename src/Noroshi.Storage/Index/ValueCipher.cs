using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Noroshi.Storage.Index;

/// <summary>
/// A keyed permutation of 64 bits (four rounds after Luby and Rackoff, AES-128 in each): what lies in the index tells nothing to who has not
/// the key, two values never become one, and who has the key can count the values again under their own ids. One thread at a time.
/// </summary>
internal sealed class ValueCipher : IDisposable
{
    public const int KeySize = 16;
    private const int Rounds = 4;
    private const int Block = 16;
    private readonly Aes _aes = Aes.Create();
    private byte[] _blocks = new byte[64 * Block];
    private byte[] _mixed = new byte[64 * Block];

    public ValueCipher(ReadOnlySpan<byte> key)
    {
        _aes.SetKey(key);
    }

    /// <summary>The value as it lies in the index.</summary>
    public ulong Hide(ulong value)
    {
        Span<ulong> one = [value];
        Hide(one);
        return one[0];
    }

    /// <summary>Many at once, in place.</summary>
    public void Hide(Span<ulong> values)
    {
        for (var round = 0; round < Rounds; round++)
        {
            Mix(values, round);
            for (var i = 0; i < values.Length; i++)
            {
                var (left, right) = ((uint)(values[i] >> 32), (uint)values[i]);
                values[i] = ((ulong)right << 32) | (left ^ MixedAt(i));
            }
        }
    }

    /// <summary>The way back, in place.</summary>
    public void Show(Span<ulong> values)
    {
        for (var round = Rounds - 1; round >= 0; round--)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (values[i] << 32) | (values[i] >> 32);
            }

            Mix(values, round);
            for (var i = 0; i < values.Length; i++)
            {
                values[i] ^= (ulong)MixedAt(i) << 32;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _aes.Dispose();

    /// <summary>The round function of the right halves.</summary>
    private void Mix(ReadOnlySpan<ulong> values, int round)
    {
        var size = values.Length * Block;
        if (_blocks.Length < size)
        {
            (_blocks, _mixed) = (new byte[size], new byte[size]);
        }

        for (var i = 0; i < values.Length; i++)
        {
            var block = _blocks.AsSpan(i * Block, Block);
            block.Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(block, (uint)values[i]);
            block[4] = (byte)round;
        }

        _aes.EncryptEcb(_blocks.AsSpan(0, size), _mixed.AsSpan(0, size), PaddingMode.None);
    }

    private uint MixedAt(int i) => BinaryPrimitives.ReadUInt32LittleEndian(_mixed.AsSpan(i * Block));
}
