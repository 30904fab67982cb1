using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Noroshi.Hub.Identity;

/// <summary>
/// Codes of authenticator apps (RFC 6238: SHA-1, 30 seconds, six digits). Gives the time step that a code belongs to, so that no code is taken
/// twice; the framework's provider does not tell it.
/// </summary>
public static class Totp
{
    private const int Digits = 6;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A new seed of 160 bits, base32.</summary>
    public static string NewKey() => Encode(RandomNumberGenerator.GetBytes(20));

    /// <summary>The time step of a moment.</summary>
    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / 30;

    /// <summary>The code of a step.</summary>
    public static string Code(string key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        // HMAC-SHA-1 is what the apps speak; its weakness (collisions) does not matter here.
        HMACSHA1.HashData(Decode(key), counter, hash);
        var value = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        return (value % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step of a code that is valid now (one step of difference between clocks) and later than the last one taken.</summary>
    public static long? Accept(string key, string code, long lastStep, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(code);
        long? found = null;
        for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
        {
            var same = code.Length == Digits && CryptographicOperations.FixedTimeEquals(Ascii(Code(key, step)), Ascii(code));
            found = same && step > lastStep ? step : found;
        }

        return found;
    }

    /// <summary>What the app reads from a QR code.</summary>
    public static string Uri(string key, string userName, string hub) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(hub)}:{System.Uri.EscapeDataString(userName)}?secret={key}&issuer={System.Uri.EscapeDataString(hub)}";

    private static byte[] Ascii(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder();
        for (var bit = 0; bit < bytes.Length * 8; bit += 5)
        {
            var value = 0;
            for (var i = bit; i < bit + 5; i++)
            {
                value = (value << 1) | (i < bytes.Length * 8 ? (bytes[i / 8] >> (7 - (i % 8))) & 1 : 0);
            }

            text.Append(Base32[value]);
        }

        return text.ToString();
    }

    private static byte[] Decode(string text)
    {
        var bytes = new byte[text.Length * 5 / 8];
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var value = Base32.IndexOf(text[bit / 5], StringComparison.Ordinal);
            bytes[bit / 8] |= (byte)(((value >> (4 - (bit % 5))) & 1) << (7 - (bit % 8)));
        }

        return bytes;
    }
}
