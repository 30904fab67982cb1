using System.Globalization;

namespace Noroshi.MailAnatomy.Passwords;

/// <summary>The candidates of a mail in the order in which they are tried.</summary>
public static class PasswordCandidates
{
    /// <summary>Longest password that is tried, characters.</summary>
    public const int MaxLength = 128;

    private const int MaxNames = 64;
    private const int MaxTokens = 4_000;
    private const int MinToken = 4;
    private const int MaxToken = 32;

    /// <summary>Passwords of habit: what malware is traded under, what test archives and offices use.</summary>
    private static readonly string[] Habitual =
    [
        "infected",
        "password",
        "pass",
        "1234",
        "12345678",
        "virus",
        "malware",
        "test",
        "testpassword",
        "123456",
        "12345",
        "Password",
        "PASSWORD",
        "Pass",
        "PASS",
        "password1",
        "passw0rd",
        "p@ssw0rd",
        "P@ssw0rd",
        "123",
        "111",
        "1111",
        "0000",
        "000000",
        "111111",
        "123456789",
        "1234567890",
        "12341234",
        "1111111",
        "666666",
        "888888",
        "abc",
        "abcd",
        "abc123",
        "abcd1234",
        "qwerty",
        "asdf",
        "asdfgh",
        "zaq12wsx",
        "1qaz2wsx",
        "admin",
        "root",
        "user",
        "guest",
        "secret",
        "open",
        "zip",
        "office",
        "mail",
        "sample",
        "trojan",
        "2013",
        "2014",
        "2015",
    ];

    /// <summary>
    /// Candidates in the order of their likelihood: known ones, sentences of this mail, dates, names, habit, other words of the mail.
    /// Lazy: what is not reached costs nothing. No value comes twice.
    /// </summary>
    public static IEnumerable<PasswordCandidate> Ranked(PasswordContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Distinct(context);
    }

    private static IEnumerable<PasswordCandidate> Distinct(PasswordContext context)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var candidate in All(context))
        {
            if (candidate.Value.Length is > 0 and <= MaxLength && seen.Add(candidate.Value))
            {
                yield return candidate;
            }
        }
    }

    private static IEnumerable<PasswordCandidate> All(PasswordContext context)
    {
        foreach (var known in context.Known)
        {
            yield return known;
        }

        var phrases = Phrases(context).ToList();
        foreach (var phrase in phrases)
        {
            yield return phrase;
        }

        foreach (var first in context.Known.Concat(phrases))
        {
            foreach (var variant in PasswordVariants.Of(first.Value))
            {
                yield return first with
                {
                    Value = variant,
                };
            }
        }

        foreach (var later in Dates(context).Concat(Names(context)).Concat(Habit()).Concat(Tokens(context)))
        {
            yield return later;
        }
    }

    private static IEnumerable<PasswordCandidate> Phrases(PasswordContext context)
    {
        foreach (var phrase in PasswordPhrases.Extract(context.Text, "body", context))
        {
            yield return phrase;
        }

        foreach (var phrase in PasswordPhrases.Extract(context.Subject, "subject", context))
        {
            yield return phrase with
            {
                Where = "subject",
            };
        }

        foreach (var name in context.AttachmentNames.Take(MaxNames))
        {
            foreach (var value in NamedPasswords.Of(NameForms.Stem(name)))
            {
                yield return new PasswordCandidate(value, "same-mail", $"attachment name {name}");
            }
        }
    }

    private static IEnumerable<PasswordCandidate> Dates(PasswordContext context)
    {
        if (context.SentAt is not { } sentAt)
        {
            yield break;
        }

        foreach (var day in DateForms.Around(sentAt))
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"Date header, {day:yyyy-MM-dd}");
            foreach (var form in DateForms.Of(day))
            {
                yield return new PasswordCandidate(form, "date", where);
            }
        }
    }

    private static IEnumerable<PasswordCandidate> Names(PasswordContext context)
    {
        var year = context.SentAt?.Year.ToString(CultureInfo.InvariantCulture);
        var people = context.From is { } from ? context.Recipients.Take(MaxNames).Prepend(from) : context.Recipients.Take(MaxNames);
        var first = true;
        foreach (var person in people)
        {
            var where = first && context.From is not null ? "From header" : "recipients";
            first = false;
            foreach (var name in NamedPasswords.Of(person))
            {
                yield return new PasswordCandidate(name, "token", where);
                if (year is not null && name.Length <= MaxToken)
                {
                    yield return new PasswordCandidate(name + year, "token", where);
                }
            }
        }

        foreach (var file in context.AttachmentNames.Take(MaxNames))
        {
            var stem = NameForms.Stem(file);
            yield return new PasswordCandidate(stem, "token", $"attachment name {file}");
            foreach (var piece in NameForms.Pieces(stem))
            {
                yield return new PasswordCandidate(piece, "token", $"attachment name {file}");
            }
        }
    }

    private static IEnumerable<PasswordCandidate> Habit() =>
        Habitual.Select(value => new PasswordCandidate(value, "list", "list of common passwords"));

    /// <summary>Other words of the mail: those of ASCII in the order of the text, then the others.</summary>
    private static IEnumerable<PasswordCandidate> Tokens(PasswordContext context)
    {
        var count = 0;
        foreach (var ascii in (bool[])[true, false])
        {
            foreach (var (text, name) in ((string, string)[])[(context.Text, "body"), (context.Subject, "subject")])
            {
                foreach (var token in MailTokens.Of(text, name, ascii, MinToken, MaxToken))
                {
                    if (++count > MaxTokens)
                    {
                        yield break;
                    }

                    yield return token;
                }
            }
        }
    }
}
