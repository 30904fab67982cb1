using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Server.Identity;

/// <summary>Random tokens and their hashes.</summary>
internal static class Secrets
{
    private const string Alphanumerics = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>A token of 256 bits.</summary>
    public static string NewToken() => RandomNumberGenerator.GetString(Alphanumerics, 43);

    /// <summary>An API key: 40 alphanumerics.</summary>
    public static string NewKey() => RandomNumberGenerator.GetString(Alphanumerics, 40);

    /// <summary>A random id, without order or time.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Hash of a random token: it needs no salt and no slowness.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Compares without telling by the time how far they agree.</summary>
    public static bool Same(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
