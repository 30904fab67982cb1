using System.Globalization;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Reports.Cases;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Findings;
using Noroshi.Hub.Reports.Texts;

namespace Noroshi.Hub.Reports.Activity;

/// <summary>Section 3, the special analysis: conversational attacks, with Table 1, the parallel picture, latencies and considerations.</summary>
internal static class SpecialSections
{
    /// <summary>Table 1.</summary>
    public const string CaseTable = "table-1";

    private const string ParallelFigure = "figure-3";
    private const string LatencyTable = "table-s2";

    /// <summary>The sections; none where the case list is empty.</summary>
    public static IEnumerable<ReportSection> Of(Making making) =>
        Unnumbered(making)
            .Select(
                (one, at) => at == 0 ? one : one with { Heading = string.Create(CultureInfo.InvariantCulture, $"3.{at} {one.Heading}") }
            );

    private static IEnumerable<ReportSection> Unnumbered(Making making)
    {
        if (making.Find("conversationalCases") is not { Numerator: > 0 })
        {
            yield break;
        }

        var ja = making.Ja;
        yield return new ReportSection(
            "special",
            1,
            ja ? "3 特集:「やり取り型」攻撃の分析" : "3 Special analysis: conversational attacks",
            [making.Paragraph("special.lead", Lead(making))]
        );
        if (making.Material.Cases is not { Cases.Count: > 0 } cases)
        {
            yield return new ReportSection(
                "special-cases",
                2,
                ja ? "事例の件数" : "Number of cases",
                [making.Paragraph("special.counts", Counts(making)), making.Paragraph("special.withheld", CountsOnly(making))]
            );
            yield break;
        }

        var sheet = new CaseSheet(making.Sheet, cases);
        yield return new ReportSection(
            "special-cases",
            2,
            ja ? "事例の件数" : "Number of cases",
            [making.Paragraph("special.counts", Counts(making), Withheld(making, cases, sheet), OneAttacker(making, cases, sheet))]
        );
        if (ToldInTable(cases) is { } told)
        {
            yield return FlowSection(making, told, sheet);
        }

        if (ParallelSection(making, cases, sheet) is { } parallel)
        {
            yield return parallel;
        }

        if (LatencySection(making, cases, sheet) is { } latency)
        {
            yield return latency;
        }

        yield return new ReportSection(
            "special-considerations",
            2,
            ja ? "考察" : "Considerations",
            [new ListBlock(Considerations(making, cases, sheet))]
        );
    }

    /// <summary>The cases in one item; nothing where there are none.</summary>
    public static Prose InShort(Making making) =>
        making.Find("conversationalCases") is not { Numerator: > 0 } all
            ? Prose.Nothing
            : making.Say(
                $"「やり取り型」攻撃は、{making.Sheet.Count(all)}件(うち攻撃まで至ったもの{making.Sheet.Count(making.Find("conversationalCases.attacked"))}件)の事例を確認した。",
                $"{making.Sheet.Count(all)} conversational cases were found, of which {making.Sheet.Count(making.Find("conversationalCases.attacked"))} went as far as an attack."
            );

    /// <summary>The case that Table 1 tells: the longest in which an attack came; null when none may be told.</summary>
    public static ToldCase? ToldInTable(CaseAnalysis cases) =>
        cases
            .Cases.Where(one => one.Stage == ConversationStage.Attacked && one.Messages.Count > 1)
            .OrderByDescending(one => one.Messages.Any(message => message.AsksUnarchiver))
            .ThenByDescending(one => one.Messages.Count)
            .FirstOrDefault();

    /// <summary>Table 1: number, kind, description, and nothing else.</summary>
    public static TableBlock TableOf(Making making, ToldCase told)
    {
        var ja = making.Ja;
        var language = ja ? ReportLanguage.Ja : ReportLanguage.En;
        var notes = told
            .Messages.Where(one => one.OpensIn is not null)
            .Select(one =>
                (
                    one.OpensTried
                        ? ConversationWords.TriedNote(one.Label, one.OpensIn ?? "")
                        : ConversationWords.InferredNote(one.Label, one.OpensIn ?? "")
                ).In(language)
            )
            .ToList();
        return new TableBlock
        {
            Id = CaseTable,
            Caption = ja ? "表1 ある「やり取り型」攻撃の事例におけるメールの流れ" : "Table 1. The mails of one conversational case",
            Columns = [new(ja ? "番号" : "No."), new(ja ? "種別" : "Kind"), new(ja ? "説明" : "Description")],
            Rows =
            [
                .. told.Messages.Select(one =>
                    (IReadOnlyList<IReadOnlyList<Run>>)
                        [
                            [new TextRun(one.Label)],
                            [new TextRun(ConversationWords.Role(one.Role).In(language))],
                            [new TextRun(one.Description.In(ja))],
                        ]
                ),
            ],
            Note = notes.Count == 0 ? [] : [new TextRun(string.Join(ja ? "" : " ", notes))],
        };
    }

    /// <summary>What came how long after what, in Table 1: the question for the unarchiver, and the file that it opens.</summary>
    public static IEnumerable<Prose> Steps(Making making, ToldCase told, CaseSheet sheet)
    {
        for (var i = 1; i < told.Messages.Count; i++)
        {
            var (before, one) = (told.Messages[i - 1], told.Messages[i]);
            if (one.Minutes is null)
            {
                continue;
            }

            if (one.AsksUnarchiver && before.CouldNotOpen)
            {
                yield return making.Say(
                    $"添付ファイルを開けなかったと窓口が返信した({before.Label})ところ、{sheet.MinutesBefore(one)}分後に、使っている解凍ソフトを尋ねるメールが届いた({one.Label})。",
                    $"When the window answered that the file could not be opened ({before.Label}), a mail asking which unarchiver it uses came {sheet.MinutesBefore(one)} minutes later ({one.Label})."
                );
            }
            else if (one.Role == MessageRole.Attack && before.NamesUnarchiver)
            {
                var opens = Opens(making, one);
                yield return making.Say(
                    $"解凍ソフトの名前を返信する({before.Label})と、{sheet.MinutesBefore(one)}分後に、{opens}ファイルが送り直されてきた({one.Label})。",
                    $"After the window named it ({before.Label}), another file came {sheet.MinutesBefore(one)} minutes later{opens} ({one.Label})."
                );
            }
        }
    }

    /// <summary>Windows within minutes, and organisations one after the other; nothing where there was neither.</summary>
    public static Prose Patterns(Making making, CaseAnalysis cases, CaseSheet sheet)
    {
        var told = new List<Prose>();
        if (cases.Serial is { } serial)
        {
            told.Add(
                making.Say(
                    $"{sheet.Length(serial)}のうちに、{sheet.Organizations(serial)}組織へ次々と最初のメールが送り付けられた。",
                    $"Within {sheet.Length(serial)}, {sheet.Organizations(serial)} organisations were approached one after another."
                )
            );
        }

        if (cases.Parallel is { } parallel)
        {
            told.Add(
                making.Say(
                    $"{sheet.Minutes(parallel)}分間に{sheet.Windows(parallel)}{Told.Counter(parallel.Windows)}窓口へ、同時並行で最初のメールが届いたこともあった。",
                    $"On one day mails reached {sheet.Windows(parallel)} windows within {sheet.Minutes(parallel)} minutes, in parallel."
                )
            );
        }

        return Prose.Joined(told, making.Ja ? "" : " ");
    }

    /// <summary>From reply to attack; nothing where it was never measured.</summary>
    public static Prose Latency(Making making, CaseSheet sheet)
    {
        if (sheet.Latencies() is not { } one)
        {
            return Prose.Nothing;
        }

        var same = one.Shortest.Text == one.Longest.Text;
        var range = same
            ? making.Say($"{one.Shortest}分", $"{one.Shortest} minutes")
            : making.Say($"{one.Shortest}分～{one.Longest}分", $"{one.Shortest} to {one.Longest} minutes");
        return one.Prompt
            ? making.Say(
                $"窓口が返信すると、{range}という短い時間で攻撃メールが送られてきた(時間を測れた{one.Measured}事例)。",
                $"After a reply, the attack came within {range} (in the {one.Measured} cases that are dated to the minute)."
            )
            : making.Say(
                $"窓口の返信から攻撃メールが届くまでの時間は、{range}であった(時間を測れた{one.Measured}事例)。",
                $"From the reply to the attack it took {range} (in the {one.Measured} cases that are dated to the minute)."
            );
    }

    /// <summary>What the cases suggest, each item only where the facts for it are there.</summary>
    public static IReadOnlyList<ParagraphBlock> Considerations(Making making, CaseAnalysis cases, CaseSheet sheet)
    {
        var items = new List<ParagraphBlock>
        {
            making.Paragraph(
                "considerations.windows",
                making.Say(
                    $"外部に公開している窓口は、問い合わせに返信し、届いた添付ファイルの中身を確かめることが業務の一部である。攻撃者は、その立場につけ込んでいると考えられる。",
                    $"Published contact windows have to answer inquiries and to look at what is attached. The attacker probably takes advantage of that."
                )
            ),
        };
        if (Care(making, cases, sheet) is { IsEmpty: false } care)
        {
            items.Add(making.Paragraph("considerations.care", care));
        }

        if (sheet.Latencies() is { Prompt: true })
        {
            items.Add(
                making.Paragraph(
                    "considerations.attended",
                    making.Say(
                        $"返信から攻撃までの間隔が短いことから、攻撃者は攻撃の間、返信を待ち受け、すぐに次のメールを送れる状態にあったことがうかがえる。",
                        $"The short intervals suggest that, while an attack goes on, somebody waits for replies and is ready to send the next mail."
                    )
                )
            );
        }

        if (cases.Cases.Any(one => one.Messages.Any(message => message.AsksUnarchiver || message.NamesUnarchiver)))
        {
            items.Add(
                making.Paragraph(
                    "considerations.adapts",
                    making.Say(
                        $"攻撃者は、話題に合った資料を装い、窓口の環境を尋ねたうえで送るファイルを変えていた。日本語でやり取りを続けながら、相手に合わせて手口を変える能力を持つと考えられる。",
                        $"The attacker sent material that fits the topic, asked about the window's computers and changed the file accordingly. He appears to be able to converse in Japanese and to adapt as he goes."
                    )
                )
            );
        }

        if (cases.OnlyTogether > 0)
        {
            items.Add(
                making.Paragraph(
                    "considerations.together",
                    making.Say(
                        $"ここに挙げた事例のつながりや時期の重なりは、どの組織の情報を単独で見ても現れず、複数の組織の情報を集めたことで明らかになったものである。",
                        $"How these cases are linked, and how they fall together in time, does not appear in any one organisation's information; it shows when the information of several is put together."
                    )
                )
            );
        }

        return items;
    }

    private static Prose Lead(Making making)
    {
        var mark = making.Footnote(
            making.Say(
                $"一般の組織や個人からの相談を受け付ける窓口。寄せられた情報は、同意の範囲で分析に用いている。",
                $"Takes reports from organisations and people that are no members; what it receives enters the analysis as far as was agreed."
            )
        );
        return making.Say(
            $"「やり取り型」攻撃は、問い合わせなどを装った無害なメール(偵察)を外部向け窓口に送り、返信を受け取ってからウイルス付きのメールを送り付ける、標的型攻撃の手口である。参加組織と相談窓口{mark}から提供された情報に基づき、その実態を分析した。",
            $"In a conversational attack a harmless mail, such as an inquiry, goes to a contact window; malware follows when the window has answered. This section is about the cases that members and the help desk{mark} provided."
        );
    }

    private static Prose Counts(Making making)
    {
        var sheet = making.Sheet;
        Run Of(string part) => sheet.Count(making.Find($"conversationalCases.{part}"));
        return making.Say(
            $"{making.PeriodName}に確認した事例は{sheet.Count(making.Find("conversationalCases"))}件(うち攻撃まで至ったもの{Of("attacked")}件)である。参加組織からの提供が{Of("member")}件、相談窓口への提供が{Of("desk")}件で、段階別では、偵察のみが{Of("reconnaissance")}件、返信までが{Of("replied")}件、攻撃ありが{Of("attacked")}件であった。",
            $"{sheet.Count(making.Find("conversationalCases"))} cases were found in {making.PeriodName}, of which {Of("attacked")} went as far as an attack. {Of("member")} came from members and {Of("desk")} from the help desk. In {Of("reconnaissance")} there was only reconnaissance, {Of("replied")} ended with the window's reply, in {Of("attacked")} an attack came."
        );
    }

    private static Prose CountsOnly(Making making) =>
        making.Say(
            $"個々の事例の内容については、提供元から公表の承認が得られていないため、件数のみを示す。",
            $"Providers have not approved that the cases be published; only their number is told."
        );

    private static Prose Withheld(Making making, CaseAnalysis cases, CaseSheet sheet) =>
        cases.Cases.Count == cases.Listed
            ? Prose.Nothing
            : making.Say(
                $"以下では、このうち提供元から公表の承認が得られた{sheet.Told}件について述べる。",
                $"The following is about {sheet.Told} of them, whose providers approved the publication."
            );

    private static Prose OneAttacker(Making making, CaseAnalysis cases, CaseSheet sheet) =>
        cases.OfOneAttacker < 2 ? Prose.Nothing
        : cases.OfOneAttacker == cases.Cases.Count
            ? making.Say(
                $"これら{sheet.OfOneAttacker}件は、送信元、添付ファイル、不正接続先などの共通点から、いずれも同一の攻撃者によるものと思われ、{sheet.Reached}組織が宛先となっていた。",
                $"These {sheet.OfOneAttacker} have senders, attachments, destinations or other traits in common and appear to be one attacker's; they reached {sheet.Reached} organisations."
            )
        : making.Say(
            $"このうち{sheet.OfOneAttacker}件は、送信元、添付ファイル、不正接続先などの共通点から、同一の攻撃者によるものと思われ、{sheet.Reached}組織が宛先となっていた。",
            $"{sheet.OfOneAttacker} of them have senders, attachments, destinations or other traits in common and appear to be one attacker's; they reached {sheet.Reached} organisations."
        );

    private static ReportSection FlowSection(Making making, ToldCase told, CaseSheet sheet) =>
        new(
            "special-flow",
            2,
            making.Ja ? "ある事例の流れ" : "One case",
            [
                making.Paragraph(
                    "special.flow",
                    [
                        making.Say(
                            $"{Making.See("表1", CaseTable)}に、ある事例のメールの流れを示す。",
                            $"{Making.See("Table 1", CaseTable)} shows the mails of one case."
                        ),
                        .. Steps(making, told, sheet),
                    ]
                ),
                TableOf(making, told),
            ]
        );

    private static ReportSection? ParallelSection(Making making, CaseAnalysis cases, CaseSheet sheet)
    {
        if (Patterns(making, cases, sheet) is { IsEmpty: true })
        {
            return null;
        }

        var heading = making.Ja ? "複数の窓口への攻撃" : "Several windows";
        var text = new List<Prose> { Patterns(making, cases, sheet) };
        var picture = cases.Parallel is { Cases.Count: > 1 } parallel
            ? ParallelPicture.Of(
                making,
                sheet,
                cases,
                parallel,
                ParallelFigure,
                making.Ja ? "図3 同時並行で届いたメール" : "Figure 3. Mails in parallel"
            )
            : null;
        if (picture is not null)
        {
            text.Add(
                making.Say(
                    $"その様子を{Making.See("図3", ParallelFigure)}に示す。",
                    $"{Making.See("Figure 3", ParallelFigure)} shows them."
                )
            );
        }

        var paragraph = making.Paragraph("special.parallel", text);
        return new ReportSection("special-parallel", 2, heading, picture is null ? [paragraph] : [paragraph, picture]);
    }

    private static ReportSection? LatencySection(Making making, CaseAnalysis cases, CaseSheet sheet)
    {
        if (sheet.Latencies() is not { } all)
        {
            return null;
        }

        var ja = making.Ja;
        var quoted = all.NotByMail is { } weaker
            ? making.Say(
                $"このうち{weaker}事例は、引用された本文などから時刻を読み取った。",
                $"{weaker} of them could be dated by quotes only."
            )
            : Prose.Nothing;
        return new ReportSection(
            "special-latency",
            2,
            ja ? "返信から攻撃までの時間" : "From reply to attack",
            [
                making.Paragraph(
                    "special.latency",
                    Latency(making, sheet),
                    quoted,
                    making.Say(
                        $"事例ごとの時間を{Making.See("参考表2", LatencyTable)}に示す。",
                        $"{Making.See("Table S2", LatencyTable)} lists them."
                    )
                ),
                new TableBlock
                {
                    Id = LatencyTable,
                    Caption = ja ? "参考表2 窓口の返信から攻撃メールまでの時間" : "Table S2. From the window's reply to the attack",
                    Columns = [new(ja ? "事例" : "Case"), new(ja ? "時間(分)" : "Minutes", true)],
                    Rows =
                    [
                        .. cases
                            .Cases.Where(one => one.FirstAttack is not null)
                            .Select(one =>
                                (IReadOnlyList<IReadOnlyList<Run>>)
                                    [
                                        [new TextRun(one.Label)],
                                        [sheet.LatencyOf(one)],
                                    ]
                            ),
                    ],
                    Note = making
                        .Say(
                            $"自動応答は返信に数えない。時刻が時間単位でしか分からない事例と、返信の前に攻撃メールが届いた事例は含めない。",
                            $"Automatic replies do not count. Cases that are dated to the hour only, and those in which the attack came before any reply, are left out."
                        )
                        .Runs,
                },
            ]
        );
    }

    private static Prose Care(Making making, CaseAnalysis cases, CaseSheet sheet)
    {
        var told = new List<Prose>();
        if (cases.MedianAddresses is { } addresses && addresses <= 2)
        {
            told.Add(
                making.Say(
                    $"宛先は一組織あたり{sheet.Addresses}か所程度に絞られており、攻撃が表面化しないよう慎重に行動していると考えられる。",
                    $"In an organisation typically {sheet.Addresses} address was written to, probably in order not to be noticed."
                )
            );
        }

        if (cases.ReturnedAfterDays.Count > 0)
        {
            told.Add(
                making.Say(
                    $"{sheet.Pauses()}の期間を置いて、同じ組織に再び働きかけた例もあった。",
                    $"The same organisations were approached again after {sheet.Pauses()}."
                )
            );
        }

        return Prose.Joined(told, making.Ja ? "" : " ");
    }

    private static Prose Opens(Making making, ToldMessage one) =>
        one.OpensIn is null ? Prose.Nothing
        : one.OpensTried ? making.Say($"そのソフトで解凍できる", $", which that program opens")
        : making.Say(
            $"そのソフトで解凍できると対応形式から推定される",
            $", which that program opens, as inferred from the formats it supports"
        );
}
