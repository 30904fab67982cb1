using System.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Wire;

/// <summary>
/// Names are compared after NFKC. Without ICU (invariant globalization) normalising silently does less, and Japanese names would no
/// longer match; hub and worker refuse to start then.
/// </summary>
public static class NfkcSelfTest
{
    /// <summary>Whether half-width kana and the company sign normalise as Unicode says.</summary>
    public static bool Passes()
    {
        try
        {
            return string.Equals(UnicodeForms.Nfkc("ﾃｽﾄ㈱"), "テスト(株)", StringComparison.Ordinal);
        }
        catch (PlatformNotSupportedException)
        {
            return false;
        }
    }
}
