using System.Globalization;

namespace Noroshi.Server.Smtp.Protocol;

/// <summary>Parameters of MAIL: SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531), AUTH (RFC 4954 5).</summary>
/// <param name="Size">Announced size; 0 when not announced.</param>
/// <param name="EightBit">BODY=8BITMIME.</param>
/// <param name="Utf8">SMTPUTF8.</param>
internal readonly record struct MailParameters(long Size, bool EightBit, bool Utf8)
{
    private const int Most = 20;

    /// <summary>Reads parameters.</summary>
    /// <returns>The answer that refuses them; null when all are good.</returns>
    public static SmtpReply? Read(string text, out MailParameters parameters)
    {
        parameters = default;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var one in text.Split((char[]?)[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = one.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? one : one[..equals];
            var value = equals < 0 ? "" : one[(equals + 1)..];
            if (!seen.Add(name) || seen.Count > Most)
            {
                return SmtpReplies.Syntax;
            }

            switch (name.ToUpperInvariant())
            {
                case "SIZE" when value.Length <= 20 && ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size):
                    parameters = parameters with { Size = (long)Math.Min(size, long.MaxValue) };
                    break;
                case "BODY" when value.Equals("7BIT", StringComparison.OrdinalIgnoreCase):
                    break;
                case "BODY" when value.Equals("8BITMIME", StringComparison.OrdinalIgnoreCase):
                    parameters = parameters with { EightBit = true };
                    break;
                case "SMTPUTF8" when equals < 0:
                    parameters = parameters with { Utf8 = true };
                    break;
                // Who wrote the mail according to others says nothing about who gives it; it is read and not believed.
                case "AUTH" when value.Length is > 0 and <= 500:
                    break;
                case "SIZE" or "BODY" or "SMTPUTF8" or "AUTH":
                    return SmtpReplies.Syntax;
                default:
                    return SmtpReplies.UnknownParameter;
            }
        }

        return null;
    }
}
