namespace Noroshi.Hub.Identity;

/// <summary>Why a password is refused.</summary>
public enum PasswordFault
{
    /// <summary>Shorter than <see cref="PasswordRules.Shortest"/> characters.</summary>
    TooShort,

    /// <summary>Longer than <see cref="PasswordRules.Longest"/> characters.</summary>
    TooLong,

    /// <summary>Little is left of it when common words and runs are taken out.</summary>
    Common,

    /// <summary>Little is left of it when names that belong to the account are taken out.</summary>
    Context,
}

/// <summary>
/// What a password has to be: long, and not made of what an attacker tries first. No rules on kinds of characters: they make people choose
/// predictable ones.
/// </summary>
public static class PasswordRules
{
    /// <summary>Fewest characters.</summary>
    public const int Shortest = 12;

    /// <summary>Most characters; every one of them counts, nothing is cut off.</summary>
    public const int Longest = 256;

    /// <summary>What has to be left without common and own words.</summary>
    private const int LeftAtLeast = 7;

    private static readonly string[] Common =
    [
        "password",
        "passw0rd",
        "p@ssw0rd",
        "p@ssword",
        "pass",
        "passphrase",
        "qwertyuiop",
        "qwerty",
        "asdfghjkl",
        "asdfgh",
        "zxcvbnm",
        "1q2w3e4r5t",
        "1q2w3e4r",
        "1qaz2wsx3edc",
        "1qaz2wsx",
        "qazwsx",
        "letmein",
        "welcome",
        "iloveyou",
        "sunshine",
        "princess",
        "football",
        "baseball",
        "superman",
        "batman",
        "dragon",
        "monkey",
        "master",
        "shadow",
        "michael",
        "jordan",
        "computer",
        "internet",
        "secret",
        "changeme",
        "default",
        "administrator",
        "admin",
        "root",
        "user",
        "guest",
        "test",
        "login",
        "abc123",
        "trustno1",
        "whatever",
        "starwars",
        "pokemon",
        "sakura",
        "tokyo",
        "nippon",
        "japan",
        "himitsu",
        "pasuwado",
        "konnichiwa",
        "arigatou",
        "kaisha",
        "doraemon",
        "naruto",
        "summer",
        "winter",
        "spring",
        "autumn",
        "january",
        "hello",
        "company",
        "security",
        "correcthorsebatterystaple",
    ];

    private static readonly string[] Runs =
    [
        "abcdefghijklmnopqrstuvwxyz",
        "zyxwvutsrqponmlkjihgfedcba",
        "01234567890123456789",
        "98765432109876543210",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
    ];

    /// <summary>The first thing wrong with it; null when it will do.</summary>
    /// <param name="password">The password as typed.</param>
    /// <param name="own">User name, organisation, name of the product: what belongs to the account.</param>
    public static PasswordFault? Fault(string password, IEnumerable<string?> own)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(own);
        var length = password.EnumerateRunes().Count();
        if (length < Shortest)
        {
            return PasswordFault.TooShort;
        }

        if (length > Longest)
        {
            return PasswordFault.TooLong;
        }

        var text = password.ToLowerInvariant();
        if (Weight(Without(text, Common)) < LeftAtLeast)
        {
            return PasswordFault.Common;
        }

        var names = own.SelectMany(Words).Where(word => word.Length >= 3);
        return Weight(Without(Without(text, names), Common)) < LeftAtLeast ? PasswordFault.Context : null;
    }

    private static IEnumerable<string> Words(string? name) =>
        name is null ? [] : [name.ToLowerInvariant(), .. name.ToLowerInvariant().Split(['.', '-', '_', '@', '+', ' ', '　'])];

    private static string Without(string text, IEnumerable<string> words) =>
        words.OrderByDescending(word => word.Length).Aggregate(text, (left, word) => left.Replace(word, "\0", StringComparison.Ordinal));

    /// <summary>Characters, where a run (abc, 321, aaa, qwe) or a repetition of what was there already counts little.</summary>
    private static int Weight(string text)
    {
        var weight = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var follows =
                i > 0 && (text[i] == text[i - 1] || Runs.Any(run => run.Contains(text.Substring(i - 1, 2), StringComparison.Ordinal)));
            var repeats = i >= 2 && text.IndexOf(text.Substring(i - 1, 2), 0, i, StringComparison.Ordinal) >= 0;
            weight += text[i] == '\0' || follows || repeats ? 0 : 1;
        }

        return weight;
    }
}
