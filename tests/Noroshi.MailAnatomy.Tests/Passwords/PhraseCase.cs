using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy.Tests.Passwords;

/// <summary>One authored mail text and the password a person would read out of it.</summary>
internal sealed record PhraseCase(string Text, string Password)
{
    /// <summary>Rank from which a candidate counts as missed.</summary>
    public const int Ranks = 3;

    /// <summary>The mail that every authored text is taken to stand in: Monday 12 May 2014, 10:30 JST.</summary>
    public static PasswordContext Mail(string text) =>
        new()
        {
            Subject = "資料送付の件",
            Text = text,
            SentAt = new DateTimeOffset(2014, 5, 12, 10, 30, 0, TimeSpan.FromHours(9)),
            From = new MailAddress("山田 太郎", "taro.yamada@hinode-seiki.example"),
            Recipients = [new MailAddress("お客様窓口", "madoguchi@fujimi.example")],
            AttachmentNames = ["見積書_1405.zip"],
        };

    /// <summary>The texts of the list whose password is not among the first three candidates.</summary>
    public static IReadOnlyList<string> Missed(IReadOnlyList<PhraseCase> cases) =>
        [
            .. cases
                .Select(one =>
                    (
                        one,
                        found: PasswordPhrases
                            .Extract(one.Text, "body", Mail(one.Text))
                            .Take(Ranks)
                            .Select(candidate => candidate.Value)
                            .ToList()
                    )
                )
                .Where(pair => !pair.found.Contains(pair.one.Password, StringComparer.Ordinal))
                .Select(pair => $"{pair.one.Password} in 《{pair.one.Text}》 gave [{string.Join(" | ", pair.found)}]"),
        ];
}
