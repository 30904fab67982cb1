using Noroshi.Hub.Judgement;
using Noroshi.Server.Hosting.Options;

namespace Noroshi.Server.Judgement;

/// <summary>How long each retention class is kept. Nobody's decision is no term: what has none stays.</summary>
internal sealed record RetentionOptions
{
    private const int Longest = 36_500;

    [OptionDoc(
        "受け取ったメールとファイルの原本の保存日数(受付から)。なければ期限なしで保存する。期限を過ぎたものは毎日の処理で消去し、証跡をジャーナルに残す。",
        "Days for which mails and files are kept as they came, from their reception; none: without term. The daily round erases what is over, and the journal keeps the proof.",
        From = 1,
        To = Longest
    )]
    public int? OriginalDays { get; init; }

    [OptionDoc(
        "原本から取り出した、人や組織が分かる情報と、提供について書いたもの(判定のメモ、案件の題名とコメント、照会、連絡記録)の保存日数。なければ期限なし。",
        "Days for what was taken from them and names people or organisations, and for what was written about a provision (notes of verdicts, titles and comments of cases, inquiries, contacts); none: without term.",
        From = 1,
        To = Longest
    )]
    public int? PersonalDataDays { get; init; }

    [OptionDoc(
        "検体(悪意のあるファイル)の保存日数。なければ期限なし。",
        "Days for samples, that is malicious files; none: without term.",
        From = 1,
        To = Longest
    )]
    public int? SampleDays { get; init; }

    [OptionDoc(
        "結果の保存日数。個人情報の日数より短くはできない。確定した統計は残る。なければ期限なし。",
        "Days for results, not fewer than for personal data. Figures that were frozen stay. None: without term.",
        From = 1,
        To = Longest
    )]
    public int? ResultDays { get; init; }

    /// <summary>What is wrong; null when the terms hold together.</summary>
    public OptionProblem? Problem() =>
        ToTerms().Problem() is null
            ? null
            : new OptionProblem(
                "Retention:ResultDays",
                "Retention:ResultDays: 結果は個人情報に基づくため、先に期限を迎えることはできません。Retention:PersonalDataDays を同じ日数以下に設定するか、Retention:ResultDays を外してください。",
                "Retention:ResultDays: results rest on personal data and cannot end before them. Set Retention:PersonalDataDays to as many days or fewer, or leave Retention:ResultDays out."
            );

    /// <summary>The terms as the rules take them.</summary>
    public RetentionTerms ToTerms() => new(OriginalDays, PersonalDataDays, SampleDays, ResultDays);
}
