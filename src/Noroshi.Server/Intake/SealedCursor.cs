using System.Buffers.Binary;
using System.Security.Cryptography;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Intake;

/// <summary>
/// Positions of the log as clients hold them: one block of AES under a key of the hub, so that their numbers do not tell how much others gave, and
/// none can be made up.
/// </summary>
internal sealed class SealedCursor(KeyedMarks marks)
{
    private const long Mark = 0x4E6F_726F_7368_6931;

    /// <summary>What to hand out.</summary>
    public async Task<string> SealAsync(long position, CancellationToken cancellation)
    {
        var block = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(block, Mark);
        BinaryPrimitives.WriteInt64BigEndian(block.AsSpan(8), position);
        using var aes = await KeyAsync(cancellation);
        return Convert.ToHexStringLower(aes.EncryptEcb(block, PaddingMode.None));
    }

    /// <summary>The position; null when the text was not handed out by this hub.</summary>
    public async Task<long?> OpenAsync(string text, CancellationToken cancellation)
    {
        if (text.Length != 32 || !text.All(char.IsAsciiHexDigit))
        {
            return null;
        }

        using var aes = await KeyAsync(cancellation);
        var block = aes.DecryptEcb(Convert.FromHexString(text), PaddingMode.None);
        return
            BinaryPrimitives.ReadInt64BigEndian(block) == Mark
            && BinaryPrimitives.ReadInt64BigEndian(block.AsSpan(8)) is >= 0 and var position
            ? position
            : null;
    }

    private async Task<Aes> KeyAsync(CancellationToken cancellation)
    {
        var aes = Aes.Create();
        aes.Key = Convert.FromHexString(await marks.OfAsync(cancellation, "cursor"));
        return aes;
    }
}
