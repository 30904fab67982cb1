using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Noroshi.Makers.Story;

/// <summary>A mail of the story world with what the manifest says of it.</summary>
/// <param name="File">Path relative to the world: <c>organisation/window/NNNN.eml</c>.</param>
/// <param name="Bytes">The mail.</param>
/// <param name="Line">Its line of the manifest.</param>
/// <param name="Case">Case of the attacker, from 1; 0 for none.</param>
/// <param name="Payload">Type of the payload for the statistics, in the words of the contract; empty for none.</param>
public sealed record StoryMail(string File, byte[] Bytes, string Line, int Case, string Payload)
{
    /// <summary>Organisation.</summary>
    public string Organization => File.Split('/')[0];
}

/// <summary>
/// The story world: fiscal 2012 and 2013 of a community, as mails with real archives and documents inside. The same call gives the same
/// bytes. All organisations, people and domains are invented; names lie under .example, addresses in the documentation ranges.
/// </summary>
public sealed class StoryWorld
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Indented = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private StoryWorld(IReadOnlyList<StoryMail> mails, IReadOnlyList<string> statedLines, IReadOnlyDictionary<string, List<string>> cases)
    {
        Mails = mails;
        StatedLines = statedLines;
        Cases = cases.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value, StringComparer.Ordinal);
    }

    /// <summary>The mails, in the order of the manifest.</summary>
    public IReadOnlyList<StoryMail> Mails { get; }

    /// <summary>Lines of the manifest without a mail: cases told by telephone.</summary>
    public IReadOnlyList<string> StatedLines { get; }

    /// <summary>Files by the name of a case: the attacker's as <c>case-NN</c>, the awkward ones by what is awkward.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Cases { get; }

    /// <summary>Lines of shares.jsonl: which provisions were merged into which shared item, and when.</summary>
    public IReadOnlyList<string> Shares { get; private init; } = [];

    /// <summary>The members file.</summary>
    public string Members { get; } = StoryMembers.Json().ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";

    /// <summary>The manifest.</summary>
    public IEnumerable<string> Manifest => Mails.Select(mail => mail.Line).Concat(StatedLines);

    /// <summary>Builds the world.</summary>
    /// <param name="control">Every case of the attacker has tools of its own: what links them is gone, everything else is the same.</param>
    public static StoryWorld Build(bool control = false)
    {
        var letters = Letters(control)
            .OrderBy(letter => letter.At)
            .ThenBy(letter => letter.Organization, StringComparer.Ordinal)
            .ThenBy(letter => letter.Id, StringComparer.Ordinal)
            .ToList();
        var provisions = ProvisionBook.Of(letters);
        var mails = new List<StoryMail>();
        var cases = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var numbers = new Dictionary<(string, string), int>();
        foreach (var letter in letters)
        {
            var folder = (letter.Organization, letter.Window);
            var number = numbers[folder] = numbers.GetValueOrDefault(folder) + 1;
            var file = string.Create(CultureInfo.InvariantCulture, $"{letter.Organization}/{letter.Window}/{number:0000}.eml");
            var line = ManifestOf(letter, file, provisions).ToJsonString(Compact);
            mails.Add(
                new StoryMail(file, LetterWriter.Write(letter, StoryMembers.Homes[letter.Organization]), line, letter.Case, letter.Payload)
            );
            var names =
                letter.Case > 0 ? letter.Named.Append(string.Create(CultureInfo.InvariantCulture, $"case-{letter.Case:00}")) : letter.Named;
            foreach (var name in names)
            {
                cases.TryAdd(name, []);
                cases[name].Add(file);
            }
        }

        var shares = YearPlan.Both.SelectMany(plan => ShareBook.Of(plan, letters, provisions)).Select(line => line.ToJsonString(Compact));
        return new StoryWorld(mails, [Telephone()], cases) { Shares = [.. shares] };
    }

    /// <summary>Writes the world into a folder.</summary>
    public void WriteTo(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        foreach (var mail in Mails)
        {
            var path = Path.Combine(folder, mail.File);
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
            File.WriteAllBytes(path, mail.Bytes);
        }

        Write("members.json", Members);
        Write("manifest.jsonl", string.Concat(Manifest.Select(line => line + "\n")));
        Write("shares.jsonl", string.Concat(Shares.Select(line => line + "\n")));
        var cases = new JsonObject();
        foreach (var (name, files) in Cases)
        {
            cases[name] = new JsonArray([.. files.Select(file => (JsonNode)file)]);
        }

        Write("cases.json", cases.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n");

        void Write(string name, string text) => File.WriteAllBytes(Path.Combine(folder, name), Encoding.UTF8.GetBytes(text));
    }

    private static List<Letter> Letters(bool control)
    {
        List<Letter> letters = [.. AttackerCases.All(control), .. NamedCases.All()];
        foreach (var plan in YearPlan.Both)
        {
            var background = new Background(plan);
            letters.AddRange(background.Letters());
            var given = letters
                .Where(letter => letter.Intake == "member" && Clock.FiscalYear(letter.At) == plan.Year)
                .Select(letter => letter.Provision)
                .Distinct(StringComparer.Ordinal)
                .Count();
            letters.AddRange(background.Harmless(plan.Provisions - given));
        }

        return letters;
    }

    private static JsonObject ManifestOf(Letter letter, string file, ProvisionBook provisions)
    {
        var line = new JsonObject
        {
            ["file"] = file,
            ["organization"] = letter.Organization,
            ["window"] = letter.Window,
            ["provision"] = provisions.Number(letter),
            ["intake"] = letter.Intake,
        };
        if (letter.WayStated)
        {
            line["direction"] = letter.Way switch
            {
                Way.In => "inbound",
                Way.Out => "outbound",
                Way.Inside => "internal",
            };
            line["receivedAt"] = Clock.Text(letter.At);
        }

        if (letter.Channel is { } channel)
        {
            line["channel"] = channel;
        }

        line["providedAt"] = Clock.Text(provisions.ProvidedAt(letter));
        if (letter.Verdict is { } verdict)
        {
            line["verdict"] = verdict;
        }

        if (letter.Destinations.Count > 0)
        {
            line["destinations"] = new JsonArray([.. letter.Destinations.Select(DestinationOf)]);
        }

        if (letter.Events.Count > 0)
        {
            line["statedEvents"] = new JsonArray([.. letter.Events.Select(EventOf)]);
        }

        return line;
    }

    private static string Telephone()
    {
        var (organization, window, told) = NamedCases.Telephone;
        return new JsonObject
        {
            ["organization"] = organization,
            ["window"] = window,
            ["intake"] = "member",
            ["channel"] = "phone",
            ["statedEvents"] = new JsonArray(EventOf(told)),
        }.ToJsonString(Compact);
    }

    private static JsonNode DestinationOf(C2 one) =>
        new JsonObject
        {
            ["host"] = one.Host,
            ["ip"] = one.Ip,
            ["country"] = one.Country,
            ["countryAsOf"] = one.AsOf,
            ["countrySource"] = "seed",
            ["hijacked"] = one.Hijacked,
        };

    private static JsonNode EventOf(Stated one) =>
        new JsonObject
        {
            ["kind"] = one.Kind,
            ["at"] = Clock.Text(one.At),
            ["precision"] = one.Precision,
            ["text"] = one.Text,
        };
}

/// <summary>Numbers of provisions and when they were given: letters with the same key belong to one.</summary>
internal sealed class ProvisionBook
{
    private readonly Dictionary<string, (string Number, DateTimeOffset At)> _byKey = new(StringComparer.Ordinal);

    private ProvisionBook() { }

    /// <summary>Numbers them by fiscal year and time.</summary>
    public static ProvisionBook Of(IEnumerable<Letter> letters)
    {
        var book = new ProvisionBook();
        var count = new Dictionary<int, int>();
        var given = letters
            .GroupBy(letter => letter.Provision, StringComparer.Ordinal)
            .Select(group => (group.Key, At: GivenAt(group)))
            .OrderBy(one => one.At)
            .ThenBy(one => one.Key, StringComparer.Ordinal);
        foreach (var (key, at) in given)
        {
            var year = Clock.FiscalYear(at);
            var number = count[year] = count.GetValueOrDefault(year) + 1;
            book._byKey[key] = (string.Create(CultureInfo.InvariantCulture, $"P-{year}-{number:0000}"), at);
        }

        return book;
    }

    /// <summary>Number of the provision of a letter.</summary>
    public string Number(Letter letter) => _byKey[letter.Provision].Number;

    /// <summary>When it was given.</summary>
    public DateTimeOffset ProvidedAt(Letter letter) => _byKey[letter.Provision].At;

    /// <summary>As stated, else some hours after the last mail, within the same fiscal year.</summary>
    private static DateTimeOffset GivenAt(IEnumerable<Letter> letters)
    {
        var all = letters.ToList();
        if (all.Find(letter => letter.ProvidedAt is not null)?.ProvidedAt is { } stated)
        {
            return stated;
        }

        var last = all.Max(letter => letter.At);
        var given = last.AddMinutes(95 + new Dice("given/" + all[0].Provision).Below(1_500));
        return Clock.FiscalYear(given) == Clock.FiscalYear(last) ? given : last.AddMinutes(10);
    }
}
