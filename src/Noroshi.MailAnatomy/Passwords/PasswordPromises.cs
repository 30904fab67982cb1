using System.Buffers;
using System.Globalization;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.MailAnatomy.Passwords;

/// <summary>Finds sentences that speak of a password without giving it.</summary>
internal static class PasswordPromises
{
    private const int MaxSentence = 160;
    private const int MaxHits = 256;

    private static readonly PhraseSet Words = PhraseSet.AnyCase(
        "パスワード",
        "ﾊﾟｽﾜｰﾄﾞ",
        "パスコード",
        "解凍キー",
        "開封キー",
        "暗号化キー",
        "復号キー",
        "暗証番号",
        "合言葉",
        "password",
        "passcode",
        "passphrase",
        "pwd",
        "pw"
    );

    private static readonly PhraseSet Apart = PhraseSet.AnyCase(
        "別途",
        "別メール",
        "別のメール",
        "別便",
        "別送",
        "後ほど",
        "のちほど",
        "後程",
        "追って",
        "おって",
        "改めて",
        "次のメール",
        "続けてお送り",
        "続いてお送り",
        "お電話で",
        "電話にて",
        "別にお送り",
        "separate mail",
        "separate email",
        "separate e-mail",
        "separate message",
        "separately",
        "another mail",
        "another email",
        "another e-mail",
        "another message",
        "will follow",
        "follow-up",
        "next mail",
        "next email",
        "by phone",
        "send you the password",
        "will be sent"
    );

    private static readonly PhraseSet Same = PhraseSet.AnyCase(
        "前回と同じ",
        "前回と同様",
        "前回のもの",
        "前回同様",
        "前と同じ",
        "いつもの",
        "先日と同じ",
        "従来と同じ",
        "従来通り",
        "これまでと同じ",
        "以前と同じ",
        "same as last",
        "same as before",
        "same as the last",
        "same as previous",
        "same as the previous",
        "same password as",
        "usual password",
        "as usual"
    );

    public static IReadOnlyList<Finding> Find(string folded, string wherePrefix)
    {
        Finding? apart = null;
        Finding? same = null;
        var places = new PhraseSet.Walk(Words, folded);
        var at = 0;
        for (var hits = 0; hits < MaxHits && (apart is null || same is null); hits++)
        {
            at = places.Next(at);
            if (at < 0)
            {
                break;
            }

            var sentence = Sentence(folded, at);
            apart ??= Apart.In(sentence) ? FindingCodes.Passwords.PromisedSeparately.At(Where(folded, at, wherePrefix)) : null;
            same ??= Same.In(sentence) ? FindingCodes.Passwords.SameAsBefore.At(Where(folded, at, wherePrefix)) : null;
            at++;
        }

        return (apart, same) switch
        {
            (null, null) => [],
            ({ } one, null) => [one],
            (null, { } one) => [one],
            ({ } one, { } other) => [one, other],
        };
    }

    private static ReadOnlySpan<char> Sentence(string text, int at)
    {
        var from = Math.Max(0, at - MaxSentence);
        var start = text.AsSpan(from, at - from).LastIndexOfAny("。\n") + 1 + from;
        var rest = text.AsSpan(at, Math.Min(MaxSentence, text.Length - at));
        var end = rest.IndexOfAny("。\n");
        return text.AsSpan(start, at - start + (end < 0 ? rest.Length : end));
    }

    private static string Where(string text, int at, string wherePrefix) =>
        string.Create(CultureInfo.InvariantCulture, $"{wherePrefix} line {text.AsSpan(0, at).Count('\n') + 1}");
}
