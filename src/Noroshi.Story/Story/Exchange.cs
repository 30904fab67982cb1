using System.Globalization;
using System.Text;

namespace Noroshi.Makers.Story;

/// <summary>Writes the letters of one exchange between a person outside and a window, mail by mail.</summary>
internal sealed class Exchange
{
    private readonly List<Letter> _letters = [];
    private readonly Home _home;
    private readonly string _window;
    private readonly string _subject;

    public Exchange(string organization, string window, Person person, string subject, string provision)
    {
        _home = StoryMembers.Homes[organization];
        (_window, _subject, Person, Provision) = (window, subject, person, provision);
    }

    /// <summary>The person outside.</summary>
    public Person Person { get; init; }

    /// <summary>Key of the provision.</summary>
    public string Provision { get; init; }

    /// <summary>What every letter begins as.</summary>
    public Func<Letter, Letter> Always { get; init; } = letter => letter;

    /// <summary>Style of the person.</summary>
    public MailStyle Style { get; init; } = MailStyles.Private[0];

    /// <summary>Style of the window.</summary>
    public MailStyle WindowStyle { get; init; } = MailStyles.Office[0];

    /// <summary>Whether the person's answers quote the mail that they answer; the window's always do.</summary>
    public bool PersonQuotes { get; init; } = true;

    /// <summary>Whether answers carry In-Reply-To and References.</summary>
    public bool Threaded { get; init; } = true;

    /// <summary>The letters so far.</summary>
    public IReadOnlyList<Letter> Letters => _letters;

    /// <summary>A mail from the person.</summary>
    public Exchange In(string at, string text, Func<Letter, Letter>? change = null)
    {
        var letter = Bare(at, Way.In, Person, _home.AddressOf(_window), Style);
        var from = change is null ? letter.From : change(letter).From;
        return Add(letter with { Text = $"{text}\n\n{from.Signature}\n" }, change);
    }

    /// <summary>A mail from the window.</summary>
    public Exchange Out(string at, string text, Func<Letter, Letter>? change = null)
    {
        var name = _home.Windows.First(one => one.Id == _window).NameJa;
        var window = new Person($"{_home.NameJa} {name}", _home.AddressOf(_window));
        var to = _letters.FindLast(one => one.Way == Way.In)?.From.Address ?? Person.Address;
        var letter = Bare(at, Way.Out, window, to, WindowStyle);
        return Add(letter with { Text = $"{text}\n\n--\n{_home.NameJa}\n{name}\n", Verdict = null }, change);
    }

    /// <summary>Puts a letter of another making into the exchange.</summary>
    public Exchange Put(Letter letter)
    {
        _letters.Add(letter);
        return this;
    }

    private Letter Bare(string at, Way way, Person from, string to, MailStyle style)
    {
        var letter = new Letter
        {
            Organization = _home.Id,
            Window = _window,
            At = Clock.At(at),
            Way = way,
            From = from,
            To = to,
            Subject = _letters.Count == 0 ? _subject : $"Re: {_subject}",
            Text = "",
            Style = style,
            Provision = Provision,
            Parents = Threaded && _letters.Count > 0 ? [.. _letters[^1].Parents.TakeLast(8), _letters[^1].Id] : [],
        };
        return Always(letter);
    }

    private Exchange Add(Letter letter, Func<Letter, Letter>? change)
    {
        if ((PersonQuotes || letter.Way != Way.In) && _letters.Count > 0)
        {
            letter = letter with { Text = letter.Text + "\n" + Quoting.Of(_letters[^1]) };
        }

        letter = change?.Invoke(letter) ?? letter;
        _letters.Add(letter.Id.Length > 0 ? letter : letter with { Id = LetterWriter.IdOf(letter) });
        return this;
    }
}

/// <summary>Quotes of an earlier mail.</summary>
internal static class Quoting
{
    private const int MostLines = 40;

    /// <summary>Attribution and marked lines.</summary>
    public static string Of(Letter letter)
    {
        var at = letter.At.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy年M月d日 H:mm", CultureInfo.InvariantCulture);
        var name = letter.From.Name.Length > 0 ? $"{letter.From.Name} " : "";
        var quote = new StringBuilder($"{at} {name}<{letter.From.Address}>:\n");
        foreach (var line in letter.Text.TrimEnd('\n').Split('\n').Take(MostLines))
        {
            quote.Append('>').Append(line.StartsWith('>') ? "" : " ").Append(line).Append('\n');
        }

        return quote.ToString();
    }
}

/// <summary>Times of this world: Japan.</summary>
internal static class Clock
{
    /// <summary>A moment written <c>2013-10-15 10:07</c> or with seconds.</summary>
    public static DateTimeOffset At(string text) =>
        new(
            DateTime.ParseExact(text, ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None),
            TimeSpan.FromHours(9)
        );

    /// <summary>RFC 3339.</summary>
    public static string Text(DateTimeOffset at) =>
        at.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>Fiscal year.</summary>
    public static int FiscalYear(DateTimeOffset at)
    {
        var japan = at.ToOffset(TimeSpan.FromHours(9));
        return japan.Month < 4 ? japan.Year - 1 : japan.Year;
    }
}
