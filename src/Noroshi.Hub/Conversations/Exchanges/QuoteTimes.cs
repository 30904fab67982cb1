using System.Text;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Conversations;

/// <summary>When a quoted mail was sent, as far as its attribution tells.</summary>
/// <param name="At">Time; null when none can be read.</param>
/// <param name="Precision">How exactly.</param>
/// <param name="Assumed">The offset is that of the quoting mail, since the attribution names none.</param>
internal readonly record struct QuoteTime(DateTimeOffset? At, TimePrecision Precision, bool Assumed)
{
    /// <summary>Clocks of two people differ by so much without anybody minding.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(3);

    /// <summary>Reads the time of a quote. A time after the mail that quotes it is none.</summary>
    public static QuoteTime Of(QuotedMail quote, ProvidedMail by)
    {
        var assumed = quote.SentAt is null;
        var offset = by.Facts.SentAt?.Offset ?? TimeSpan.FromHours(9);
        var at = quote.SentAt ?? (quote.SentAtText is { } text ? QuoteDate.Parse(text, offset) : null);
        var precision = PrecisionOf(quote.SentAtText ?? "");
        var until = by.Facts.SentAt ?? by.ReceivedAt;
        var late = precision == TimePrecision.Day ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(10);
        return at - until > late ? new QuoteTime(null, TimePrecision.Day, assumed) : new QuoteTime(at, precision, assumed);
    }

    /// <summary>Whether it can be the time of a mail: the same but for the clocks, and for whole hours where the offset is assumed.</summary>
    public bool Fits(DateTimeOffset? mail)
    {
        if (At is not { } at || mail is not { } sent)
        {
            return true;
        }

        var apart = (at - sent).Duration();
        return Precision switch
        {
            TimePrecision.Day => apart <= TimeSpan.FromHours(38),
            TimePrecision.Hour => apart <= TimeSpan.FromHours(Assumed ? 15 : 1),
            TimePrecision.Minute when Assumed => apart <= TimeSpan.FromHours(15) && FromHalfHour(apart) <= Slack,
            TimePrecision.Minute => apart <= Slack,
        };
    }

    private static TimeSpan FromHalfHour(TimeSpan apart)
    {
        var rest = apart.Ticks % TimeSpan.FromMinutes(30).Ticks;
        return TimeSpan.FromTicks(Math.Min(rest, TimeSpan.FromMinutes(30).Ticks - rest));
    }

    private static TimePrecision PrecisionOf(string text)
    {
        var plain = UnicodeForms.Nfkc(text);
        for (var i = 1; i + 1 < plain.Length; i++)
        {
            if (plain[i] is ':' or '時' && char.IsAsciiDigit(plain[i - 1]) && char.IsAsciiDigit(plain[i + 1]))
            {
                return TimePrecision.Minute;
            }
        }

        return
            plain.Contains('時', StringComparison.Ordinal)
            || plain.Contains("AM", StringComparison.OrdinalIgnoreCase)
            || plain.Contains("PM", StringComparison.OrdinalIgnoreCase)
            ? TimePrecision.Hour
            : TimePrecision.Day;
    }
}
