using System.Buffers.Binary;
using System.Globalization;

namespace Noroshi.Makers.Threads;

/// <summary>Writes one thread of a shape: who, when, in which words, with which files.</summary>
internal sealed class ThreadWriter
{
    private readonly ThreadShape _shape;
    private readonly string _name;
    private readonly Wordings _wordings;
    private readonly Random _random;
    private readonly bool _tuned;
    private readonly bool _japanese;
    private readonly string _topic;
    private readonly string _document;
    private readonly string _password;
    private readonly ThreadPeople _people;
    private readonly ThreadMail _mail;
    private readonly Dictionary<string, string> _words;

    public ThreadWriter(ThreadShape shape, string name, byte[] hash, Wordings wordings)
    {
        _shape = shape;
        _name = name;
        _wordings = wordings;
        // Chance that is the same on every run and platform.
        _random = new Random(BinaryPrimitives.ReadInt32LittleEndian(hash.AsSpan(4)));
        _tuned = IsTuned(hash);
        _japanese = shape.Language == "ja";
        _topic = ThreadPeople.Pick(shape.Topics, _random);
        var topic = (_japanese ? ThreadCast.Topics : ThreadCast.TopicsEn)[_topic];
        _document = ThreadPeople.Pick(topic.Documents, _random);
        _password = $"{ThreadPeople.Pick<string>(["Mn7", "kx4", "Ab2", "qw9"], _random)}{_random.Next(1000, 9999)}#{_random.Next(10, 99)}";
        _people = ThreadPeople.Draw(ThreadPeople.Pick(shape.Cast, _random), _japanese, $"{hash[8]}{hash[9] % 10}", _random);
        _mail = new ThreadMail(
            _people,
            ThreadPeople.Pick(topic.Subjects, _random),
            ThreadStyle.Draw(_japanese, shape.Quoted, _random),
            name
        );
        _words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["{doc}"] = _document,
            ["{org}"] = _people.PersonOrganization,
            ["{me}"] = _people.Person,
            ["{you}"] = _people.OrganizationName,
            ["{staff}"] = _people.Staff,
            ["{pw}"] = _password,
            ["{no}"] = string.Create(CultureInfo.InvariantCulture, $"{_random.Next(100_000, 999_999)}"),
            ["{sw}"] = ThreadPeople.Pick(_japanese ? ThreadCast.Unarchivers : ThreadCast.UnarchiversEn, _random),
            ["{day}"] = _japanese ? $"{_random.Next(1, 13)}月{_random.Next(1, 29)}日" : $"{_random.Next(1, 29)} March",
        };
    }

    /// <summary>Whether a case belongs to the tuned half.</summary>
    public static bool IsTuned(byte[] hash) => hash[0] % 2 == 0;

    /// <summary>The thread.</summary>
    public AuthoredThread Write()
    {
        var at = new DateTimeOffset(2012, 4, 2, 9, 0, 0, TimeSpan.FromHours(9))
            .AddDays(_random.Next(700))
            .AddMinutes(_random.Next(120))
            .AddSeconds(_random.Next(60));
        var messages = new List<AuthoredMessage>();
        foreach (var line in _shape.Lines)
        {
            if (line.Optional && _random.Next(2) == 0)
            {
                continue;
            }

            at += line.Gap.From + ((line.Gap.To - line.Gap.From) * _random.NextDouble());
            messages.Add(Message(line, at, messages.Count));
        }

        return new AuthoredThread
        {
            Name = _name,
            Shape = _shape.Name,
            Language = _shape.Language,
            Attack = _shape.Attack,
            Tuned = _tuned,
            Linked = _shape.Linked,
            FreeMail = _people.FreeMail,
            Organization = _people.Organization,
            Window = _people.Window,
            Person = _people.PersonAddress,
            Messages = messages,
        };
    }

    private AuthoredMessage Message(ShapeLine line, DateTimeOffset at, int number)
    {
        var link = line.Options.TryGetValue("link", out var links) ? Link(links[0], number) : null;
        var (text, intents) = Text(line, link);
        var file = line.Options.TryGetValue("file", out var files)
            ? File(ThreadPeople.Pick(files, _random), number)
            : ((string, byte[])?)null;
        var automatic = line.Way.StartsWith("auto-", StringComparison.Ordinal);
        var message = new AuthoredMessage
        {
            Key = $"{_name}/{number + 1}",
            Kind =
                line.Way.StartsWith("hidden-", StringComparison.Ordinal) ? AuthoredKind.Hidden
                : line.Way.StartsWith("said-", StringComparison.Ordinal) ? AuthoredKind.Stated
                : AuthoredKind.Mail,
            Way =
                line.Way is "int" ? AuthoredWay.Internal
                : line.Way is "in" or "form" or "auto-in" or "hidden-in" ? AuthoredWay.In
                : AuthoredWay.Out,
            At = at,
            Role = line.Role,
            Intents = [.. intents.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Text = text,
            Automatic = automatic,
            Verdict = line.Options.TryGetValue("verdict", out var verdict) ? verdict[0] : null,
            BadHosts = links?[0] == "judged" && link is not null ? [new Uri(link).Host] : [],
            Stated = line.Way switch
            {
                "said-reply" => "reply",
                "said-phone" => "phone",
                _ => null,
            },
        };
        return message.Kind == AuthoredKind.Stated ? message : message with { Eml = _mail.Write(line.Way, message, file) };
    }

    private (string Text, List<string> Intents) Text(ShapeLine line, string? link)
    {
        var lines = new List<string>();
        var intents = new List<string>();
        foreach (var slot in line.Slots)
        {
            var optional = slot.StartsWith('?');
            if (optional && _random.Next(2) == 0)
            {
                continue;
            }

            var pool = ThreadPeople.Pick(slot.TrimStart('?').Split('|'), _random);
            var (words, shown) = _wordings.Draw(pool == "ask" ? $"ask.{_topic}" : pool, _tuned, _random);
            foreach (var (name, value) in _words)
            {
                words = words.Replace(name, value, StringComparison.Ordinal);
            }

            lines.Add(pool == "link.share" && link is not null ? $"{words}\n\n{link}\n" : words);
            intents.AddRange(shown);
        }

        return (string.Join(_random.Next(3) == 0 ? "\n\n" : "\n", lines), intents);
    }

    private (string, byte[]) File(string kind, int number)
    {
        var mark = $"{_name} {number}";
        return kind.StartsWith("bad-", StringComparison.Ordinal)
            ? HarmfulFiles.Make(kind, _document, mark, _password)
            : HonestFiles.Make(kind, _document, mark, _password);
    }

    private string Link(string kind, int number) =>
        kind == "judged"
            ? $"http://www.{HonestFiles.Latin(_name)}.files.example/{number}/doc.php?id={_random.Next(1000, 9999)}"
            : $"https://share.{(_people.FreeMail ? "portal-service.example" : _people.PersonDomain)}/d/{_random.Next(100_000, 999_999)}";
}
