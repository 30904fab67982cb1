using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Texts;

/// <summary>What is known of a file, in one line.</summary>
internal static class FileFacts
{
    /// <summary>Type, lock, disguises, and which unarchivers open it (tried, or worked out from the format).</summary>
    public static string Of(SanitisedFile file)
    {
        var facts = new List<string> { $"{file.Type}/{file.Format}" };
        if (file.Encrypted)
        {
            facts.Add("パスワード付き / password-protected");
        }

        if (file.DisplayedName is { } shown)
        {
            facts.Add($"表示名 / shown as {shown}");
        }

        facts.AddRange(file.Disguises.Take(20));
        facts.AddRange(file.OpensIn.Take(50).Select(Opening));
        facts.AddRange(file.Traits.Take(50).Select(one => $"{one.Kind}={one.Value}"));
        return string.Join("; ", facts);
    }

    private static string Opening(SanitisedOpening one)
    {
        var basis = one.Tried ? "実際に確認 / tried" : "対応形式から推定 / from the format";
        return one.Opens ? $"{one.Program}: 解凍可 / opens ({basis})" : $"{one.Program}: 解凍不可 / does not open ({basis})";
    }
}
