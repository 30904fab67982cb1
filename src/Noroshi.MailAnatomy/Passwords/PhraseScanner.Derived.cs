using System.Buffers;
using System.Globalization;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.MailAnatomy.Passwords;

/// <summary>Passwords that the text describes instead of giving.</summary>
internal sealed partial class PhraseScanner
{
    private const int Described = 96;
    private const int MaxPhones = 16;

    /// <summary>A company's name is written in many ways: whatever the sentence itself gives is better.</summary>
    private const int CompanyName = 56;

    private static readonly PhraseSet DayWords = PhraseSet.AnyCase("日付", "年月日", "月日", "date of", "date", "yyyymmdd", "yymmdd");

    private static readonly PhraseSet TodayWords = PhraseSet.AnyCase(
        "本日",
        "今日",
        "当日",
        "送信日",
        "送付日",
        "送信した日",
        "発信日",
        "メールの日",
        "today",
        "this mail",
        "this email",
        "this e-mail",
        "this message",
        "sent",
        "sending"
    );

    private static readonly PhraseSet PhoneWords = PhraseSet.AnyCase(
        "電話",
        "tel",
        "代表番号",
        "fax",
        "ファックス",
        "携帯",
        "phone",
        "内線"
    );

    private static readonly PhraseSet TailWords = PhraseSet.AnyCase(
        "下4",
        "下四",
        "下3",
        "下5",
        "下6",
        "下8",
        "末尾",
        "最後の",
        "last four",
        "last 4",
        "last 5",
        "last 6",
        "last 8"
    );

    private static readonly PhraseSet LocalPartWords = PhraseSet.AnyCase(
        "@より前",
        "@の前",
        "@前",
        "@マ-ク",
        "@マーク",
        "アットマーク",
        "ローカル",
        "before the @",
        "before @",
        "left of the @",
        "part before"
    );

    private static readonly PhraseSet DomainWords = PhraseSet.AnyCase(
        "@以降",
        "@より後",
        "@の後",
        "ドメイン",
        "after the @",
        "after @",
        "domain"
    );

    private static readonly PhraseSet TheirWords = PhraseSet.AnyCase(
        "御社",
        "貴社",
        "貴殿",
        "お客様",
        "貴方",
        "あなた",
        "貴団体",
        "貴部署",
        "宛先",
        "受信",
        "your"
    );

    private static readonly PhraseSet FileNameWords = PhraseSet.AnyCase(
        "ファイル名と同じ",
        "ファイル名です",
        "ファイル名と同一",
        "同じファイル名",
        "ファイル名(",
        "the file name",
        "the filename",
        "as the file name"
    );

    private static readonly PhraseSet CompanyWords = PhraseSet.AnyCase(
        "社名",
        "会社名",
        "団体名",
        "組織名",
        "company name",
        "name of our company",
        "name of your company"
    );

    private void Derive(PasswordContext context, int at, int end, int lineEnd)
    {
        var line = LineOf(at);
        var stop = line + 1 < _lines.Count ? Bounds(line + 1).End : lineEnd;
        var clause = folded.AsSpan(end, Math.Min(stop, end + Ahead) - end);
        if (context.SentAt is { } sentAt && TodayWords.In(clause) && DayWords.In(clause))
        {
            DeriveDay(DateOnly.FromDateTime(sentAt.DateTime), clause, at);
        }

        if (PhoneWords.In(clause) && TailWords.In(clause))
        {
            DerivePhone(clause, at);
        }

        var local = LocalPartWords.In(clause);
        var domain = DomainWords.In(clause) && clause.Contains('@') || CompanyWords.In(clause);
        if (local || domain)
        {
            DeriveAddress(context, TheirWords.In(clause), local, at, local || clause.Contains('@') ? Described + 4 : CompanyName);
        }

        if (FileNameWords.In(clause))
        {
            foreach (var name in context.AttachmentNames.Take(8))
            {
                Describe(NameForms.Stem(name), Described, at);
            }
        }
    }

    private void Describe(string value, int score, int at)
    {
        if (value.Length > 0 && _scored.Count < MaxScored)
        {
            _scored.Add(new Scored(value, score, at, false, false));
        }
    }

    private void DeriveDay(DateOnly day, ReadOnlySpan<char> clause, int at)
    {
        var preferred =
            clause.Contains("ddmmyyyy", StringComparison.OrdinalIgnoreCase) ? "ddMMyyyy"
            : clause.Contains("mmddyyyy", StringComparison.OrdinalIgnoreCase) ? "MMddyyyy"
            : clause.Contains("yyyy-mm-dd", StringComparison.OrdinalIgnoreCase) ? "yyyy-MM-dd"
            : clause.Contains("yyyy/mm/dd", StringComparison.OrdinalIgnoreCase) ? "yyyy/MM/dd"
            : clause.Contains("yyyymmdd", StringComparison.OrdinalIgnoreCase) || clause.IndexOfAny('8', '八') >= 0 ? "yyyyMMdd"
            : clause.Contains("yymmdd", StringComparison.OrdinalIgnoreCase) || clause.IndexOfAny('6', '六') >= 0 ? "yyMMdd"
            : clause.Contains("mmdd", StringComparison.OrdinalIgnoreCase) || clause.IndexOfAny('4', '四') >= 0 ? "MMdd"
            : "yyyyMMdd";
        Describe(day.ToString(preferred, CultureInfo.InvariantCulture), Described + 8, at);
        var score = Described;
        foreach (var form in DateForms.Of(day))
        {
            Describe(form, score, at);
            score = Math.Max(Threshold, score - 5);
        }
    }

    private void DerivePhone(ReadOnlySpan<char> clause, int at)
    {
        var below = clause.IndexOfAny("下");
        var count =
            below >= 0 && below + 1 < clause.Length && clause[below + 1] is >= '3' and <= '8' ? clause[below + 1] - '0'
            : clause.Contains("last 8", StringComparison.OrdinalIgnoreCase) ? 8
            : clause.Contains("last 6", StringComparison.OrdinalIgnoreCase) ? 6
            : 4;
        var fax = clause.Contains("fax", StringComparison.OrdinalIgnoreCase);
        var mobile = clause.Contains("携帯", StringComparison.Ordinal) || clause.Contains("mobile", StringComparison.OrdinalIgnoreCase);
        foreach (var (digits, position) in Phones())
        {
            var before = folded.AsSpan(Math.Max(0, position - 6), position - Math.Max(0, position - 6));
            var isFax = before.Contains("fax", StringComparison.OrdinalIgnoreCase) || before.Contains("ファ", StringComparison.Ordinal);
            var isMobile = digits.Length == 11 && digits[0] == '0' && digits[1] is '7' or '8' or '9';
            Describe(digits[^count..], Described + (isFax == fax ? 6 : 0) + (isMobile == mobile ? 3 : 0), at);
        }
    }

    /// <summary>Telephone numbers of the text: 10 or 11 digits with hyphens, brackets or spaces between, in order.</summary>
    private List<(string Digits, int Position)> Phones()
    {
        var found = new List<(string, int)>();
        Span<char> digits = stackalloc char[16];
        var i = 0;
        while (i < folded.Length && found.Count < MaxPhones)
        {
            var next = folded.AsSpan(i).IndexOfAnyInRange('0', '9');
            if (next < 0)
            {
                break;
            }

            var start = i += next;
            var count = 0;
            while (
                i < folded.Length
                && count < digits.Length
                && (char.IsAsciiDigit(folded[i]) || folded[i] is '-' or '(' or ')' or '.' or '−' or '‐' or '–' or '‑' or 'ー')
            )
            {
                if (char.IsAsciiDigit(folded[i]))
                {
                    digits[count++] = folded[i];
                }

                i++;
            }

            var international = count is 11 or 12 && digits[..2] is "81" && start > 0 && folded[start - 1] == '+';
            if (count is 10 or 11 && digits[0] == '0' || international)
            {
                found.Add((digits[..count].ToString(), start));
            }
        }

        return found;
    }

    private void DeriveAddress(PasswordContext context, bool theirs, bool local, int at, int score)
    {
        var from = context.From is { } sender ? [sender] : Array.Empty<MailAddress>();
        IEnumerable<MailAddress> order = theirs ? [.. context.Recipients.Take(8), .. from] : [.. from, .. context.Recipients.Take(8)];
        foreach (var mailbox in order)
        {
            var cut = mailbox.Address.LastIndexOf('@');
            if (cut <= 0)
            {
                continue;
            }

            if (local)
            {
                Describe(mailbox.Address[..cut], score, at);
            }
            else
            {
                var label = NameForms.DomainLabel(mailbox.Address[(cut + 1)..]);
                Describe(label, score, at);
                foreach (var piece in NameForms.Pieces(label))
                {
                    Describe(piece, score - 2, at);
                }

                Describe(mailbox.Address[(cut + 1)..], score - 1, at);
            }

            score = Math.Max(Threshold, score - 4);
        }
    }
}
