using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Texts;
using Noroshi.Hub.Statistics;
using Noroshi.MailAnatomy.Indicators;

namespace Noroshi.Hub.Reports.Activity;

/// <summary>Section 2: shares of the mails judged targeted, each with its bars and those of the year before beside them.</summary>
internal static class ShareSections
{
    /// <summary>Picture of the countries of destinations.</summary>
    public const string DestinationFigure = "figure-1";

    /// <summary>Picture of the free-mail share.</summary>
    public const string FreeMailFigure = "figure-2";

    /// <summary>The sections.</summary>
    public static IEnumerable<ReportSection> Of(Making making)
    {
        var ja = making.Ja;
        yield return new ReportSection(
            "statistics",
            1,
            ja ? "2 標的型攻撃メールの統計" : "2 Statistics of targeted-attack mail",
            [making.Paragraph("statistics.lead", Population(making))]
        );
        if (making.Find("judgedTargeted") is not { Numerator: > 0 })
        {
            yield break;
        }

        yield return Section(
            making,
            ("sender-region", ja ? "2.1 メール送信元の国・地域" : "2.1 Countries of senders"),
            SenderRegion(making),
            ("figure-s1", ja ? "参考図1 メール送信元の国・地域別割合" : "Figure S1. Countries of senders", "senderRegion")
        );
        yield return Section(
            making,
            ("destination-region", ja ? "2.2 不正接続先の国・地域" : "2.2 Countries of malicious destinations"),
            Destinations(making),
            (DestinationFigure, ja ? "図1 不正接続先の国・地域別割合" : "Figure 1. Countries of malicious destinations", "c2Region")
        );
        yield return Section(
            making,
            ("mail-kind", ja ? "2.3 メールの種別" : "2.3 Kinds of mails"),
            MailKinds(making),
            ("figure-s2", ja ? "参考図2 メールの種別割合" : "Figure S2. Kinds of mails", "mailKind")
        );
        yield return Section(
            making,
            ("attachment-type", ja ? "2.4 添付ファイルの種別" : "2.4 Types of attachments"),
            Attachments(making),
            ("figure-s3", ja ? "参考図3 添付ファイルの種別割合" : "Figure S3. Types of attachments", "attachmentType")
        );
        yield return FreeMailSection(making);
    }

    /// <summary>What stands out of them.</summary>
    public static IEnumerable<ParagraphBlock> InShort(Making making)
    {
        if (Japan(making) is { IsEmpty: false } japan)
        {
            yield return making.Paragraph("summary.destinations", japan, Hijacked(making, withCause: false));
        }

        if (TypesInShort(making) is { IsEmpty: false } types)
        {
            yield return making.Paragraph("summary.attachments", types);
        }

        if (making.Find("freeMail") is { Denominator: > 0 } freeMail)
        {
            yield return making.Paragraph(
                "summary.freeMail",
                making.Told.Share(freeMail, making.Ja ? "フリーメールから送られた標的型攻撃メールの割合" : "mails from free-mail services")
            );
        }
    }

    /// <summary>The share of destinations in Japan against the year before; nothing where nothing was observed.</summary>
    public static Prose Japan(Making making) =>
        making.Find("c2Region.JP") is { Denominator: > 0 } one
            ? making.Told.Share(one, making.Ja ? "日本にある不正接続先の割合" : "malicious destinations in Japan")
            : Prose.Nothing;

    /// <summary>Legitimate sites that appear to have been abused; nothing where there was none.</summary>
    /// <param name="making">Report.</param>
    /// <param name="withCause">Also what it may mean for Japan's share.</param>
    public static Prose Hijacked(Making making, bool withCause)
    {
        if (making.Find("hijackedSites") is not { Numerator: > 0 } one)
        {
            return Prose.Nothing;
        }

        var count = making.Sheet.Count(one);
        var rises = making.Find("c2Region.JP") is { } japan && Told.MovementOf(japan) is Movement.Up or Movement.Multiplied;
        return withCause && rises
            ? making.Say(
                $"正規のウェブサイトが乗っ取られ、不正接続先として悪用されていたと思われるものが{count}か所あり、日本の割合の増加には、こうした悪用が関わっている可能性がある。見慣れた国内のサイトへの通信に紛れれば、不正な通信は気付かれにくくなる。",
                $"At {count} of the destinations a legitimate website appears to have been broken into and abused, which may be one reason for the rise. Traffic to a familiar domestic site is less likely to look suspicious."
            )
            : making.Say(
                $"観測した不正接続先のうち{count}か所では、正規のウェブサイトが乗っ取られ、悪用されていたと思われる。",
                $"At {count} of the destinations a legitimate website appears to have been broken into and abused."
            );
    }

    /// <summary>Office documents, and types that were first seen, in one text.</summary>
    public static Prose TypesInShort(Making making)
    {
        var sentences = new List<Prose>();
        if (making.Find("attachmentType.office") is { Denominator: > 0 } office)
        {
            sentences.Add(
                making.Say(
                    $"添付ファイルの種別では、{making.Told.Share(office, "Office文書ファイル")}",
                    $"{making.Told.Share(office, "attached Office documents")}"
                )
            );
        }

        sentences.Add(FirstSeen(making, contrast: making.Find("attachmentType.office") is { } fallen && Falls(fallen)));
        return Prose.Joined([.. sentences.Where(one => !one.IsEmpty)], making.Ja ? "" : " ");
    }

    /// <summary>The share of free-mail with its what-if; nothing where no sender is known.</summary>
    public static Prose FreeMailText(Making making, string figure)
    {
        if (making.Find("freeMail") is not { Denominator: > 0 } one)
        {
            return Prose.Nothing;
        }

        var sentences = new List<Prose>
        {
            making.Told.Share(one, making.Ja ? "フリーメールから送られた標的型攻撃メールの割合" : "mails from free-mail services"),
        };
        if (making.Find("avoidable.freeMailWithPayload") is { Numerator: > 0 } avoidable)
        {
            sentences.Add(
                making.Say(
                    $"フリーメールから届いた添付ファイルやURLリンクを開かないようにするだけで、標的型攻撃メールの{making.Sheet.Percent(avoidable)}(N={making.Sheet.N(avoidable)})は被害を避けられたと考えられる。",
                    $"By not opening attachments and links that come from free-mail services, {making.Sheet.Percent(avoidable)} of the mails judged targeted (N={making.Sheet.N(avoidable)}) could probably have been avoided."
                )
            );
        }

        sentences.Add(
            making.Say(
                $"フリーメールの割合を{Making.See("図2", figure)}に示{(making.IsPress ? "した" : "す")}。",
                $"{Making.See("Figure 2", figure)} shows the share of free-mail."
            )
        );
        return Prose.Joined(sentences, making.Ja ? "" : " ");
    }

    /// <summary>Free-mail against other senders, two bars.</summary>
    public static ChartBlock? FreeMailChart(Making making, string id, string caption)
    {
        if (making.Find("freeMail") is not { Numerator: { } part, Denominator: { } whole and > 0 } one)
        {
            return null;
        }

        var others = one with
        {
            Id = "freeMail.others",
            Numerator = whole - part,
            Value = Arithmetic.Percent(whole - part, whole),
            Rounded = Arithmetic.Rounded(whole - part, whole),
            Multiple = null,
            FirstSeen = false,
            Previous = one.Previous is { Numerator: { } partBefore, Denominator: { } wholeBefore } before
                ? before with
                {
                    Numerator = wholeBefore - partBefore,
                    Value = Arithmetic.Percent(wholeBefore - partBefore, wholeBefore),
                    Rounded = Arithmetic.Rounded(wholeBefore - partBefore, wholeBefore),
                }
                : null,
        };
        making.Sheet.Put(others, making.Ja ? "送信元がフリーメールでないもの。" : "Senders that are no free-mail services.");
        return ShareChart.Of(making.Sheet, [one, others], id, caption);
    }

    /// <summary>A family as bars.</summary>
    public static ChartBlock? Chart(Making making, string family, string id, string caption) =>
        ShareChart.Of(making.Sheet, ShareChart.Ranked(making.Sheet.Family(making.Period, family)), id, caption);

    private static ReportSection Section(
        Making making,
        (string Id, string Heading) head,
        ParagraphBlock text,
        (string Id, string Caption, string Family) figure
    ) =>
        new(
            head.Id,
            2,
            head.Heading,
            Chart(making, figure.Family, figure.Id, figure.Caption) is { } chart && Mentions(text, figure.Id) ? [text, chart] : [text]
        );

    private static bool IsShown(Making making, string family) =>
        making.Sheet.Family(making.Period, family).Any(one => one.Numerator > 0 || one.Previous?.Numerator > 0);

    private static bool Mentions(ParagraphBlock text, string target) => text.Runs.OfType<ReferenceRun>().Any(run => run.Target == target);

    private static Prose Population(Making making)
    {
        var (sheet, one) = (making.Sheet, making.Find("judgedTargeted"));
        if (one is not { Numerator: > 0 })
        {
            return making.Say(
                $"{making.PeriodName}に提供された情報の中に、標的型攻撃メールと判定したものはなかった。",
                $"None of what was provided in {making.PeriodName} was judged a targeted-attack mail."
            );
        }

        var mark = making.Footnote(
            making.Say(
                $"標的型攻撃メールは、参加組織から提供されたもののうち標的型攻撃と判定したメールで、一回の提供の中で本文・送信者・添付ファイルが同じものは一件と数える。ばらまき型のメールや迷惑メールは含まない。",
                $"Mails by members that were judged targeted; mails of one provision with the same text, sender and attachments are one. Mass mail and spam are not among them."
            )
        );
        return making.Say(
            $"提供された情報のうち、標的型攻撃メールと判定したもの{sheet.Count(one)}件{mark}について、統計をまとめる。割合は小数点以下を四捨五入して示す。",
            $"The following statistics are about the {sheet.Count(one)} mails{mark} that were judged targeted. Shares are rounded to whole percent."
        );
    }

    private static ParagraphBlock SenderRegion(Making making)
    {
        var family = making.Sheet.Family(making.Period, "senderRegion");
        var unknown = family.FirstOrDefault(one => one.Id == "senderRegion.unknown");
        if (unknown is { Numerator: { } part } && part == unknown.Denominator)
        {
            return making.Paragraph(
                "senderRegion",
                making.Say(
                    $"メールの経路の記録からは、送信元の国・地域を特定できなかった({making.Sheet.Part(unknown)}件)。",
                    $"The mails' trace headers did not show the senders' countries ({making.Sheet.Part(unknown)} mails)."
                )
            );
        }

        return making.Paragraph(
            "senderRegion",
            making.Told.Ranking(family),
            making.Told.Unknown(unknown, new Words("送信元の国・地域", "the sender's country")),
            IsShown(making, "senderRegion")
                ? making.Say(
                    $"国・地域別の割合を{Making.See("参考図1", "figure-s1")}に示す。",
                    $"{Making.See("Figure S1", "figure-s1")} shows the shares by country."
                )
                : Prose.Nothing
        );
    }

    private static ParagraphBlock Destinations(Making making)
    {
        var all = making.Find("destinations");
        if (all is not { Numerator: > 0 })
        {
            return making.Paragraph(
                "c2Region",
                making.Say(
                    $"{making.PeriodName}に観測した不正接続先はなかった。",
                    $"No malicious destinations were observed in {making.PeriodName}."
                )
            );
        }

        var mark = making.Footnote(
            making.Say(
                $"不正接続先は、ウイルスが接続する指令サーバなどである。期間中に観測したホストを重複なく数え、国・地域は観測した時点のものによる。",
                $"Hosts that the malware connects to, such as command servers. Distinct hosts of the period; countries as observed."
            )
        );
        return making.Paragraph(
            "c2Region",
            making.Say(
                $"観測した不正接続先{mark}は{making.Sheet.Count(all)}か所であった。",
                $"{making.Sheet.Count(all)} malicious destinations{mark} were observed."
            ),
            making.Told.Ranking(making.Sheet.Family(making.Period, "c2Region")),
            Japan(making),
            Hijacked(making, withCause: true),
            IsShown(making, "c2Region")
                ? making.Say(
                    $"国・地域別の割合を{Making.See("図1", DestinationFigure)}に示す。",
                    $"{Making.See("Figure 1", DestinationFigure)} shows the shares by country."
                )
                : Prose.Nothing
        );
    }

    private static ParagraphBlock MailKinds(Making making)
    {
        var gathering = making.Find("mailKind.informationGathering");
        return making.Paragraph(
            "mailKind",
            making.Told.Ranking(making.Sheet.Family(making.Period, "mailKind")),
            gathering is { Numerator: > 0 }
                ? making.Told.Share(
                    gathering,
                    making.Ja ? "問い合わせなどを装って情報を集めるメール" : "mails that only gather information"
                )
                : Prose.Nothing,
            IsShown(making, "mailKind")
                ? making.Say(
                    $"種別の割合を{Making.See("参考図2", "figure-s2")}に示す。",
                    $"{Making.See("Figure S2", "figure-s2")} shows the shares."
                )
                : Prose.Nothing
        );
    }

    private static ParagraphBlock Attachments(Making making)
    {
        var family = making.Sheet.Family(making.Period, "attachmentType");
        if (family.All(one => one.Numerator is null or 0))
        {
            return making.Paragraph(
                "attachmentType",
                making.Say($"添付ファイルのある標的型攻撃メールはなかった。", $"No mail judged targeted had an attachment.")
            );
        }

        var moved = family
            .Where(one =>
                one.Id.Split('.')[1] is not ("other" or "encryptedUnopened")
                && Told.MovementOf(one) is Movement.Collapsed or Movement.Multiplied or Movement.Gone
            )
            .OrderByDescending(one => Math.Abs((one.Value ?? 0) - (one.Previous?.Value ?? 0)))
            .ThenBy(one => one.Id, StringComparer.Ordinal)
            .Take(2)
            .ToList();
        var sentences =
            moved.Count == 2 && moved.TrueForAll(one => Told.MovementOf(one) == Movement.Collapsed)
                ? [making.Told.BothCollapsed(moved[0], moved[1])]
                : moved.ConvertAll(one => making.Told.Share(one, making.Told.NameOf(one)));
        return making.Paragraph(
            "attachmentType",
            [
                making.Told.Ranking(family),
                .. sentences,
                FirstSeen(making, contrast: family.Any(Falls)),
                Changing(making, family),
                making.Say(
                    $"種別の割合を{Making.See("参考図3", "figure-s3")}に示す。",
                    $"{Making.See("Figure S3", "figure-s3")} shows the shares."
                ),
            ]
        );
    }

    /// <summary>Types that were not there in the year before.</summary>
    private static Prose FirstSeen(Making making, bool contrast)
    {
        var fresh = making
            .Sheet.Family(making.Period, "attachmentType")
            .Where(one => one.FirstSeen && one.Id is not ("attachmentType.other" or "attachmentType.encryptedUnopened"))
            .OrderByDescending(one => one.Numerator)
            .ThenBy(one => one.Id, StringComparer.Ordinal)
            .Select(making.Told.Name)
            .ToList();
        var before = PeriodWords.Name(making.Period.YearBefore, making.Ja);
        return fresh.Count == 0 ? Prose.Nothing
            : making.Period.Kind != PeriodKind.Year
                ? making.Say(
                    $"{(contrast ? "一方、" : "")}{before}には見られなかった{Prose.Joined(fresh, "、", "と")}が観測された。",
                    $"{Prose.Joined(fresh, ", ", " and ")} were observed, which were absent in {before}."
                )
            : making.Say(
                $"{(contrast ? "一方、" : "")}{before}には見られなかった{Prose.Joined(fresh, "、", "と")}が、本ハブの観測範囲では初めて観測された。",
                $"Absent in {before}, {Prose.Joined(fresh, ", ", " and ")} were first seen within what this hub observed."
            );
    }

    private static bool Falls(Statistic one) => Told.MovementOf(one) is Movement.Collapsed or Movement.Gone;

    private static Prose Changing(Making making, IReadOnlyList<Statistic> family) =>
        family.Any(one => one.FirstSeen) && family.Any(Falls)
            ? making.Say(
                $"攻撃に使われるファイルは移り変わっており、手口の変化が続いていると考えられる。",
                $"The files that attacks come with keep changing."
            )
            : Prose.Nothing;

    private static ReportSection FreeMailSection(Making making)
    {
        var ja = making.Ja;
        var heading = ja ? "2.5 フリーメールの悪用" : "2.5 Abuse of free-mail";
        if (
            FreeMailChart(
                making,
                FreeMailFigure,
                ja ? "図2 メール送信元に占めるフリーメールの割合" : "Figure 2. Free-mail among the senders"
            )
            is not { } chart
        )
        {
            return new ReportSection(
                "free-mail",
                2,
                heading,
                [making.Paragraph("freeMail", making.Say($"送信元が分かるメールはなかった。", $"Of no mail is the sender known."))]
            );
        }

        var mark = making.Footnote(
            making.Say(
                $"フリーメールかどうかは、サービスの一覧({FreeMail.Version})により、実際に送信したサービスで判定した。",
                $"By the list of services ({FreeMail.Version}), by the service that truly sent the mail."
            )
        );
        return new ReportSection(
            "free-mail",
            2,
            heading,
            [
                making.Paragraph(
                    "freeMail",
                    making.Say(
                        $"送信元が分かる{making.Sheet.N(making.Find("freeMail"))}件について、フリーメール{mark}の割合を調べた。",
                        $"The senders of {making.Sheet.N(making.Find("freeMail"))} mails are known; this is about the free-mail{mark} among them."
                    ),
                    FreeMailText(making, FreeMailFigure)
                ),
                chart,
            ]
        );
    }
}
